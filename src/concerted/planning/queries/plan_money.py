"""What a kept plan asks of each territory a year, and what was promised for it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.capacity import queries as capacity
from concerted.capacity.models import TerritoryFact
from concerted.directory import queries as directory
from concerted.directory.models import Territory
from concerted.kit.dates import in_words
from concerted.planning.models import KeptPlan, PlanFunding
from concerted.planning.rules.funding import Need, funded

if TYPE_CHECKING:
    from concerted.planning.rules.plan import Plan


@dataclass(frozen=True)
class Asked:
    """What a plan asks of a territory a year: in one, five and nine of ten likely cases it is at most this."""

    territory: Territory
    low: int
    mid: int
    high: int

    def chance(self, amount: int) -> float:
        """In how many of a hundred likely cases an amount a year suffices."""
        return funded([Need(amount, self.low, self.mid, self.high)]).lines[0].chance


def asked_by(kept: KeptPlan) -> tuple[Asked, ...]:
    """Each territory of a plan that the directory knows, in the order of the plan. One query.

    The money of the whole plan is spread evenly over its months; the nation's own money stands in no territory, and a
    territory that is asked for nothing is left out.
    """
    from concerted.planning.queries.answers import answer
    from concerted.planning.queries.own_plans import plan_kept

    plan = plan_kept(kept)
    places = places_of(plan)
    told = answer(plan) if places else None
    found = []
    for key, territory in places.items():
        assert told is not None
        spent = told.spent(key)
        low, mid, high = (one * 12 / plan.months for one in (spent.low, spent.mid, spent.high))
        if low >= 1:
            middle = min(max(round(mid), floor(low)), ceil(high))
            found.append(Asked(territory, floor(low), middle, ceil(high)))
    return tuple(found)


def places_of(plan: "Plan") -> dict[str, Territory]:
    """Territories of the directory by the key of the plan: the one it was made from, else the only one of its name.

    One query.
    """
    from concerted.planning.rules.plan.facts import place_key

    rows = list(Territory.objects.filter(name__in={one.name for one in plan.territories.values()}).order_by("id"))
    named: dict[str, list[Territory]] = {}
    for row in rows:
        named.setdefault(row.name, []).append(row)
    found = {}
    for key, place in plan.territories.items():
        same = named.get(place.name, [])
        made_from = [row for row in same if place_key(row.name, row.pk) == key]
        if made_from or len(same) == 1:
            found[key] = (made_from or same)[0]
    return found


@dataclass(frozen=True)
class Promised:
    """A territory of a plan, what it is asked for, and the promise that holds today, if any."""

    asked: Asked
    funding: PlanFunding | None

    @property
    def chance(self) -> int:
        """In how many of a hundred likely cases the promise suffices; never shown as more than it is."""
        return int(self.asked.chance(self.funding.amount) + 1e-9) if self.funding else 0


def promised_shares(kept: KeptPlan, on: date) -> dict[str, float]:
    """Territories of a plan, by its key for them, with in which share of likely cases the promise that holds on a day
    suffices. One query where nothing was ever promised, else five.
    """
    from concerted.planning.queries.own_plans import plan_kept

    if not PlanFunding.objects.filter(plan=kept).exists():
        return {}
    asked = asked_by(kept)
    chances = {line.asked.territory.pk: line.chance for line in promises(kept, asked, on) if line.funding}
    places = places_of(plan_kept(kept))
    return {key: chances[place.pk] / 100 for key, place in places.items() if place.pk in chances}


def code_of(kept: KeptPlan) -> str:
    """What facts in `capacity` call a plan."""
    return f"plan-{kept.public.hex[:16]}"


def promises(kept: KeptPlan, asked: Sequence[Asked], on: date) -> tuple[Promised, ...]:
    """The territories with the promise that holds on a day. Two queries."""
    facts = capacity.facts_in([one.territory.pk for one in asked], on)
    holding = {
        fact.pk
        for held in facts.values()
        for fact in held
        if fact.kind == TerritoryFact.Kind.PLAN_FUNDED and fact.about == code_of(kept)
    }
    rows = PlanFunding.objects.filter(plan=kept, fact__in=holding).select_related("fact").order_by("id")
    funding = {row.territory_id: row for row in rows}
    return tuple(Promised(one, funding.get(one.territory.pk)) for one in asked)


def lines_of(kept: KeptPlan, on: date) -> str:
    """The territories as a duty is typed in, a line each: promised, need low, middle and high, source. Four queries."""
    asked = asked_by(kept)
    names = directory.places_in_words(Territory.objects.filter(pk__in=[one.territory.pk for one in asked]))
    same = Counter(
        Territory.objects.filter(name__in=[one.territory.name for one in asked]).values_list("name", flat=True)
    )
    source = _("Plan “%(title)s”, kept on %(day)s") % {
        "title": kept.title,
        "day": in_words(timezone.localdate(kept.at)),
    }
    lines = []
    for line in promises(kept, asked, on):
        one, place = line.asked, line.asked.territory
        name = place.name if same[place.name] == 1 else names[place.pk]
        funds = line.funding.amount if line.funding else 0
        lines.append("; ".join([name, *map(str, (funds, one.low, one.mid, one.high)), source.replace(";", ",")]))
    return "\n".join(lines)
