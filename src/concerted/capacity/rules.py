"""What is required and whether it is in place: mandates, positions and evidence into episodes.

Everything here is pure. A day is inside a stretch when `starts <= day < stops`; `FAR` means "no end".
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from concerted.maths.months import FAR, add_days, add_months

CURRENT, DUE_SOON, OVERDUE, NOT_YET_DUE, EXEMPT = "current", "due_soon", "overdue", "not_yet_due", "exempt"
STATES = (CURRENT, DUE_SOON, OVERDUE, NOT_YET_DUE, EXEMPT)
#: A territory's cell is short when fewer than this share of the positions bound hold what is required.
ENOUGH = 80


@dataclass(frozen=True, slots=True)
class Terms:
    """A version of a mandate as the engine needs it; see `MandateVersion` for what the fields mean."""

    credential: int
    cycle: str
    months: int
    anchor: date | None
    first_due_months: int
    warn_days: int
    grace_days: int
    from_day: date
    stops: date


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days with `starts <= day < stops`."""

    starts: date
    stops: date


@dataclass(frozen=True, slots=True)
class EpisodeFact:
    """One state over a stretch of days and why: `why` is a code, `due_on` the deadline, `held_on` the last proof."""

    state: str
    starts: date
    stops: date
    why: str
    due_on: date | None = None
    held_on: date | None = None


def stops_of(versions: Sequence[tuple[date, date | None]]) -> list[date]:
    """For each version (first day, last day written in it): the day it stops, at the latest where the next one starts.

    A published version never changes, so where it was followed is worked out, not written into it.

    >>> stops_of([(date(2024, 1, 1), None), (date(2025, 1, 1), date(2025, 6, 1))])
    [datetime.date(2025, 1, 1), datetime.date(2025, 6, 1)]
    """
    starts = sorted(starts for starts, _until in versions)
    later = {day: starts[place] for day in starts if (place := bisect_right(starts, day)) < len(starts)}
    return [min(until or FAR, later.get(day, FAR)) for day, until in versions]


def valid_until(terms: Terms, achieved_on: date) -> date:
    """The day evidence of `achieved_on` stops counting; `FAR` for a mandate that is met once.

    On a fixed calendar, what was done within `warn_days` before a fixed day already counts for the time after it:
    nobody loses a year by being early.

    >>> terms = Terms(1, "fixed", 12, date(2025, 1, 31), 3, 60, 0, date(2025, 1, 1), FAR)
    >>> valid_until(terms, date(2025, 6, 1)), valid_until(terms, date(2025, 12, 20))
    (datetime.date(2026, 1, 31), datetime.date(2027, 1, 31))
    """
    if terms.cycle == "once":
        return FAR
    if terms.cycle == "rolling":
        return add_months(achieved_on, terms.months)
    assert terms.anchor is not None
    after = add_days(achieved_on, terms.warn_days)
    passed = (after.year - terms.anchor.year) * 12 + after.month - terms.anchor.month
    turn = passed // terms.months
    while add_months(terms.anchor, turn * terms.months) <= after:
        turn += 1
    return add_months(terms.anchor, turn * terms.months)


def _windows(since: date, until: date, versions: Sequence[Terms]) -> Iterator[tuple[Terms, Stretch, date]]:
    """Each version with the days it binds, and the day the present obligation began.

    A new version that asks for the same credential goes on where the old one stopped; one that asks for another
    begins anew, so that nobody is overdue for something on the day it is first asked.
    """
    before: tuple[int, date] | None = None
    began = since
    for terms in sorted(versions, key=lambda v: v.from_day):
        window = Stretch(max(since, terms.from_day), min(until, terms.stops))
        if window.starts >= window.stops:
            continue
        if before != (terms.credential, window.starts):
            began = window.starts
        before = (terms.credential, window.stops)
        yield terms, window, began


def _reason(held: bool, ever: bool, day: date, deadline: date, warn: date, grace_ends: date) -> tuple[str, str]:
    if day < warn:
        return (CURRENT, "held") if held else (NOT_YET_DUE, "first")
    if day < deadline:
        return DUE_SOON, "renew" if ever else "first"
    if day < grace_ends:
        return DUE_SOON, "grace"
    return OVERDUE, "lapsed" if ever else "never"


def _states(terms: Terms, window: Stretch, began: date, achieved: Sequence[date]) -> Iterator[EpisodeFact]:
    """The states of one window, in order and without holes."""
    first_due = add_months(began, terms.first_due_months)
    ends = [valid_until(terms, day) for day in achieved]
    day = window.starts
    while day < window.stops:
        known = bisect_right(achieved, day)
        lapses = max(ends[:known], default=None)
        deadline = max(lapses, first_due) if lapses else first_due
        held = lapses is not None and lapses > day
        warn = FAR if deadline == FAR else max(add_days(deadline, -terms.warn_days), date.min)
        grace_ends = add_days(deadline, terms.grace_days)
        state, why = _reason(held, known > 0, day, deadline, warn, grace_ends)
        turns = [window.stops, warn, deadline, grace_ends]
        if held and lapses:
            turns.append(lapses)
        if known < len(achieved):
            turns.append(achieved[known])
        stop = min(turn for turn in turns if turn > day)
        yield EpisodeFact(
            state, day, stop, why, None if deadline == FAR else deadline, achieved[known - 1] if known else None
        )
        day = stop


