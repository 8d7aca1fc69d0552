"""What a value of a plan is called where a reader asks why a number is so: the words of the forms, in her language."""

from html import escape
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from concerted.kit import digits
from concerted.kit.templatetags.kit import mark_lang
from concerted.planning.names import plan_month

#: Place in a plan file, without the keys that the plan itself chose -> its words.
_WORDS: dict[str, Promise] = {
    "territories.people": _("People"),
    "territories.women": _("Women"),
    "services.contacts.per_10000": _("Contacts for 10,000 people"),
    "services.contacts.times": _("Contacts for each one counted"),
    "services.contacts.each": _("Contacts that were counted"),
    "services.queue.minutes": _("Minutes that a contact takes"),
    "services.queue.patience_minutes": _("Minutes that a caller waits before she hangs up"),
    "services.queue.answer": _("Share that is answered in time"),
    "services.queue.within_seconds": _("In time: within so many seconds"),
    "services.queue.definition": _("How that share is counted"),
    "services.queue.never_alone": _("People in every open hour"),
    "services.queue.shift_hours": _("Hours of a shift"),
    "services.cases.weeks": _("Weeks that a case stays open"),
    "services.cases.hours": _("Hours of work for a case"),
    "services.cases.ceiling": _("Open cases that one person carries safely"),
    "services.places.weeks": _("Weeks of a stay"),
    "services.places.turned_away": _("Share that may find no place"),
    "services.places.posts_for_each": _("Posts for each place"),
    "services.staff.posts": _("Posts that exist"),
    "services.staff.vacant": _("Of these, vacant"),
    "services.staff.contract_hours": _("Paid hours a week of a full post"),
    "services.staff.away": _("Share of paid hours for leave, sickness and meetings"),
    "services.care.supervision_hours": _("Hours of supervision a month for each person"),
    "services.care.debrief_hours": _("Hours of debriefing a month for each person"),
    "initiatives.effect": _("Multiplies contacts by"),
    "initiatives.start": _("Begins in the month"),
    "training.people": _("People to train"),
    "training.hours": _("Hours each"),
    "training.over_months": _("Months of the first round"),
    "training.refresher_hours": _("Hours of refreshers a year, each"),
    "training.turnover": _("Share that leaves in a year"),
    # These stand in no file: the engine works them out.
    "weeks a month": _("Weeks in a month"),
    "direct hours a month of a post": _("Hours a month that a post has for those who come"),
}
_FOR_WOMEN = _("Contacts for 10,000 women")
_REFERRALS = {
    "share": _("Referrals for each contact at: %(service)s"),
    "after_weeks": _("Weeks until a referral arrives from: %(service)s"),
}
_DEFINITIONS: dict[str, Promise] = {
    "offered": _("of all who call"),
    "answered": _("of those who are answered"),
    "virtual": _("of all who call, if nobody hung up"),
    "net": _("of all who call and do not hang up in time"),
}
#: Sources that are words of this program, not of the plan.
METHODS = {"Little 1961; hours and ceiling as written in the plan": _("Little 1961; hours and ceiling as in the plan")}


class Names(NamedTuple):
    """What a plan calls its parts, in its language: few, so that reasons can be kept by them."""

    language: str
    parts: tuple[tuple[str, str], ...]
    #: Services, each with whether the plan names it or its kind does, and those that count by women.
    services: tuple[tuple[str, str, bool], ...]
    by_women: frozenset[str]


def names_of(plan: Any) -> Names:
    """The names that the words of a plan's values need."""
    # Here, so that pages that do not plan load no arrays.
    from concerted.planning.wording import service_name

    by_women = {key for key, one in plan.services.items() if one.contacts is not None and one.contacts.of == "women"}
    groups = (("initiatives", plan.initiatives), ("training", plan.training), ("costs", plan.costs))
    parts = tuple((f"{group}.{key}", one.name) for group, held in groups for key, one in held.items())
    services = tuple((key, service_name(plan, key), bool(one.name)) for key, one in plan.services.items())
    return Names(plan.language, parts, services, frozenset(by_women))


def value_name(place: str, names: Names) -> str:
    """The words of a value as markup; nothing where it has none."""
    match place.split("."):
        case ["costs", _key, "amount"]:
            return _named(place.removesuffix(".amount"), names)
        case ["referrals", sender, _receiver, what] if what in _REFERRALS:
            return escape(str(_REFERRALS[what])) % {"service": _service(sender, names)}
        case ["initiatives" | "training" as group, key, what] if f"{group}.{what}" in _WORDS:
            return f"{_named(f'{group}.{key}', names)}: {escape(str(_WORDS[f'{group}.{what}']))}"
        case ["services", key, "contacts", "per_10000"] if key in names.by_women:
            return escape(str(_FOR_WOMEN))
        case ["territories", _key, what]:
            plain = f"territories.{what}"
        case ["services", _key, part, what, *_unit]:
            plain = f"services.{part}.{what}"
        case _:
            plain = place
    return escape(str(_WORDS.get(plain, "")))


def _named(part: str, names: Names) -> str:
    name = dict(names.parts).get(part, part.partition(".")[2])
    return f"<bdi{mark_lang(names.language)}>{escape(name)}</bdi>"


def _service(key: str, names: Names) -> str:
    name, its_own = {one: (name, its_own) for one, name, its_own in names.services}.get(key, (key, False))
    return f"<bdi{mark_lang(names.language) if its_own else ''}>{escape(name)}</bdi>"


def value_words(place: str, value: Any) -> str:
    """A value as a reader writes it."""
    if isinstance(value, str):
        if place.endswith(".start"):
            return plan_month(value)
        return str(_DEFINITIONS.get(value, value)) if place.endswith(".definition") else value
    return digits.number(int(value) if value == int(value) else value)
