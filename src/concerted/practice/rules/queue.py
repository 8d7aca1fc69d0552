"""The steps somebody took without a line, as her device sends them: read, and put in order. Pure.

    {"copy": "…", "device": "…", "person": "…",
     "moves": [{"key": "…", "after": "…", "stood": "room|4,0|", "do": "choose", "choice": "a"}]}

Each step names the one before it, so whatever arrives twice, late or in another order is told apart.
"""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

#: A scenario asks for some twenty steps; who goes round in a loop for a day stays under these.
MOST_MOVES, MOST_BYTES = 500, 200_000
CHOOSE, ROUND, END = "choose", "round", "end"
_LONGEST = 1000


class BadQueue(ValueError):
    """What arrived is no queue. `code` says which rule it breaks, `number` which step, counted from 1 (0: none)."""

    def __init__(self, code: str, number: int = 0) -> None:
        super().__init__(code)
        self.code, self.number = code, number


@dataclass(frozen=True)
class Move:
    """One step: `key` is its own, `after` that of the step before, `stood` the footprint of where it was taken."""

    key: uuid.UUID
    after: uuid.UUID
    stood: str
    do: str
    choice: str = ""

    @property
    def passage(self) -> str:
        return self.stood.partition("|")[0]


@dataclass(frozen=True)
class Queue:
    """All that one device sends for one copy."""

    copy: uuid.UUID
    device: str
    person: str
    moves: tuple[Move, ...]


def read_queue(body: bytes) -> Queue:
    """Read what a device sent. Raises `BadQueue`: long, json, shape, many, or move with its number."""
    if len(body) > MOST_BYTES:
        raise BadQueue("long")
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        raise BadQueue("json") from None
    try:
        copy, moves = uuid.UUID(sent["copy"]), sent["moves"]
        device, person = _line(sent["device"]), _line(sent["person"])
    except (KeyError, TypeError, ValueError, AttributeError):
        raise BadQueue("shape") from None
    if not isinstance(moves, list):
        raise BadQueue("shape")
    if len(moves) > MOST_MOVES:
        raise BadQueue("many")
    return Queue(copy, device, person, tuple(_move(one, number) for number, one in enumerate(moves, 1)))


def _line(value: Any) -> str:
    # PostgreSQL refuses to be asked about a NUL, and half of a surrogate pair cannot be written at all.
    if not isinstance(value, str) or len(value) > _LONGEST or "\0" in value:
        raise ValueError
    value.encode()
    return value


def _move(sent: Any, number: int) -> Move:
    try:
        move = Move(
            uuid.UUID(sent["key"]),
            uuid.UUID(sent["after"]),
            _line(sent["stood"]),
            sent["do"],
            _line(sent.get("choice", "")),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise BadQueue("move", number) from None
    if move.do not in (CHOOSE, ROUND, END) or bool(move.choice) != (move.do == CHOOSE):
        raise BadQueue("move", number)
    return move


def following(moves: Sequence[Move], head: uuid.UUID) -> tuple[Move, ...] | None:
    """The steps that come after `head`, in order; none when all arrived before; None when one between is missing.

    >>> one, two, three = (uuid.UUID(int=number) for number in (1, 2, 3))
    >>> sent = [Move(three, two, "hall||", "choose", "a"), Move(two, one, "room||", "choose", "b")]
    >>> [move.choice for move in following(sent, one)]
    ['b', 'a']
    >>> following(sent, three), following(sent, uuid.UUID(int=9))
    ((), None)
    """
    by_before = {move.after: move for move in reversed(moves)}
    found: list[Move] = []
    while head in by_before and len(found) < len(moves):
        found.append(by_before[head])
        head = found[-1].key
    if found or not moves or any(move.key == head for move in moves):
        return tuple(found)
    return None