def _without_exempt(fact: EpisodeFact, exempt: Sequence[Stretch]) -> Iterator[EpisodeFact]:
    """Cut the exempt days out of a fact and put "exempt" in their place."""
    for gap in exempt:
        if gap.stops <= fact.starts or gap.starts >= fact.stops:
            continue
        if gap.starts > fact.starts:
            yield replace(fact, stops=gap.starts)
        end = min(gap.stops, fact.stops)
        yield EpisodeFact(EXEMPT, max(gap.starts, fact.starts), end, "exempt")
        if end == fact.stops:
            return
        fact = replace(fact, starts=end)
    yield fact


def _joined(facts: Iterator[EpisodeFact]) -> list[EpisodeFact]:
    """Neighbours that say the same become one."""
    joined: list[EpisodeFact] = []
    for fact in facts:
        last = joined[-1] if joined else None
        if last and last.stops == fact.starts and replace(last, starts=fact.starts, stops=fact.stops) == fact:
            joined[-1] = replace(last, stops=fact.stops)
        else:
            joined.append(fact)
    return joined


def _merged(stretches: Sequence[Stretch]) -> list[Stretch]:
    merged: list[Stretch] = []
    for stretch in sorted(stretches, key=lambda s: s.starts):
        if merged and stretch.starts <= merged[-1].stops:
            merged[-1] = Stretch(merged[-1].starts, max(merged[-1].stops, stretch.stops))
        else:
            merged.append(stretch)
    return merged


def episodes_of(
    since: date,
    until: date | None,
    versions: Sequence[Terms],
    achieved: Mapping[int, Sequence[date]],
    exempt: Sequence[Stretch] = (),
) -> list[EpisodeFact]:
    """All states of one position under one mandate, in order of days, from `since` to `until`.

    `versions`: those versions of the mandate whose audience holds this position; days that none covers get no fact
    ("not required"). `achieved`: credential -> days on which it was achieved, sorted. `exempt`: any order, may overlap.
    """
    gaps = _merged(exempt)
    return _joined(
        cut
        for terms, window, began in _windows(since, until or FAR, versions)
        for fact in _states(terms, window, began, achieved.get(terms.credential, ()))
        for cut in _without_exempt(fact, gaps)
    )


@dataclass(frozen=True, slots=True)
class Count:
    """How many positions are in each state on a day, and what that means for the cell that shows it."""

    current: int = 0
    due_soon: int = 0
    overdue: int = 0
    not_yet_due: int = 0
    exempt: int = 0

    @property
    def bound(self) -> int:
        """Positions that must hold it by now or soon: all but the exempt and those not yet due."""
        return self.current + self.due_soon + self.overdue

    @property
    def in_place(self) -> int:
        return self.current + self.due_soon

    @property
    def state(self) -> str:
        """gap when under `ENOUGH` per cent are in place, soon when some fall due soon, ok.

        Where nobody must hold it by now: later when somebody will have to or is exempt, none when it binds nobody.

        >>> Count(current=79, overdue=21).state, Count(current=80, overdue=20).state
        ('gap', 'ok')
        >>> Count(not_yet_due=2).state, Count().state
        ('later', 'none')
        """
        if not self.bound:
            return "later" if self.not_yet_due or self.exempt else "none"
        if self.in_place * 100 < self.bound * ENOUGH:
            return "gap"
        return "soon" if self.due_soon * 10 >= self.bound else "ok"

    # Field by field, not over STATES: a picture adds some hundred of them.
    def __add__(self, other: "Count") -> "Count":
        return Count(
            self.current + other.current,
            self.due_soon + other.due_soon,
            self.overdue + other.overdue,
            self.not_yet_due + other.not_yet_due,
            self.exempt + other.exempt,
        )

    def __sub__(self, other: "Count") -> "Count":
        return Count(
            self.current - other.current,
            self.due_soon - other.due_soon,
            self.overdue - other.overdue,
            self.not_yet_due - other.not_yet_due,
            self.exempt - other.exempt,
        )


def whole_days(parts: Sequence[Sequence[date]], last: date | None = None) -> list[date]:
    """The days on which a credential made of `parts` was completed after `last`, the day it was completed before.

    It is complete on the day the last of its parts was. It is renewed only when every part was completed again after
    that day, and the renewal carries the day the last of them was: taking one part again renews nothing.

    >>> first, second = [date(2026, 1, 5), date(2028, 1, 9)], [date(2026, 3, 1)]
    >>> whole_days([first, second])
    [datetime.date(2026, 3, 1)]
    >>> whole_days([first, [*second, date(2028, 4, 2)]])
    [datetime.date(2026, 3, 1), datetime.date(2028, 4, 2)]
    """
    days: list[date] = []
    while parts:
        after = [[day for day in part if last is None or day > last] for part in parts]
        if not all(after):
            break
        last = max(min(part) for part in after)
        days.append(last)
    return days


def still_founded(day: date, before: date | None, part: Sequence[date], others: Sequence[Sequence[date]]) -> bool:
    """Whether a whole completed on `day`, and `before` that on an earlier day, still stands on its parts after facts
    about one `part` were taken back: the part was completed in between, and one of all on the very day.

    >>> still_founded(date(2026, 3, 1), None, [date(2026, 1, 5)], [[date(2026, 3, 1)]])
    True
    >>> still_founded(date(2026, 3, 1), None, [], [[date(2026, 3, 1)]])
    False
    """
    return any((before is None or before < one) and one <= day for one in part) and any(
        day in days for days in (part, *others)
    )
