"""How an answer is marked. Pure: nothing here knows a person, a clock or a database.

`marking` by kind of question:
    single    {"right": "b", "tags": {"a": "secret", "c": "policefirst"}}
    multiple  {"right": ["a", "c"], "tags": {"b": "leave"}}
    ordering  {"order": ["a", "b", "c"], "tag": "form"}
    matching  {"pairs": {"a": "x", "b": "y"}, "tag": "onceonly"}
An answer is what the form sends: an option's key; a list of keys; a list of keys in order; a mapping.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from concerted.practice.scenario.conditions import gettext_noop


class BadAnswer(ValueError):
    """The answer does not fit the question; the message says what is missing."""


@dataclass(frozen=True)
class Marked:
    """Whether an answer is right, and which misconceptions it shows."""

    right: bool
    tags: tuple[str, ...] = ()


def mark(kind: str, marking: Mapping[str, Any], answer: Any, options: Sequence[str]) -> Marked:
    """Mark one answer. `options` are the keys she could choose from; anything else raises `BadAnswer`.

    >>> mark("single", {"right": "b", "tags": {"a": "low"}}, "a", ["a", "b"])
    Marked(right=False, tags=('low',))
    >>> mark("multiple", {"right": ["a", "b"], "tags": {}}, ["b", "a"], ["a", "b", "c"])
    Marked(right=True, tags=())
    >>> mark("ordering", {"order": ["a", "b"], "tag": "form"}, ["b", "a"], ["a", "b"]).tags
    ('form',)
    """
    if kind == "single":
        if not isinstance(answer, str) or answer not in options:
            raise BadAnswer(gettext_noop("No answer of these is chosen. Choose one."))
        right = answer == marking["right"]
        return Marked(right, () if right else _tags(marking, [answer]))
    if kind == "matching":
        pairs = marking["pairs"]
        if (
            not isinstance(answer, Mapping)
            or set(answer) != set(pairs)
            or not all(isinstance(reply, str) for reply in answer.values())
            or not set(answer.values()) <= set(pairs.values())
        ):
            raise BadAnswer(gettext_noop("A line has no reply yet. Choose one for every line."))
        right = dict(answer) == dict(pairs)
        return Marked(right, () if right else _one_tag(marking))
    if not isinstance(answer, list) or not all(isinstance(key, str) for key in answer):
        raise BadAnswer(gettext_noop("No answer of these is chosen. Choose at least one."))
    if kind == "multiple":
        if not answer or not set(answer) <= set(options):
            raise BadAnswer(gettext_noop("No answer of these is chosen. Choose at least one."))
        right = set(answer) == set(marking["right"])
        return Marked(right, () if right else _tags(marking, answer))
    if sorted(answer) != sorted(marking["order"]):
        raise BadAnswer(gettext_noop("Two lines share a place, or one has none. Give every line a place of its own."))
    right = answer == marking["order"]
    return Marked(right, () if right else _one_tag(marking))


def _tags(marking: Mapping[str, Any], chosen: Sequence[str]) -> tuple[str, ...]:
    return tuple(marking.get("tags", {})[key] for key in chosen if marking.get("tags", {}).get(key))


def _one_tag(marking: Mapping[str, Any]) -> tuple[str, ...]:
    return (marking["tag"],) if marking.get("tag") else ()


def shuffled(keys: Sequence[str], seed: str) -> list[str]:
    """The keys in an order that looks random and is the same each time for the same seed; never the order given.

    >>> shuffled(["a", "b", "c"], "1:q1") == shuffled(["a", "b", "c"], "1:q1") != ["a", "b", "c"]
    True
    """
    mixed = sorted(keys, key=lambda key: hashlib.sha256(f"{seed}:{key}".encode()).digest())
    return mixed if mixed != list(keys) or len(keys) < 2 else mixed[1:] + mixed[:1]
