"""Why a figure is what it is: its formula by name, the inputs it has in this plan, and where they were read."""

from collections.abc import Iterator
from dataclasses import dataclass

from concerted.maths.demand import card
from concerted.planning.rules.plan.part import WEEKS
from concerted.planning.rules.plan.schema import Initiative, Plan
from concerted.planning.rules.plan.service import Service
from concerted.planning.rules.projection.measures import MONEY, Measure
from concerted.planning.rules.projection.staffing import direct_hours


@dataclass(frozen=True)
class Input:
    """A value that goes into a figure, and its place in the plan file."""

    place: str
    value: float | str


#: Stands where a plan has a share of referrals and does not say where it was counted.
UNTOLD = "–"


@dataclass(frozen=True)
class Reason:
    """`formula` names how the figure is worked out, `exact` whether nothing in it is borrowed or assumed."""

    formula: str
    inputs: tuple[Input, ...]
    sources: tuple[str, ...]
    exact: bool


def reason(plan: Plan, measure: Measure, unit: str, service: str | None) -> Reason:
    """The reason of a measure, for a unit and a service."""
    if measure in MONEY or service is None:
        return _of_money(plan, measure, unit)
    one = plan.services[service]
    if measure in _DEMAND:
        return Reason(
            _DEMAND[measure], tuple(_demand(plan, service, unit)), tuple(_sources(plan, service, unit)), False
        )
    inputs = (*_work(plan, service, measure), *_held(plan, service, unit))
    sources = (*_METHODS[_way(one)], *_counted(plan, service))
    return Reason(_formula(one, measure), inputs, sources, not _borrowed(one))


_DEMAND = {
    Measure.CONTACTS: "contacts",
    Measure.EXTRA_CONTACTS: "with less without",
    Measure.OPEN_CASES: "open cases",
    Measure.EXTRA_CASES: "with less without",
}
#: Where the formulae come from.
_METHODS = {
    "queue": ("Erlang A: Palm 1957; Mandelbaum and Zeltyn 2007",),
    "cases": ("Little 1961; hours and ceiling as written in the plan",),
    "places": ("Erlang B: Erlang 1917",),
}


def _way(service: Service) -> str:
    return "queue" if service.queue else "cases" if service.cases else "places"


def _borrowed(service: Service) -> bool:
    """Whether the shape of the week is a made-up one."""
    return service.queue is not None and isinstance(service.queue.shape, str)


def _formula(service: Service, measure: Measure) -> str:
    if measure in (Measure.POSTS, Measure.EXTRA_POSTS):
        return f"posts by {_way(service)}"
    return {
        Measure.COVER_POSTS: "cover",
        Measure.TRAINING_HOURS: "training",
        Measure.SLACK_HOURS: "slack",
        Measure.SUPERVISION_HOURS: "supervision",
    }[measure]


def _demand(plan: Plan, service: str, unit: str) -> Iterator[Input]:
    one = plan.services[service]
    if one.contacts is not None:
        place = f"services.{service}.contacts"
        said = one.contacts
        if unit in plan.territories:
            yield Input(f"territories.{unit}.people", plan.territories[unit].people)
        if said.per_10000 is not None:
            yield Input(f"{place}.per_10000", said.per_10000)
        elif said.column is not None:
            yield Input(f"{place}.times", said.times)
        elif said.each is not None and unit in said.each:
            yield Input(f"{place}.each.{unit}", said.each[unit])
    for sender, receivers in plan.referrals.items():
        if service in receivers:
            yield Input(f"referrals.{sender}.{service}.share", receivers[service].share)
            yield Input(f"referrals.{sender}.{service}.after_weeks", receivers[service].after_weeks)
    for key, initiative in _acting(plan, service):
        effect = initiative.effect
        yield Input(f"initiatives.{key}.effect", card(effect).effect.ratio if isinstance(effect, str) else effect.ratio)
        yield Input(f"initiatives.{key}.start", initiative.start)
    held = one.cases or one.places
    if held is not None:
        yield Input(f"services.{service}.{'cases' if one.cases else 'places'}.weeks", held.weeks)


def _acting(plan: Plan, service: str) -> list[tuple[str, Initiative]]:
    return [(key, one) for key, one in plan.initiatives.items() if one.of == service]


def _held(plan: Plan, service: str, unit: str) -> Iterator[Input]:
    """Posts of a unit that exist, and that nobody holds, where the plan says where they were counted."""
    staff = plan.services[service].staff
    for name in ("posts", "vacant") if staff.source is not None else ():
        said = getattr(staff, name)
        if isinstance(said, dict) and unit in said:
            yield Input(f"services.{service}.staff.{name}.{unit}", said[unit])
        elif not isinstance(said, dict):
            yield Input(f"services.{service}.staff.{name}", said)


def _counted(plan: Plan, service: str) -> Iterator[str]:
    """Where posts and those to be trained were counted, where the plan says so."""
    sources = [plan.services[service].staff.source]
    sources += [training.source for training in plan.training.values() if training.of == service]
    yield from dict.fromkeys(source for source in sources if source is not None)


def _sources(plan: Plan, service: str, unit: str) -> Iterator[str]:
    said = plan.services[service].contacts
    if said is not None:
        yield said.source
        people = plan.territories[unit].source if unit in plan.territories else None
        if people is not None:
            yield people
    for _key, one in _acting(plan, service):
        yield card(one.effect).source if isinstance(one.effect, str) else one.effect.source
    for receivers in plan.referrals.values():
        if service in receivers:
            yield receivers[service].source or UNTOLD


def _work(plan: Plan, service: str, measure: Measure) -> Iterator[Input]:
    one, place = plan.services[service], f"services.{service}"
    way = _way(one)
    if measure in (Measure.TRAINING_HOURS, Measure.COVER_POSTS):
        for key, training in plan.training.items():
            if training.of == service:
                for name in ("people", "hours", "over_months", "refresher_hours", "turnover"):
                    yield Input(f"training.{key}.{name}", getattr(training, name))
    if measure is not Measure.TRAINING_HOURS:
        for name, value in getattr(one, way).model_dump(exclude={"shape", "weeks"}, exclude_none=True).items():
            yield Input(f"{place}.{way}.{name}", value)
        yield Input(f"{place}.staff.contract_hours", one.staff.contract_hours)
        yield Input(f"{place}.staff.away", one.staff.away)
        yield Input(f"{place}.care.supervision_hours", one.care.supervision_hours)
        yield Input(f"{place}.care.debrief_hours", one.care.debrief_hours)
        yield Input("weeks a month", round(WEEKS, 4))
        yield Input("direct hours a month of a post", round(direct_hours(service, one), 2))


def _of_money(plan: Plan, measure: Measure, unit: str) -> Reason:
    once = measure is Measure.ONE_OFF
    costs = {key: cost for key, cost in plan.costs.items() if (cost.per == "once") == once}
    inputs = tuple(Input(f"costs.{key}.amount", cost.amount) for key, cost in costs.items())
    sources = tuple(dict.fromkeys(cost.source for cost in costs.values()))
    return Reason("paid once" if once else "paid again", inputs, sources, True)
