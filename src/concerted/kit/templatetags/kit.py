"""The tags every page is written with. Built in: no {% load %} is needed in a page.

Shown     {% icon "gap" %}  {% state standing.code %}  {% state "soon" "By 29 May" %}
          {% day date %}  {% day date "short" %}  {% day date "week" %}  {% clock moment %}
          {% num 12345 %}  {{ text|digits }}
          {{ section.source|markdown }}   <article class="read"{% mark_lang "ar" %}>…</article>
Forms     {% form_summary form %}  {% fields form %}  {% field form.name %}
Lists     {% include "kit/table.html" %}  {% pager page %}  {% sortlink head %}
Page      {% asset "kit/concerted.css" %}  {% leave_link %}  {% wrap "<p class='lead'>" "</p>" %}…{% endwrap %}
          {% keep words=section.markdown %}…{% endkeep %}  drawn once for the same values; knows nothing else

Icons     gap soon ok none go out menu find mark again ear line saved down link person place bell add edit remove key
States    current due_soon overdue not_yet_due exempt not_required, and ok soon gap none.
Blocks    of kit/page.html: title where heading lead under next content scripts. Every part is shown at /parts/.
"""

import datetime
from decimal import Decimal
from typing import Any

from django import template
from django.conf import settings
from django.template.base import FilterExpression
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy, pgettext

from concerted.kit import digits as digits_of
from concerted.kit import markdown as markdown_of
from concerted.kit.dates import in_words
from concerted.kit.templatetags._drawn import asset, icon
from concerted.kit.templatetags._forms import field, fields, form_summary
from concerted.kit.templatetags._frame import frame_foot, frame_self, frame_top, leave_link
from concerted.kit.templatetags._keep import keep
from concerted.kit.templatetags._lists import pager, sortlink

register = template.Library()
for _tag in (asset, icon, field, fields, form_summary, leave_link, sortlink):
    register.simple_tag(_tag)
for _asking in (frame_foot, frame_self, frame_top, pager):
    register.simple_tag(_asking, takes_context=True)
register.tag(keep)

#: state code -> (class, icon, word)
STATES = {
    "current": ("ok", "ok", gettext_lazy("In place")),
    "due_soon": ("soon", "soon", gettext_lazy("Due soon")),
    "overdue": ("gap", "gap", gettext_lazy("Overdue")),
    "not_yet_due": ("none", "soon", gettext_lazy("Not yet due")),
    "exempt": ("none", "none", gettext_lazy("Exempt")),
    "not_required": ("none", "none", gettext_lazy("Not required")),
    "ok": ("ok", "ok", gettext_lazy("In place")),
    "soon": ("soon", "soon", gettext_lazy("Due soon")),
    "gap": ("gap", "gap", gettext_lazy("Gap")),
    "none": ("none", "none", gettext_lazy("Not required")),
}


@register.simple_tag
def state(code: Any, text: Any = None) -> SafeString:
    """A state as icon and word, never colour alone; `text` replaces the word ("4 days overdue")."""
    kind, drawing, word = STATES[str(getattr(code, "value", code))]
    shown = conditional_escape(word if text is None else text)
    return SafeString(f'<span class="st {kind}">{icon(drawing)}<span>{shown}</span></span>')


@register.simple_tag
def day(value: datetime.date | None, shape: str = "") -> SafeString | str:
    """A date in words as <time>; for `shape` see kit.dates.in_words."""
    if not value:
        return ""
    if isinstance(value, datetime.datetime):
        value = (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), in_words(value, shape))


@register.simple_tag
def clock(value: datetime.datetime | None, shape: str = "") -> SafeString | str:
    """A time of day as <time>; with `shape` ("short", "week" …) the date comes first. The device adds its own zone."""
    if not value:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    words = digits_of.localise(date_format(local, "H:i"))
    if shape:
        date_words = in_words(local.date(), shape)
        words = pgettext("a date and a time of day", "%(date)s, %(time)s") % {"date": date_words, "time": words}
    return format_html('<time datetime="{}" data-local-time>{}</time>', local.isoformat(timespec="minutes"), words)


@register.simple_tag
def num(value: int | float | Decimal | None, places: int | None = None) -> str:
    """A number with the reader's digits and marks; `places` fixes the decimals. None shows a dash."""
    return "–" if value is None else digits_of.number(value, places)


@register.filter
def digits(value: object) -> str:
    """Text with its digits in the reader's script."""
    text = digits_of.localise(value)
    return mark_safe(text) if isinstance(value, SafeString) else text


@register.filter
def counted(value: int) -> str:
    """A whole number with the reader's digits and thousands mark, for a sentence: `with n=parts|counted`."""
    return digits_of.number(value)


@register.filter
def hours(minutes: int) -> str:
    """Minutes as hours in the reader's digits."""
    return digits_of.hours(minutes)


@register.filter
def hours_said(minutes: int) -> str:
    """Minutes as hours in words."""
    return digits_of.hours_said(minutes)


@register.filter
def minutes_said(minutes: int) -> str:
    """Minutes in words."""
    return digits_of.minutes_said(minutes)


@register.filter
def markdown(value: str) -> SafeString:
    """Markdown as safe HTML."""
    return markdown_of.render(str(value or ""))


@register.simple_tag
def mark_lang(code: str, right_to_left: bool | None = None) -> SafeString:
    """The `lang` and `dir` attributes of the text shown, which may differ from those of the page around it.

    `right_to_left` is said of languages that were added here, or the code itself knows it (`text.rules.LanguageCode`);
    of those of the interface Django knows it.
    """
    if right_to_left is None:
        right_to_left = getattr(code, "right_to_left", None)
    if right_to_left is None:
        right_to_left = code.split("-")[0] in settings.LANGUAGES_BIDI
    direction = "rtl" if right_to_left else "ltr"
    return format_html(' lang="{}" dir="{}"', code, direction)


class _Wrap(template.Node):
    """Writes what stands around a block only when the block has something in it."""

    child_nodelists = ("nodelist",)

    def __init__(self, before: str, after: str, name: FilterExpression | None, nodelist: template.NodeList) -> None:
        self.before, self.after, self.name, self.nodelist = before, after, name, nodelist

    def render(self, context: template.Context) -> SafeString:
        inner = self.nodelist.render(context)
        if not inner.strip():
            return SafeString("")
        before = self.before.replace("{}", escape(str(self.name.resolve(context)))) if self.name else self.before
        return SafeString(f"{before}{inner}{self.after}")


@register.tag
def wrap(parser: template.base.Parser, token: template.base.Token) -> _Wrap:
    """{% wrap "<p class='lead'>" "</p>" %}…{% endwrap %}: the outer element only when there is an inner text.

    A third word takes the place of {} in the first: {% wrap "<nav aria-label='{}'>" "</nav>" _("You are here") %}.
    """
    _, before, after, *name = token.split_contents()
    nodelist = parser.parse(("endwrap",))
    parser.delete_first_token()
    return _Wrap(before[1:-1], after[1:-1], parser.compile_filter(name[0]) if name else None, nodelist)
