"""The format of case conferences, written: what `packs.reading.conferences` reads comes back the same."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from concerted.packs.reading.tables import Table
from concerted.packs.workshop.writing import head_of_words, write_scene
from concerted.practice.scenario.conference import Ask, Conference, Decision, Fact, Moment, Outcome, Seat
from concerted.practice.scenario.story import DEBRIEF
from concerted.text.rules import SectionText

Words = Mapping[str, SectionText]
#: Kinds of blocks, in the order a file has them.
CASE_ORDER = ("seat", "asks", "moment", "ending", "debrief")


def case_head(code: str, minutes: int, words: Words, conference: Conference) -> dict[str, Any]:
    """The head of a case conference, as `write_head` writes it."""
    return head_of_words(code, minutes, words, conference.variables, {"seats": len(conference.seats)})


def case_blocks(conference: Conference, words: Words) -> list[tuple[str, str]]:
    """(key, text) of every block of a case conference, in the order of its words."""
    told: dict[str, Seat | Moment | Outcome] = {one.key: one for one in conference.seats}
    told |= {one.key: one for one in conference.moments} | {one.key: one for one in conference.outcomes}
    found = []
    for key, section in words.items():
        if "." in key or section.kind not in CASE_ORDER:
            continue
        if section.kind == "asks":
            found.append((key, write_asks(key, conference.asks, words)))
        elif section.kind == "debrief":
            found.append((key, write_scene(key, "debrief", words, None)))
        else:
            found.append((key, write_part(told[key], words)))
    return found


def write_part(told: Seat | Moment | Outcome, words: Words) -> str:
    """A seat, a moment or an ending as its block in the file."""
    if isinstance(told, Seat):
        return _block(
            _heading(told.key, words, "kind=seat", f"sector={told.sector}" if told.sector else ""),
            [
                words[told.key].markdown,
                _lines(line for fact in told.facts for line in _fact(told.key, fact, words)),
            ],
        )
    if isinstance(told, Moment):
        parts = [_seat_part(told.key, seat, told.decisions[seat], words) for seat in _seats_in(told, words)]
        heading = _heading(told.key, words, f"day={told.day}")
    else:
        parts = [f"### {one}\n{words[key].markdown}" for one in DEBRIEF if (key := f"{told.key}.{one}") in words]
        heading = _heading(told.key, words, "kind=ending")
    when = f"\nif: {told.when}" if told.when else ""
    return _block(heading + when, [words[told.key].markdown, *parts])


def write_asks(key: str, asks: Sequence[Ask], words: Words) -> str:
    """The questions that seats may put to each other."""
    lines = (
        line
        for one in asks
        for line in (f"- [{one.key}] {words[f'{key}.{one.key}'].markdown}", f"  to: {one.to}", f"  about: {one.about}")
    )
    return _block(_heading(key, words, "kind=asks"), [words[key].markdown, _lines(lines)])


def _heading(key: str, words: Words, *facts: str) -> str:
    return f"## {words[key].title} {{{' '.join([f'#{key}', *filter(None, facts)])}}}"


def _block(heading: str, parts: list[str]) -> str:
    return "\n\n".join([heading, *filter(None, parts)]) + "\n"


def _lines(lines: Iterator[str]) -> str:
    return "\n".join(lines)


def _seats_in(moment: Moment, words: Words) -> list[str]:
    """The seats of a moment in the order of their words: PostgreSQL keeps no order in JSON."""
    named = dict.fromkeys(key.split(".")[1] for key in words if key.startswith(f"{moment.key}."))
    return [seat for seat in dict.fromkeys([*named, *moment.decisions]) if seat in moment.decisions]


def _seat_part(moment: str, seat: str, decisions: Sequence[Decision], words: Words) -> str:
    place = f"{moment}.{seat}"
    own = words[place].markdown if place in words else ""
    said = _lines(line for one in decisions for line in _decision(place, one, words))
    return "\n\n".join(filter(None, [f"### {seat}", own, said]))


def _fact(seat: str, fact: Fact, words: Words) -> Iterator[str]:
    place = f"{seat}.{fact.key}"
    yield f"- [{fact.key}] {words[place].markdown}"
    if fact.needed:
        yield f"  needed: {', '.join(fact.needed)}"
    if fact.locates:
        yield "  locates: yes"
    if fact.told:
        yield f"  told: {fact.told}"
    if fact.spilled:
        yield f"  spilled: {fact.spilled}"
    yield from _why(place, words)


def _decision(moment: str, decision: Decision, words: Words) -> Iterator[str]:
    place = f"{moment}.{decision.key}"
    yield f"- [{decision.key}] {words[place].markdown}"
    if decision.when:
        yield f"  if: {decision.when}"
    if decision.effects:
        yield f"  effects: {decision.effects}"
    if decision.lost:
        yield f"  lost: {decision.lost}"
    yield from _why(place, words)
    if f"{place}.basis" in words:
        yield f"  basis: {words[f'{place}.basis'].markdown}"


def _why(place: str, words: Words) -> Iterator[str]:
    if f"{place}.why" in words:
        yield from (f"  > {line}".rstrip() for line in words[f"{place}.why"].markdown.split("\n"))


def written(key: str, told: Any, words: Words) -> str:
    """Any part as its block; `told`: its map, which the look back (None) has not."""
    if told is None:
        return write_scene(key, "debrief", words, None)
    return write_asks(key, told, words) if isinstance(told, tuple) else write_part(told, words)


def same(table: Table, told: Any, words: Words) -> bool:
    """Whether what was read back is what was meant."""
    read = {one.key: (one.title, one.markdown) for sections in table.parts.values() for one in sections}
    if read != {key: (one.title, one.markdown) for key, one in words.items()}:
        return False
    if isinstance(told, tuple):
        return tuple(table.asks) == told
    found: list[Any] = [*table.seats, *table.moments, *table.outcomes]
    return found == ([] if told is None else [told])
