"""What both levels sign when a duty is handed down: everything that was shown, and a hash by which it is known again.

Pure: no Django, no clock, no database.
"""

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from math import ceil
from typing import Any

from concerted.planning.rules.funding import ENOUGH, Funding
from concerted.planning.rules.readiness import Readiness, State, plain


class Handed(StrEnum):
    """How a duty is handed down, as the fact about the territory says it."""

    READY = "ready"
    CONDITIONAL = "conditional"
    OVERRIDDEN = "overridden"


@dataclass(frozen=True)
class Duty:
    """What is handed down, to whom, and what is promised and needed, as it was told."""

    code: str
    name: str
    basis: str
    territory: str
    currency: str
    year: int
    funds: int
    low: int
    mid: int
    high: int
    source: str


def covered(funding: Funding) -> bool:
    """Whether promised funds suffice as often as they have to."""
    return funding.short == 0


def handed(readiness: Readiness, funding: Funding) -> Handed:
    """How the duty would be handed down: gaps take a reason, conditions and funds that are short are written down."""
    if readiness.state in (State.GAPS, State.NOT_ASSESSED):
        return Handed.OVERRIDDEN
    return Handed.READY if readiness.state is State.READY and covered(funding) else Handed.CONDITIONAL


def content_of(
    duty: Duty, funding: Funding, readiness: Readiness, *, instrument: int, rating: int, on: str, override: str
) -> dict[str, Any]:
    """What is signed. Sums are whole units and shares of a hundred, so that the same words have the same hash.

    `instrument`, `rating`: the version of the instrument and the rating it rests on. `on`: the day, ISO.
    """
    return {
        "on": on,
        "duty": {"code": duty.code, "name": duty.name, "basis": duty.basis},
        "territory": duty.territory,
        "money": {
            "currency": duty.currency,
            "year": duty.year,
            "funds": duty.funds,
            "low": duty.low,
            "mid": duty.mid,
            "high": duty.high,
            "source": duty.source,
            # Never shown as more than it is: 79.9 of 100 is not 80.
            "chance": int(funding.chance + 1e-9),
            "asked": round(ENOUGH * 100),
            "needed": ceil(funding.needed),
            "short": ceil(funding.short),
            "receives": round(funding.receives),
        },
        "readiness": plain(readiness),
        "instrument": instrument,
        "rating": rating,
        "handed": str(handed(readiness, funding)),
        "override": override,
    }


def hash_of(content: dict[str, Any]) -> str:
    """The hash of what is signed, whatever order the database gives its parts back in.

    >>> hash_of({"a": 1, "b": "é"}) == hash_of({"b": "é", "a": 1})
    True
    """
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
