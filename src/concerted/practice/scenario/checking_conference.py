"""What is wrong with a case conference before anybody sits down to it, as `checking` finds for a scenario. Pure."""

from collections.abc import Iterable, Iterator

from concerted.practice.scenario.checking import Finding
from concerted.practice.scenario.conditions import Effect, names_of
from concerted.practice.scenario.conference import Conference, Decision, Fact
from concerted.practice.scenario.story import REQUIRED


def check(conference: Conference, words: Iterable[str]) -> list[Finding]:
    """Everything to look at; `words` are the keys of the sections that have words."""
    found = [*_unknown(conference)]
    if found:
        return found
    there = set(words)
    found += _seats(conference)
    found += _moments(conference)
    found += _outcomes(conference, there)
    found += [Finding("no_words", key) for key in _keys(conference) if key not in there]
    found += [Finding("no_look_back", key, warning=True) for key in _reasons(conference) if key not in there]
    found += _unused(conference)
    return found


def _unknown(conference: Conference) -> Iterator[Finding]:
    """Seats, facts and numbers that are not there: nothing else can be looked at before."""
    seats = set(conference.seated)
    for seat, fact in conference.all_facts():
        for other in fact.needed:
            if other not in seats:
                yield Finding("no_seat", f"{seat.key}.{fact.key}", other)
            elif other == seat.key:
                yield Finding("own_fact", f"{seat.key}.{fact.key}", other)
    for ask in conference.asks:
        if ask.to not in seats:
            yield Finding("no_seat", f"asks.{ask.key}", ask.to)
        elif ask.about not in conference.facts or conference.facts[ask.about][0].key != ask.to:
            yield Finding("no_fact", f"asks.{ask.key}", ask.about)
    for moment in conference.moments:
        for seat_key in moment.decisions:
            if seat_key not in seats:
                yield Finding("no_seat", moment.key, seat_key)
    known = set(conference.named) | set(conference.facts)
    for place, when in _conditions(conference):
        for name in sorted(names_of(when) - known):
            yield Finding("no_name", place, name)
    for place, effect in _changes(conference):
        if effect.name not in conference.named:
            yield Finding("no_variable", place, effect.name)


def _conditions(conference: Conference) -> Iterator[tuple[str, str]]:
    for moment in conference.moments:
        if moment.when:
            yield moment.key, moment.when
        for seat, decisions in moment.decisions.items():
            yield from ((f"{moment.key}.{seat}.{one.key}", one.when) for one in decisions if one.when)
    yield from ((one.key, one.when) for one in conference.outcomes if one.when)


def _changes(conference: Conference) -> Iterator[tuple[str, Effect]]:
    for seat, fact in conference.all_facts():
        yield from ((f"{seat.key}.{fact.key}", one) for one in (*fact.when_told, *fact.when_spilled))
    for place, decision in _decisions(conference):
        yield from ((place, one) for one in decision.changes)


def _decisions(conference: Conference) -> Iterator[tuple[str, Decision]]:
    for moment in conference.moments:
        for seat, decisions in moment.decisions.items():
            yield from ((f"{moment.key}.{seat}.{one.key}", one) for one in decisions)


def _seats(conference: Conference) -> Iterator[Finding]:
    if len(conference.seats) < 2:
        yield Finding("few_seats", conference.seats[0].key if conference.seats else "seats")
    for seat in conference.seats:
        if not seat.facts:
            yield Finding("knows_nothing", seat.key)
        elif not any(_private(fact) for fact in seat.facts):
            yield Finding("nothing_to_keep", seat.key, warning=True)


def _private(fact: Fact) -> bool:
    return not fact.needed


def _moments(conference: Conference) -> Iterator[Finding]:
    """Moments out of order, and sets of decisions of which none may be open."""
    if not conference.moments:
        yield Finding("no_moment", "moments")
    elif conference.moments[0].when:
        yield Finding("first_on_condition", conference.moments[0].key)
    day = 0
    for moment in conference.moments:
        if moment.day < day:
            yield Finding("earlier_day", moment.key, str(day))
        day = max(day, moment.day)
        for seat, decisions in moment.decisions.items():
            if decisions and all(one.when for one in decisions):
                yield Finding("decisions_run_out", f"{moment.key}.{seat}")


def _outcomes(conference: Conference, words: set[str]) -> Iterator[Finding]:
    if not conference.outcomes:
        yield Finding("no_ending", "outcomes")
        return
    if conference.outcomes[-1].when:
        yield Finding("last_on_condition", conference.outcomes[-1].key)
    for one in conference.outcomes[:-1]:
        if not one.when:
            yield Finding("hides_others", one.key)
    for one in conference.outcomes:
        for part in REQUIRED:
            if f"{one.key}.{part}" not in words:
                yield Finding("no_debrief", one.key, part)


def _keys(conference: Conference) -> Iterator[str]:
    """Every string that must be there."""
    for seat in conference.seats:
        yield seat.key
        yield from (f"{seat.key}.{fact.key}" for fact in seat.facts)
    yield from (f"asks.{ask.key}" for ask in conference.asks)
    yield from (moment.key for moment in conference.moments)
    yield from (place for place, _decision in _decisions(conference))
    yield from (outcome.key for outcome in conference.outcomes)


def _reasons(conference: Conference) -> Iterator[str]:
    """What the look back says of every fact and every decision."""
    yield from (f"{seat.key}.{fact.key}.why" for seat, fact in conference.all_facts())
    yield from (f"{place}.why" for place, _decision in _decisions(conference))


def _unused(conference: Conference) -> Iterator[Finding]:
    changed = {effect.name for _place, effect in _changes(conference)}
    asked = {name for _place, when in _conditions(conference) for name in names_of(when)}
    for variable in conference.variables:
        if variable.name in changed and variable.name not in asked and variable.shown == "never":
            yield Finding("never_read", variable.name, warning=True)
        if variable.name not in changed:
            yield Finding("never_changed", variable.name, warning=True)
    answered = {ask.about for ask in conference.asks}
    for seat, fact in conference.all_facts():
        if fact.needed and fact.key not in answered:
            yield Finding("cannot_be_asked", f"{seat.key}.{fact.key}", warning=True)
