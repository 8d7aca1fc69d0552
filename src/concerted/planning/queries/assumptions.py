"""The values of a plan that somebody changes first, with what she may write."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.utils.functional import Promise

# Later: a change made by script shows none of these words.
from django.utils.translation import gettext_lazy as _

from concerted.planning.rules.plan import Plan
from concerted.planning.wording import service_name


@dataclass(frozen=True)
class Assumption:
    """A value in its place of the file. `month` is one written as 2027-04; `about` names its part, in the plan's
    `language` where the plan names it.
    """

    place: str
    what: str | Promise
    about: str
    value: float | str
    least: float = 0.0
    month: bool = False
    language: str = ""


def named_territories(plan: Plan, unit: str, places: Iterable[str]) -> list[str]:
    """The territory looked at, and those of which a value was changed before."""
    named = {part for place in places if place.startswith(("territories.", "services.")) for part in place.split(".")}
    return [key for key in plan.territories if key == unit or key in named]


def assumptions(plan: Plan, territories: Iterable[str] = ()) -> Iterator[Assumption]:
    """Who lives in these territories; then initiatives, what reaches services, and how they work."""
    said = plan.language
    for unit in territories:
        held = plan.territories[unit]
        yield Assumption(f"territories.{unit}.people", _("People"), held.name, held.people, 1, language=said)
        if held.women is not None:
            yield Assumption(f"territories.{unit}.women", _("Women"), held.name, held.women, 1, language=said)
        for key in plan.services:
            yield from _of_team(plan, key, unit)
    for key, initiative in plan.initiatives.items():
        place = f"initiatives.{key}.start"
        yield Assumption(place, _("Begins in the month"), initiative.name, initiative.start, month=True, language=said)
    for key in plan.services:
        language = said if plan.services[key].name else ""
        yield from (replace(one, language=language) for one in _of_service(plan, key))


def _of_team(plan: Plan, key: str, unit: str) -> Iterator[Assumption]:
    """Posts of a service in one territory, where the plan says who counted them."""
    staff, about = plan.services[key].staff, f"{service_name(plan, key)}, {plan.territories[unit].name}"
    for name, what in (("posts", _("Posts that exist")), ("vacant", _("Of these, vacant"))):
        said = getattr(staff, name)
        if staff.source is not None and isinstance(said, dict):
            place = f"services.{key}.staff.{name}.{unit}"
            yield Assumption(place, what, about, said.get(unit, 0.0), language=plan.language)


def _of_service(plan: Plan, key: str) -> Iterator[Assumption]:
    service, name, place = plan.services[key], service_name(plan, key), f"services.{key}"
    said = service.contacts
    if said is not None and said.per_10000 is not None:
        of = _("Contacts for 10,000 women") if said.of == "women" else _("Contacts for 10,000 people")
        yield Assumption(f"{place}.contacts.per_10000", of, name, said.per_10000)
    if said is not None and said.column is not None:
        yield Assumption(f"{place}.contacts.times", _("Contacts for each one counted"), name, said.times)
    if service.queue is not None:
        queue = service.queue
        yield Assumption(f"{place}.queue.minutes", _("Minutes that a contact takes"), name, queue.minutes, 0.1)
        yield Assumption(f"{place}.queue.never_alone", _("People in every open hour"), name, queue.never_alone, 1)
    if service.cases is not None:
        yield Assumption(f"{place}.cases.weeks", _("Weeks that a case stays open"), name, service.cases.weeks)
        yield Assumption(f"{place}.cases.hours", _("Hours of work for a case"), name, service.cases.hours, 0.1)
    for sender, receivers in plan.referrals.items():
        if key in receivers:
            what = _("Referrals for each contact at: %(service)s") % {"service": service_name(plan, sender)}
            yield Assumption(f"referrals.{sender}.{key}.share", what, name, receivers[key].share)
