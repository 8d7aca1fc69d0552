"""What a territory counts in parts: its agencies each for itself, and whoever coordinates for the whole of it.

A number for the whole holds in place of those of its agencies; where there is none, theirs are added up. Others see a
sum of what they would see of each agency (ADR 30, ADR 37).
"""

from collections.abc import Collection, Iterable, Mapping

from concerted.planning.rules.counts import STEP, Counted, CountOf, Shown, shown_to_others, total_of
from concerted.planning.rules.kinds import ServiceKind

#: Of a territory and month: who counted (the id of an agency, or None for the whole) -> what.
Parts = Mapping[int | None, Mapping[CountOf, int]]
#: The services that agencies of the usual sectors run.
RUN_BY: dict[str, tuple[ServiceKind, ...]] = {
    "health": (ServiceKind.HEALTH,),
    "police": (ServiceKind.POLICE,),
    "justice": (ServiceKind.LEGAL_AID,),
    "social": (ServiceKind.ADVOCACY, ServiceKind.SHELTER, ServiceKind.LEGAL_AID),
    "education": (),
    "women": (ServiceKind.HELPLINE, ServiceKind.ADVOCACY, ServiceKind.SHELTER, ServiceKind.LEGAL_AID),
    "helpline": (ServiceKind.HELPLINE,),
}


def run_by(sector: str) -> tuple[ServiceKind, ...]:
    """The services that an agency of a sector may count; all of them for a sector that only this response has.

    >>> [service.value for service in run_by("police")]
    ['police']
    """
    return RUN_BY.get(sector, tuple(ServiceKind))


def together(parts: Parts) -> dict[CountOf, int]:
    """The counts of a territory and month as they are.

    >>> calls = CountOf("helpline", "contacts")
    >>> together({7: {calls: 30}, 8: {calls: 12}})[calls]
    42
    >>> together({None: {calls: 50}, 7: {calls: 30}})[calls]
    50
    """
    found = dict(parts.get(None, {}))
    for of in _of_agencies(parts):
        if of.counted == Counted.WAIT_DAYS:
            way = CountOf(of.service, Counted.REFERRED, of.to)
            found[of] = _mean((counts[of], counts.get(way, 0)) for counts in _agencies(parts) if of in counts)
        else:
            found[of] = sum(counts[of] for counts in _agencies(parts) if of in counts)
    return found


def together_for_others(parts: Parts) -> dict[CountOf, Shown]:
    """The same as others see it: made of what they see of each agency, so that no sum gives one away.

    >>> calls = CountOf("helpline", "contacts")
    >>> together_for_others({7: {calls: 31}, 8: {calls: 3}})[calls]
    Shown(value=35, few=False)
    """
    found = shown_to_others(parts.get(None, {}))
    each = [shown_to_others(counts) for counts in _agencies(parts)]
    for of in _of_agencies(parts):
        there = [shown for shown in each if of in shown]
        if of.counted == Counted.WAIT_DAYS:
            found[of] = _wait(of, there)
        elif len(there) == 1:
            found[of] = there[0][of]
        else:
            found[of] = Shown(total_of(shown[of] for shown in there).value)
    return found


def _agencies(parts: Parts) -> list[Mapping[CountOf, int]]:
    return [counts for agency, counts in parts.items() if agency is not None]


def _of_agencies(parts: Parts) -> Collection[CountOf]:
    """What agencies counted and nobody counted for the whole."""
    return {of for counts in _agencies(parts) for of in counts} - set(parts.get(None, {}))


def _wait(of: CountOf, there: Iterable[Mapping[CountOf, Shown]]) -> Shown:
    """The mean of the waits that are shown, by how many are shown as referred that way."""
    way, pairs = CountOf(of.service, Counted.REFERRED, of.to), []
    for shown in there:
        wait, sent = shown[of], shown.get(way)
        if wait.value is not None and sent is not None:
            pairs.append((wait.value, sent.value or STEP))
    return Shown(_mean(pairs)) if pairs else Shown(few=True)


def _mean(pairs: Iterable[tuple[int, int]]) -> int:
    """The mean of values by their weights, halves up; plain where nothing weighs."""
    held = list(pairs)
    weight = sum(weight for _value, weight in held)
    if not weight:
        held, weight = [(value, 1) for value, _weight in held], len(held)
    return (2 * sum(value * each for value, each in held) + weight) // (2 * weight)
