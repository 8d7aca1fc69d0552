"""What is wrong with a scenario as a map: passages nobody reaches, ways that end nowhere, choices that run out. Pure.

Every finding names a place; `code` tells what it is, and whoever shows it finds the words (`packs.reading.scenarios`).
Time grows with passages and choices, not with paths: a scenario of 10,000 passages is checked in a moment.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from concerted.practice.scenario.conditions import Condition, Joined, names_in, names_of
from concerted.practice.scenario.exploring import trapped
from concerted.practice.scenario.story import REQUIRED, Block, Choice, Passage, Story

#: More combinations of numbers than these are not tried out; a warning says what could not be shown.
MOST_TRIED = 20_000
#: So many passages of a circle are named.
MOST_NAMED = 6


@dataclass(frozen=True)
class Finding:
    """One thing to look at. `warning`: it can be played all the same."""

    code: str
    place: str
    value: str = ""
    warning: bool = False


def check(story: Story, words: Iterable[str]) -> list[Finding]:
    """Everything to look at in a story; `words` are the keys of the sections that have words."""
    found = [*_unknown(story)]
    if found:
        return found
    leads = _leads(story)
    reached = _reached(story.start, leads)
    there = set(words)
    found += [Finding("unreachable", one.key) for one in story.passages if one.key not in reached]
    found += _stuck(story, leads, reached)
    found += _runs_out(story)
    if {one.code for one in found} <= {"unreachable"}:
        found += _shut(story)
    found += _endings(story, reached, there)
    found += _unused(story)
    return found


def _unknown(story: Story) -> Iterator[Finding]:
    """Names and passages that are not there: nothing else can be looked at before."""
    known, passages = set(story.named), set(story.by_key)
    for place, to in _targets(story):
        if to not in passages:
            yield Finding("no_passage", place, to)
    for place, when in _conditions(story):
        for name in sorted(names_of(when) - known):
            yield Finding("no_variable", place, name)
    for passage in story.passages:
        for part in _parts(passage):
            for effect in part.changes:
                if effect.name not in known:
                    yield Finding("no_variable", f"{passage.key}.{part.key}", effect.name)


def _parts(passage: Passage) -> tuple[Choice | Block, ...]:
    """What changes numbers in a passage."""
    return (*passage.choices, *passage.blocks)


def _targets(story: Story) -> Iterator[tuple[str, str]]:
    for passage in story.passages:
        if passage.skip:
            yield passage.key, passage.skip
        for choice in passage.choices:
            for way in choice.ways:
                yield f"{passage.key}.{choice.key}", way.to
    for interrupt in story.interrupts:
        yield "interrupts", interrupt.to


def _conditions(story: Story) -> Iterator[tuple[str, str]]:
    """(place, condition as written) of every condition."""
    for passage in story.passages:
        for block in passage.blocks:
            yield f"{passage.key}.{block.key}", block.when
        for choice in passage.choices:
            for when in (choice.when, *(way.when for way in choice.ways)):
                if when:
                    yield f"{passage.key}.{choice.key}", when
    for interrupt in story.interrupts:
        yield "interrupts", interrupt.when


def _leads(story: Story) -> dict[str, list[str]]:
    """Passage -> where one may stand next. What happens by itself may happen after any choice."""
    suddenly = [interrupt.to for interrupt in story.interrupts]
    return {
        one.key: [*(way.to for choice in one.choices for way in choice.ways), *([one.skip] if one.skip else [])]
        + (suddenly if one.choices else [])
        for one in story.passages
    }


def _reached(start: str, leads: Mapping[str, Sequence[str]]) -> set[str]:
    seen, waiting = {start}, [start]
    while waiting:
        for to in leads[waiting.pop()]:
            if to not in seen:
                seen.add(to)
                waiting.append(to)
    return seen


def _stuck(story: Story, leads: Mapping[str, Sequence[str]], reached: set[str]) -> Iterator[Finding]:
    """Passages without a choice that are no ending, and those from which no ending can be reached."""
    back: dict[str, list[str]] = {key: [] for key in leads}
    for key, tos in leads.items():
        for to in tos:
            back[to].append(key)
    ends = [one.key for one in story.passages if one.ending]
    home = set(ends)
    waiting = list(ends)
    while waiting:
        for before in back[waiting.pop()]:
            if before not in home:
                home.add(before)
                waiting.append(before)
    told: set[str] = set()
    for passage in story.passages:
        if passage.key not in reached or passage.key in home or passage.key in told:
            continue
        if not passage.choices:
            yield Finding("dead_end", passage.key)
            continue
        circle = _reached(passage.key, leads)
        if any(not story.by_key[key].choices for key in circle):
            continue  # it leads to a dead end, which is named
        told |= circle
        order = [one.key for one in story.passages if one.key in circle]
        named = ", ".join(order[:MOST_NAMED]) + (" …" if len(order) > MOST_NAMED else "")
        yield Finding("no_way_out", passage.key, named)


def _shut(story: Story) -> Iterator[Finding]:
    """Where numbers shut every way to an ending, though the map shows one."""
    place = trapped(story)
    if place is not None:
        said = ", ".join(f"{name} = {value}" for name, value in place.values.items())
        yield Finding("shut", place.at, said)


def _runs_out(story: Story) -> Iterator[Finding]:
    """Passages where for some numbers no choice is open, and choices that then lead nowhere."""
    for passage in story.passages:
        if passage.choices and all(choice.condition is not None for choice in passage.choices):
            yield from _gap(story, passage.key, [choice.condition for choice in passage.choices], "runs_out")
        for choice in passage.choices:
            if all(way.condition is not None for way in choice.ways):
                place = f"{passage.key}.{choice.key}"
                yield from _gap(story, place, [way.condition for way in choice.ways], "way_runs_out")


def _gap(story: Story, place: str, parts: Sequence[Condition | None], code: str) -> Iterator[Finding]:
    """Tries every combination of the numbers these conditions ask about; names the first for which none holds."""
    any_of = Joined(False, tuple(part for part in parts if part is not None))
    names = sorted(names_in(any_of))
    ranges = [range(story.named[name].low, story.named[name].high + 1) for name in names]
    if prod(len(numbers) for numbers in ranges) > MOST_TRIED:
        yield Finding(f"{code}_maybe", place, ", ".join(names), warning=True)
        return
    for values in product(*ranges):
        if not any_of.holds(dict(zip(names, values, strict=True))):
            said = ", ".join(f"{name} = {value}" for name, value in zip(names, values, strict=True))
            yield Finding(code, place, said)
            return


def _endings(story: Story, reached: set[str], words: set[str]) -> Iterator[Finding]:
    endings = [one for one in story.passages if one.ending]
    if not any(one.key in reached for one in endings):
        yield Finding("no_ending", story.start)
    for passage in endings:
        if passage.choices:
            yield Finding("ending_goes_on", passage.key)
        for part in REQUIRED:
            if f"{passage.key}.{part}" not in words:
                yield Finding("no_debrief", passage.key, part)
    for passage in story.passages:
        if passage.key not in words:
            yield Finding("no_words", passage.key)
        yield from _unspoken(passage, words)


def _unspoken(passage: Passage, words: set[str]) -> Iterator[Finding]:
    """Choices and paragraphs without words, and choices that say nothing of what followed."""
    for choice in passage.choices:
        place = f"{passage.key}.{choice.key}"
        if place not in words:
            yield Finding("no_words", place)
        # Where there is nothing to choose, there is nothing to say about it.
        if f"{place}.why" not in words and len(passage.choices) > 1:
            yield Finding("no_feedback", place, warning=True)
    for block in passage.blocks:
        if f"{passage.key}.{block.key}" not in words:
            yield Finding("no_words", f"{passage.key}.{block.key}")


def _unused(story: Story) -> Iterator[Finding]:
    """Numbers that are changed and never read, or read and never changed."""
    changed = {effect.name for passage in story.passages for part in _parts(passage) for effect in part.changes}
    asked = {name for _place, when in _conditions(story) for name in names_of(when)}
    for variable in story.variables:
        read = variable.name in asked or variable.shown != "never"
        if variable.name in changed and not read:
            yield Finding("never_read", variable.name, warning=True)
        if variable.name not in changed:
            yield Finding("never_changed", variable.name, warning=True)
