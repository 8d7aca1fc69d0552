"""How forms look: the renderer named in settings, and the few fields and widgets of our own."""

from typing import Any

from django import forms
from django.conf import settings
from django.forms.renderers import DjangoTemplates
from django.utils.translation import gettext_lazy

from concerted.kit import digits

#: Our drawings of Django's own widgets.
_OURS = {
    "django/forms/widgets/radio.html": "kit/widgets/options.html",
    "django/forms/widgets/checkbox_select.html": "kit/widgets/options.html",
}
CASE_WARNING = gettext_lazy("Write nothing here about a woman you have met in your work.")


def write_in(form: forms.BaseForm, language: str, *, right_to_left: bool | None = None) -> None:
    """Say in which language the words of a form's boxes and lists are: for the voice that reads them, and for spelling.

    `right_to_left` as in `{% mark_lang %}`: said of languages that were added here.
    """
    rtl = language.split("-")[0] in settings.LANGUAGES_BIDI if right_to_left is None else right_to_left
    for field in form.fields.values():
        if isinstance(field.widget, forms.TextInput | forms.Textarea | forms.Select):
            field.widget.attrs.update({"lang": language, "dir": "rtl" if rtl else "ltr"})


class Renderer(DjangoTemplates):
    """Fields with label, hint and error tied together; choices as large, whole-line targets."""

    form_template_name = "kit/form.html"
    field_template_name = "kit/field.html"

    def get_template(self, template_name: str) -> Any:
        return super().get_template(_OURS.get(template_name, template_name))


class _CaseWarning(forms.Widget):
    """What both free-text widgets share: the warning stands above the box and is read out with it."""

    warning: Any = CASE_WARNING

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        own = context["widget"]["attrs"]
        warning_id = f"{own.get('id') or f'id_{name}'}_warning"
        own["aria-describedby"] = " ".join(filter(None, (own.get("aria-describedby"), warning_id)))
        context["widget"] |= {"warning": self.warning, "warning_id": warning_id}
        return context


class CaseWarningTextarea(_CaseWarning, forms.Textarea):
    """A free-text box that says what must not be written into it. Every free-text box of the house is one of these."""

    template_name = "kit/widgets/free_text.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        # No "cols": the stylesheet says how wide a box is.
        super().__init__({"rows": 4, "cols": False} | (attrs or {}))


class CaseWarningInput(_CaseWarning, forms.TextInput):
    """The same warning over a single line of free text."""

    template_name = "kit/widgets/free_line.html"


class FreeTextField(forms.CharField):
    """Words in a person's own hand, with the case warning."""

    widget = CaseWarningTextarea


class DateInput(forms.DateInput):
    """The device's own date control. Its value is always ISO, whatever the language of the page."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "brief"} | (attrs or {}), format="%Y-%m-%d")


class DateField(forms.DateField):
    """A day. Where the device has no date control, 29 5 2026 and ٢٩/٥/٢٠٢٦ are understood as well."""

    widget = DateInput
    default_error_messages = {"invalid": gettext_lazy("Write the date as day, month and year, for example 27 3 2026.")}

    def __init__(self, **kwargs: Any) -> None:
        formats = ["%Y-%m-%d", "%d %m %Y", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y"]
        super().__init__(**{"input_formats": formats} | kwargs)

    def to_python(self, value: Any) -> Any:
        return super().to_python(digits.plain(value.strip()) if isinstance(value, str) else value)


class NumberField(forms.IntegerField):
    """A whole number, typed in any digits the reader's keyboard gives."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "brief"})
    #: Whether the page says by itself that the box may stay empty.
    narrows = False

    def to_python(self, value: Any) -> Any:
        return super().to_python(digits.plain(value.strip()) if isinstance(value, str) else value)


class SeveralField(forms.ModelMultipleChoiceField):
    """Several rows of a table. A number that no table can hold is none of them, not a mistake of ours."""

    def clean(self, value: Any) -> Any:
        for one in value if isinstance(value, list | tuple) else ():
            if len(str(one)) > 18 and str(one).lstrip("-").isdecimal():
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": str(one)[:18]}
                )
        return super().clean(value)


#: Fewer letters would list half a country.
LEAST_LETTERS = 3


class FindForm(forms.Form):
    """Whom to look for."""

    who = forms.CharField(
        label=gettext_lazy("Name or e-mail"),
        min_length=LEAST_LETTERS,
        max_length=160,
        help_text=gettext_lazy("Three letters of the name at least, or the whole address."),
        error_messages={"min_length": gettext_lazy("Write three letters at least.")},
    )
