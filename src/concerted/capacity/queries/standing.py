from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Count as CountRows
from django.db.models import Q, QuerySet
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from concerted.capacity.models import Episode
from concerted.capacity.queries.wording import mandates_in_force
from concerted.directory.models import Agency, Person, Position
from concerted.kit.dates import in_words
from concerted.kit.prepared import Prepared


@dataclass(frozen=True)
class StandingShown:
    """One person under one mandate on one day, with the sentence that says why."""

    mandate_id: int
    mandate: str
    credential: str
    minutes: int
    state: str
    reason: str
    due_on: date | None
    held_on: date | None
    until: date | None


_REASONS = {
    "first": gettext_lazy("Not done yet. First due on %(due)s."),
    "renew": gettext_lazy("Last completed on %(held)s. Due again on %(due)s."),
    "grace": gettext_lazy("Was due on %(due)s. The extra time is running."),
    "lapsed": gettext_lazy("Last completed on %(held)s. It ran out on %(due)s."),
    "never": gettext_lazy("No record of it. It was due on %(due)s."),
    "exempt": gettext_lazy("Exempt for the time being."),
}


def reason(why: str, due_on: date | None, held_on: date | None, language: str | None = None) -> str:
    """The sentence for a code of the engine, in the reader's language (which long lists look up once)."""
    return _reason(why, due_on, held_on, language or get_language() or "en")


@lru_cache(maxsize=4096)
def _reason(why: str, due_on: date | None, held_on: date | None, language: str) -> str:
    """Said once for the same dates: many people share them. `language` is part of the key."""
    facts = {"due": in_words(due_on) if due_on else "", "held": in_words(held_on) if held_on else ""}
    if why == "held":
        sentence = _("Completed on %(held)s, in place until %(due)s.") if due_on else _("Completed on %(held)s.")
    else:
        sentence = str(_REASONS[why])
    return sentence % facts


def episodes_on(on: date) -> QuerySet[Episode]:
    """Episodes that hold on a day, of positions held that day."""
    return Episode.objects.filter(starts__lte=on, stops__gt=on)


#: Worst first: a person with two posts is shown by the one that asks most of her.
WEIGHT = {"overdue": 0, "due_soon": 1, "not_yet_due": 2, "current": 3, "exempt": 4}


_EPISODES_OF = Prepared(
    lambda person, starts, stops: (
        Episode.objects.filter(starts__lte=starts, stops__gt=stops, position__person=person)
        .order_by("mandate__code")
        .values_list("mandate_id", "state", "why", "due_on", "held_on")
    ),
    int,
    date,
    date,
)


def standings_of(person: Person, on: date) -> list[StandingShown]:
    """What binds a person on a day, most urgent first; one line a mandate. Two queries."""
    named = {mandate.id: mandate for mandate in mandates_in_force(on)}
    worst: dict[int, tuple[str, str, date | None, date | None]] = {}
    for mandate, state, why, due_on, held_on in _EPISODES_OF.rows(person.pk, on, on):
        kept = worst.get(mandate)
        if mandate in named and (kept is None or WEIGHT[state] < WEIGHT[kept[0]]):
            worst[mandate] = (state, why, due_on, held_on)
    shown = [
        StandingShown(
            mandate,
            named[mandate].name,
            named[mandate].credential,
            named[mandate].minutes,
            state,
            reason(why, due_on, held_on),
            due_on,
            held_on,
            due_on if state == "current" else None,
        )
        for mandate, (state, why, due_on, held_on) in worst.items()
    ]
    return sorted(shown, key=lambda line: (WEIGHT[line.state], line.due_on or date.max, line.mandate))


def standing_by_agency(on: date, agencies: QuerySet[Agency] | None = None) -> list[dict[str, object]]:
    """Counts by agency on a day: [{agency, current, due_soon, overdue, not_yet_due, exempt, not_required}].

    `not_required` counts the mandates in force that do not bind a position held that day. Three queries.
    """
    agencies = Agency.objects.all() if agencies is None else agencies
    in_force = len(mandates_in_force(on))
    counts: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    states = episodes_on(on).filter(agency__in=agencies).order_by().values_list("agency", "state")
    for agency, state, number in states.annotate(n=CountRows("id")):
        counts[agency][state] = number
    held = dict(
        Position.objects.filter(agency__in=agencies, since__lte=on)
        .filter(Q(until=None) | Q(until__gt=on))
        .order_by()
        .values_list("agency")
        .annotate(n=CountRows("id"))
    )
    lines = []
    for agency in agencies.order_by("name", "id"):
        row = counts[agency.pk]
        states_shown = {state: row[state] for state in ("current", "due_soon", "overdue", "not_yet_due", "exempt")}
        not_required = max(0, held.get(agency.pk, 0) * in_force - sum(states_shown.values()))
        lines.append({"agency": agency.name, **states_shown, "not_required": not_required})
    return lines
