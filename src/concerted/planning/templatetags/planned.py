"""How the figures of a plan are written."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from concerted.kit import digits
from concerted.kit.dates import in_words
from concerted.kit.templatetags.kit import mark_lang
from concerted.planning.names import plan_month
from concerted.planning.rules.counts import Shown
from concerted.planning.templatetags._numbers import opened, other_services, planned, service_rows

register = template.Library()
for _tag in (opened, other_services, planned, service_rows):
    register.simple_tag(_tag)


@register.simple_tag
def fault_words(message: str) -> SafeString:
    """What is wrong with a plan file; marked where it is in another language than the page."""
    from concerted.planning.fault_words import as_html

    words, language = as_html(message)
    return format_html("<span{}>{}</span>", mark_lang(language), words)


@register.simple_tag
def fault_place(place: str, form: Any) -> str:
    """Which value is at fault, as the form that it was written in calls it; else its place in the file."""
    if place in ("", "options"):  # All of it; and what is said of a change names the place itself.
        return ""
    return form.called(place) or format_html('<bdi dir="ltr">{}</bdi>', place)


@register.simple_tag
def share(value: float) -> str:
    """Of a hundred."""
    return digits.number(round(100 * value), 0)


register.filter("plan_month", plan_month)


@register.simple_tag
def last_month(page: Any) -> str:
    """The last month of a plan."""
    return plan_month(page.told.months[-1])


@register.simple_tag
def money_name(plan: Any) -> str:
    """The currency of a plan and the year of its prices."""
    said = {"currency": plan.money.currency, "year": digits.localise(plan.money.year)}
    return gettext("%(currency)s at prices of %(year)s") % said


@dataclass(frozen=True)
class Asked:
    """What a council votes on."""

    to_hire: int
    money: Any
    chance: float | None


@register.simple_tag
def council(page: Any) -> Asked:
    """The three numbers of a territory."""
    row = next(unit for unit in page.units if unit.key == page.unit)
    return Asked(row.to_hire, page.told.spent(page.unit), row.chance)


@register.simple_tag
def shown_count(one: Shown | None) -> str:
    """A number of a month as it is shown; a dash where nothing was counted."""
    if one is None:
        return "–"
    if one.few:
        return gettext("fewer than ten")
    return digits.number(one.value or 0)


@register.simple_tag
def month_words(month: date) -> str:
    """A month in words, without a tag."""
    return in_words(month, "month")
