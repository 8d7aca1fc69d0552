"""The numbers of a story from elsewhere: what each begins with, how far it goes, and the head that says so."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from concerted.packs.interchange.twee.meaning import NotTaken, changes_in, snake
from concerted.packs.interchange.twee.names import FEEDBACK, TO
from concerted.packs.interchange.twee.scanning import scan
from concerted.packs.reading.faults import Faults
from concerted.packs.workshop.writing import write_head
from concerted.practice.scenario.conditions import Unreadable, names_of, parse_effects
from concerted.practice.scenario.story import Block, Choice, Passage

_NAME = re.compile(r"\$([A-Za-z_]\w*)")
#: Numbers of another story have no range; they get this one, or more where more is used.
USUAL = 10


def first_numbers(init: str, arrival: Iterable[tuple[int, str]]) -> dict[str, int]:
    """What the numbers are at the start, by StoryInit and by what the first passage sets."""
    effects = [effect for _line, effect in arrival]
    for piece in scan(init, 1):
        if piece.kind == "macro" and piece.name == "set":
            try:
                effects += changes_in(piece.args)
            except NotTaken:
                continue
    return {one.name: one.amount for effect in effects for one in parse_effects(effect) if one.how == "="}


def head_with(facts: dict[str, Any], numbers: dict[str, int], passages: Sequence[Passage]) -> str:
    """The head with every number the story uses; those it names already keep their range, label and bands."""
    named: dict[str, Any] = facts.get("variables") or {}
    used = _used(passages)
    names = [*named, *(name for name in {**numbers, **used} if name not in named and _ours(name))]
    variables: dict[str, Any] = {}
    for name in names:
        known, start = named.get(name), numbers.get(name)
        if isinstance(known, dict) and start is not None and start != known.get("start"):
            variables[name] = known | {"start": start}
        elif known is not None:
            variables[name] = known
        else:
            variables[name] = _variable(start or 0, used.get(name, []))
    return write_head({"minutes": 20} | facts | {"variables": variables})


def _ours(name: str) -> bool:
    return not re.fullmatch(r"met\d+", name) and name not in (snake(FEEDBACK), snake(TO))


def _used(passages: Sequence[Passage]) -> dict[str, list[tuple[str, int]]]:
    """Name -> how it is changed; nothing for one that is only asked about."""
    found: dict[str, list[tuple[str, int]]] = {}
    for passage in passages:
        parts: tuple[Choice | Block, ...] = (*passage.choices, *passage.blocks)
        for part in parts:
            for effect in part.changes:
                found.setdefault(effect.name, []).append((effect.how, effect.amount))
            for when in (part.when, *(way.when for way in getattr(part, "ways", ()))):
                for name in _asked(when):
                    found.setdefault(name, [])
    return found


def _asked(when: str) -> list[str]:
    try:
        return sorted(names_of(when)) if when else []
    except Unreadable:
        return []


def _variable(start: int, changes: list[tuple[str, int]]) -> Any:
    if start in (0, 1) and all(how == "=" and amount in (0, 1) for how, amount in changes):
        return {"start": 1, "range": "0-1", "shown": "never"} if start else "flag"
    most = max(start, USUAL, *(amount for _how, amount in changes)) if changes else max(start, USUAL)
    return {"start": start, "range": f"0-{min(most, 1000)}", "shown": "never"}


def told_of_names(text: str, faults: Faults) -> None:
    """Two names that become one here would change the story in silence; they are told."""
    seen: dict[str, str] = {}
    known: set[str] = set()
    for match in _NAME.finditer(text):
        if match[1] in known:
            continue
        known.add(match[1])
        before = seen.setdefault(snake(match[1]), match[1])
        if before != match[1]:
            faults.warn(
                text.count("\n", 0, match.start()) + 1,
                _("The names $%(one)s and $%(other)s are the same here.") % {"one": before, "other": match[1]},
                _("Rename one of them in Twine, then bring the story again."),
            )
