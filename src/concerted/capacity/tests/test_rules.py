"""The fast engine against a slow, obvious model that looks at one day at a time."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.capacity.rules import EpisodeFact, Stretch, Terms, episodes_of
from concerted.maths.months import FAR, add_days, add_months

START = date(2024, 1, 1)
DAYS = 900


def terms(**changes: object) -> Terms:
    base: dict[str, object] = {
        "credential": 1,
        "cycle": "rolling",
        "months": 12,
        "anchor": None,
        "first_due_months": 3,
        "warn_days": 30,
        "grace_days": 0,
        "from_day": START,
        "stops": FAR,
    }
    return Terms(**{**base, **changes})  # type: ignore[arg-type]


def slow_end(t: Terms, day: date) -> date:
    if t.cycle == "once":
        return FAR
    if t.cycle == "rolling":
        return add_months(day, t.months)
    turn = -200
    while True:
        fixed = add_months(t.anchor, turn * t.months)  # type: ignore[arg-type]
        if fixed - timedelta(days=t.warn_days) > day:
            return fixed
        turn += 1


def slow_state(
    day: date,
    since: date,
    until: date | None,
    versions: list[Terms],
    achieved: dict[int, list[date]],
    exempt: list[Stretch],
) -> str | None:
    if day < since or (until and day >= until):
        return None
    binding = [v for v in versions if v.from_day <= day and day < v.stops]
    if not binding:
        return None
    if any(gap.starts <= day < gap.stops for gap in exempt):
        return "exempt"
    version = binding[0]
    began = max(since, version.from_day)
    while True:
        earlier = [
            v for v in versions if v.credential == version.credential and v.stops == began and v.from_day < began
        ]
        if not earlier or began <= since:
            break
        began = max(since, earlier[0].from_day)
    done = [d for d in achieved.get(version.credential, []) if d <= day]
    ends = [slow_end(version, d) for d in done]
    first_due = add_months(began, version.first_due_months)
    deadline = max([*ends, first_due])
    if day < add_days(deadline, -version.warn_days):
        return "current" if any(end > day for end in ends) else "not_yet_due"
    return "due_soon" if day < add_days(deadline, version.grace_days) else "overdue"


days = st.integers(0, DAYS).map(lambda n: START + timedelta(days=n))


@st.composite
def histories(draw: st.DrawFn) -> tuple[date, date | None, list[Terms], dict[int, list[date]], list[Stretch]]:
    since = draw(days)
    until = since + timedelta(days=draw(st.integers(1, DAYS))) if draw(st.booleans()) else None
    turns = sorted(draw(st.sets(days, min_size=1, max_size=3)))
    versions = []
    for place, turn in enumerate(turns):
        cycle = draw(st.sampled_from(["once", "rolling", "fixed"]))
        last = place == len(turns) - 1
        versions.append(
            terms(
                credential=draw(st.integers(1, 2)),
                cycle=cycle,
                months=draw(st.sampled_from([6, 12, 24])),
                anchor=draw(days) if cycle == "fixed" else None,
                first_due_months=draw(st.sampled_from([0, 1, 3, 6])),
                warn_days=draw(st.sampled_from([0, 14, 90])),
                grace_days=draw(st.sampled_from([0, 10])),
                from_day=turn,
                stops=FAR
                if last and draw(st.booleans())
                else (turn + timedelta(days=200) if last else turns[place + 1]),
            )
        )
    achieved = {c: sorted(draw(st.sets(days, max_size=4))) for c in (1, 2)}
    exempt = [Stretch(d, d + timedelta(days=draw(st.integers(1, 120)))) for d in draw(st.lists(days, max_size=2))]
    return since, until, versions, achieved, exempt


def state_on(facts: list[EpisodeFact], day: date) -> str | None:
    found = [fact.state for fact in facts if fact.starts <= day < fact.stops]
    assert len(found) <= 1
    return found[0] if found else None


@given(histories())
@settings(max_examples=300, deadline=None)
def test_every_day_of_a_random_history_agrees_with_the_slow_model(
    history: tuple[date, date | None, list[Terms], dict[int, list[date]], list[Stretch]],
) -> None:
    since, until, versions, achieved, exempt = history
    facts = episodes_of(since, until, versions, achieved, exempt)
    for number in range(0, DAYS * 2, 3):
        day = START + timedelta(days=number)
        assert state_on(facts, day) == slow_state(day, since, until, versions, achieved, exempt), day


def test_early_renewal_loses_nothing_on_a_fixed_calendar() -> None:
    fixed = terms(cycle="fixed", anchor=date(2025, 1, 31), warn_days=60)
    facts = episodes_of(date(2024, 1, 1), None, [fixed], {1: [date(2024, 3, 1), date(2024, 12, 15)]})
    assert state_on(facts, date(2025, 6, 1)) == "current"
    assert state_on(facts, date(2026, 1, 30)) == "due_soon"
    assert state_on(facts, date(2026, 1, 31)) == "overdue"


def test_a_new_version_for_another_credential_gives_time_again() -> None:
    old = terms(stops=date(2025, 1, 1))
    new = terms(credential=2, from_day=date(2025, 1, 1))
    facts = episodes_of(date(2024, 1, 1), None, [old, new], {1: [date(2024, 12, 1)]})
    assert state_on(facts, date(2024, 12, 31)) == "current"
    assert state_on(facts, date(2025, 1, 1)) == "not_yet_due"
    assert state_on(facts, date(2025, 4, 1)) == "overdue"


def test_the_red_fact_says_when_it_was_due_and_last_held() -> None:
    facts = episodes_of(date(2024, 1, 1), None, [terms()], {1: [date(2024, 2, 1)]})
    red = next(fact for fact in facts if fact.state == "overdue")
    assert (red.why, red.due_on, red.held_on) == ("lapsed", date(2025, 2, 1), date(2024, 2, 1))
