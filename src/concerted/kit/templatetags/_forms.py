"""The tags that show forms; registered in kit.py."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm, BoundField
from django.forms.formsets import BaseFormSet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from concerted.kit import digits


def field(bound: BoundField) -> SafeString:
    """One field with its label, hint and error, all tied together."""
    return bound.as_hidden() if bound.is_hidden else bound.as_field_group()


def fields(form: BaseForm) -> SafeString:
    """All fields of a form in their order, hidden ones last."""
    shown = [bound.as_field_group() for bound in form.visible_fields()]
    hidden = [bound.as_hidden() for bound in form.hidden_fields()]
    return mark_safe("".join(shown + hidden))


def _target(bound: BoundField) -> str:
    """Id of the first control of a field: a group of choices has no control with the group's own id."""
    return f"{bound.auto_id}_0" if bound.use_fieldset and hasattr(bound.field.widget, "choices") else bound.auto_id


def _lines(form: BaseForm) -> list[tuple[str, str]]:
    lines = [("", str(error)) for error in form.non_field_errors()]
    for bound in form:
        target = "" if bound.is_hidden else _target(bound)
        label = str(bound.label)
        mark = " " if label.endswith(("?", "؟", ".", ":")) else ": "
        lines += [(target, f"{label}{mark}{error}") for error in bound.errors]
    return lines


def _secret(form: BaseForm | BaseFormSet[Any]) -> bool:
    """Whether a form asks for a password: that one is never sent back to the page."""
    shown = () if isinstance(form, BaseFormSet) else form.visible_fields()
    return any(getattr(bound.field.widget, "input_type", "") == "password" for bound in shown)


def form_summary(*forms: BaseForm | BaseFormSet[Any]) -> SafeString | str:
    """What has to be put right, linked to the fields; empty when nothing has. Takes forms and formsets."""
    lines: list[tuple[str, str]] = []
    for form in forms:
        if not form.is_bound:
            continue
        if isinstance(form, BaseFormSet):
            lines += [("", str(error)) for error in form.non_form_errors()]
            lines += [line for one in form.forms for line in _lines(one)]
        else:
            lines += _lines(form)
    if not lines:
        return ""
    title = ngettext("One thing to put right", "%(count)s things to put right", len(lines))
    points = format_html_join(
        "",
        "<li>{}</li>",
        ((format_html('<a href="#{}">{}</a>', to, text) if to else text,) for to, text in lines),
    )
    return format_html(
        '<div class="note gap fill summary" role="alert" tabindex="-1">'
        '<h2 class="h3">{}</h2><ul>{}</ul><p class="small">{}</p></div>',
        title % {"count": digits.localise(len(lines))},
        points,
        "" if any(_secret(form) for form in forms) else gettext("What you typed is kept."),
    )
