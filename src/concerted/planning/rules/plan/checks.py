"""What a plan's parts say of one another: names that nobody has, and money that cannot be added up."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from itertools import pairwise
from typing import TypeAlias

from concerted.maths.referrals import ReferralsRefused
from concerted.maths.said import Figure, Listed, Said, said, sentences
from concerted.planning.rules.kinds import ServiceKind
from concerted.planning.rules.plan.money import Cost, Funding
from concerted.planning.rules.plan.network import network_of
from concerted.planning.rules.plan.part import month_number
from concerted.planning.rules.plan.schema import Plan

#: Where in the file, and what is wrong there.
Found: TypeAlias = tuple[tuple[str, ...], str]


def nearest(word: str, known: Iterable[str]) -> Said:
    """“Did you mean ...?”, where a known word is like it; otherwise all of them, if they are few.

    >>> nearest("handel", ["handle", "hours"])
    'Did you mean “handle”?'
    """
    words = list(known)
    close = get_close_matches(word, words, 1)
    if close:
        return said("Did you mean “%(name)s”?", name=close[0])
    if len(words) > 12:
        return said("Correct the name.")
    return said("Write one of: %(kinds)s.", kinds=Listed(tuple(words)))


def checks(plan: Plan) -> Iterator[Found]:
    """Every fault between parts, in the order of the file."""
    yield from _services(plan)
    yield from _referrals(plan)
    yield from _initiatives(plan)
    for key, training in plan.training.items():
        yield from _known(training.of, plan.services, ("training", key, "of"), "service")
    yield from _money(plan)


def _known(word: str, known: Iterable[str], place: tuple[str, ...], what: str) -> Iterator[Found]:
    if word not in known:
        yield place, sentences(_none(what, word), nearest(word, known))


def _none(what: str, word: str) -> Said:
    if what == "service":
        return said("There is no service “%(name)s” in this plan.", name=word)
    if what == "column":
        return said("There is no column “%(name)s” in this plan.", name=word)
    return said("There is no territory “%(name)s” in this plan.", name=word)


def _services(plan: Plan) -> Iterator[Found]:
    for key, service in plan.services.items():
        place = ("services", key)
        if service.kind is None and key not in _kinds():
            yield place, said("Its kind is missing. Write `kind:`, one of: %(kinds)s.", kinds=Listed(_kinds()))
        for name in ("posts", "vacant"):
            held = getattr(service.staff, name)
            if isinstance(held, dict):
                for territory in held:
                    yield from _known(territory, plan.territories, (*place, "staff", name, territory), "territory")
        yield from _vacant(plan, key)
        if service.queue is not None and isinstance(service.queue.shape, list) and not any(service.queue.shape):
            message = said("Nothing was counted in any hour. Write `even` or `evening`, or the numbers.")
            yield (*place, "queue", "shape"), message
        if service.contacts is not None:
            yield from _contacts(plan, key)


def _vacant(plan: Plan, key: str) -> Iterator[Found]:
    """A post that nobody holds is one of those that exist: in every territory, or in all where one team answers."""
    staff = plan.services[key].staff
    if not staff.vacant:
        return
    exist, empty = _by_territory(plan, staff.posts), _by_territory(plan, staff.vacant)
    if plan.services[key].answered_by == "nation":
        exist, empty = {"": sum(exist.values())}, {"": sum(empty.values())}
    for territory, number in empty.items():
        if number > exist[territory] + 1e-6:
            own = (territory,) if isinstance(staff.vacant, dict) and territory in staff.vacant else ()
            yield (
                ("services", key, "staff", "vacant", *own),
                said(
                    "More posts are vacant (%(vacant)s) than exist (%(posts)s). Correct one of the two.",
                    vacant=Figure(number, ".6g"),
                    posts=Figure(exist[territory], ".6g"),
                ),
            )
            return


def _by_territory(plan: Plan, told: float | dict[str, float]) -> dict[str, float]:
    """Posts of each territory: shared out by people where only their sum is said."""
    if isinstance(told, dict):
        return {territory: told.get(territory, 0.0) for territory in plan.territories}
    people = sum(place.people for place in plan.territories.values())
    return {territory: told * place.people / people for territory, place in plan.territories.items()}


def _kinds() -> tuple[str, ...]:
    return tuple(kind.value for kind in ServiceKind)


def _contacts(plan: Plan, key: str) -> Iterator[Found]:
    contacts, place = plan.services[key].contacts, ("services", key, "contacts")
    assert contacts is not None
    if contacts.each is not None:
        for territory in contacts.each:
            yield from _known(territory, plan.territories, (*place, "each", territory), "territory")
        missing = [name for name in plan.territories if name not in contacts.each]
        if missing:
            yield (
                (*place, "each"),
                said("No number for %(places)s. Write one for each, 0 for none.", places=Listed(tuple(missing[:5]))),
            )
    if contacts.of == "women":
        for name, held in plan.territories.items():
            if held.women is None:
                message = said("The number of women is missing. Write `women:`, or count `of: people`.")
                yield ("territories", name), message
    if contacts.column is not None:
        columns = next(iter(plan.territories.values())).counted
        yield from _known(contacts.column, columns, (*place, "column"), "column")
    if contacts.history is not None:
        yield from _history(contacts.history, plan, (*place, "history"))


def _history(counted: Mapping[str, float | None], plan: Plan, place: tuple[str, ...]) -> Iterator[Found]:
    months = list(counted)
    if len(months) < 12:
        yield (
            place,
            said("%(count)s months are too few to plan from. Write twelve or more.", count=Figure(len(months))),
        )
    for before, after in pairwise(months):
        if month_number(after) != month_number(before) + 1:
            yield (
                (*place, after),
                said(
                    "%(after)s follows %(before)s: a month has no data. Write it, with null where nobody counted.",
                    after=after,
                    before=before,
                ),
            )
            return
    if len(months) >= 12 and sum(value is not None for value in counted.values()) < 2:
        yield place, said("Fewer than two months were counted. Write the numbers, or plan with a rate.")
    if months and month_number(months[-1]) >= month_number(plan.start):
        yield (
            (*place, months[-1]),
            said("This month is in the plan already. History ends before the plan starts."),
        )


def _referrals(plan: Plan) -> Iterator[Found]:
    for sender, receivers in plan.referrals.items():
        yield from _known(sender, plan.services, ("referrals", sender), "service")
        for receiver in receivers:
            yield from _known(receiver, plan.services, ("referrals", sender, receiver), "service")
    known = all(key in plan.services for sender, held in plan.referrals.items() for key in (sender, *held))
    if known:
        try:
            network_of(plan)
        except ReferralsRefused as refused:
            yield ("referrals",), refused.args[0]


def _initiatives(plan: Plan) -> Iterator[Found]:
    for key, one in plan.initiatives.items():
        yield from _known(one.of, plan.services, ("initiatives", key, "of"), "service")
        for territory in one.territories or ():
            yield from _known(territory, plan.territories, ("initiatives", key, "territories"), "territory")


def _money(plan: Plan) -> Iterator[Found]:
    sums: list[tuple[str, str, Cost | Funding]] = [("costs", key, cost) for key, cost in plan.costs.items()]
    sums += [("funding", key, fund) for key, fund in plan.funding.items()]
    for part, key, one in sums:
        if one.currency not in (None, plan.money.currency):
            yield (
                (part, key, "currency"),
                said(
                    "The plan is in %(currency)s, this is in %(other)s: they cannot be added up. "
                    "Write the amount in %(currency)s, and the rate you took in its source.",
                    currency=plan.money.currency,
                    other=one.currency,
                ),
            )
        if one.year not in (None, plan.money.year):
            yield (
                (part, key, "year"),
                said(
                    "The plan is in prices of %(year)s, this is of %(other)s. "
                    "Bring it to %(year)s, and write how in its source.",
                    year=plan.money.year,
                    other=one.year,
                ),
            )
    for key, cost in plan.costs.items():
        if cost.of is not None:
            yield from _known(cost.of, plan.services, ("costs", key, "of"), "service")
        if cost.territory is not None:
            yield from _known(cost.territory, plan.territories, ("costs", key, "territory"), "territory")
    for key, fund in plan.funding.items():
        yield from _known(fund.to, ["everybody", "nation", *plan.territories], ("funding", key, "to"), "territory")
