"""Words for what the engine names: measures, formulae, services, units. The engine itself knows no language."""

from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from concerted.planning.names import KINDS
from concerted.planning.rules.kinds import ServiceKind
from concerted.planning.rules.plan import Plan
from concerted.planning.rules.projection import NATIONAL, TOTAL, Measure

MEASURES: dict[Measure, Promise] = {
    Measure.CONTACTS: _("Contacts and referrals"),
    Measure.EXTRA_CONTACTS: _("Of these, through the initiatives"),
    Measure.OPEN_CASES: _("Open cases"),
    Measure.EXTRA_CASES: _("Of these, through the initiatives"),
    Measure.POSTS: _("Posts needed"),
    Measure.EXTRA_POSTS: _("Of these, through initiatives and training"),
    Measure.COVER_POSTS: _("Of these, to cover for training"),
    Measure.TRAINING_HOURS: _("Hours of training"),
    Measure.SLACK_HOURS: _("Hours in which training needs no cover"),
    Measure.SUPERVISION_HOURS: _("Hours of supervision"),
    Measure.ONE_OFF: _("Money paid once"),
    Measure.RECURRENT: _("Money paid again and again"),
}
FORMULAE: dict[str, Promise] = {
    "contacts": _(
        "people x rate x season x what initiatives multiply by x surprise, and referrals from other services"
    ),
    "with less without": _("the plan less the same plan without its initiatives, with the same surprises"),
    "open cases": _("what is opened less what ends: cases end after their mean length, some sooner, some later"),
    "posts by queue": _("seats by hour, filled for whole shifts, x hours / hours that a post has for callers"),
    "posts by cases": _("the larger of hours of work / hours of a post, and open cases / safe ceiling"),
    "posts by places": _("places with which few enough are turned away x posts for each place"),
    "cover": _("hours of training that fit into no slack hour / hours that a post has"),
    "training": _(
        "people x hours / months of the first round, then refreshers, and the first round for those who join"
    ),
    "slack": _("seats filled for whole shifts less seats that the contacts of the hour need"),
    "supervision": _("posts needed x hours of supervision for each person"),
    "paid once": _("what the plan says is paid once, in its month"),
    "paid again": _("posts, contacts, hours, places and months x what each costs"),
}
UNITS: dict[str, Promise] = {NATIONAL: _("Services run as one"), TOTAL: _("All together")}


def service_name(plan: Plan, key: str) -> str:
    """What the plan calls a service, or its kind."""
    service = plan.services[key]
    return service.name or _kind_name(service.kind or ServiceKind(key), get_language())


@lru_cache(maxsize=200)
def _kind_name(kind: ServiceKind, _language: str | None) -> str:
    return str(KINDS[kind])


def unit_name(plan: Plan, unit: str) -> str:
    """What the plan calls a territory, or what the other units are."""
    return plan.territories[unit].name if unit in plan.territories else str(UNITS[unit])
