"""What a program sends, read from bytes. Pure: whoever is asked, the same body is read alike."""

import json
from dataclasses import dataclass
from typing import Any

#: Longest body that is read: some thousand counts.
MOST_BYTES = 1024 * 1024
_FIELDS = frozenset({"counts", "dry_run"})


class BadBody(Exception):
    """The body cannot be read: no JSON, or not of the form that is asked for (`kind` "json" or "shape")."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True)
class Sent:
    """Entries as they came, and whether they are only to be tried."""

    entries: list[Any]
    dry_run: bool


def read_body(body: bytes) -> Sent:
    """Read `{"counts": [...], "dry_run": true}`. Raises `BadBody`; so does a name written twice, or one not known:
    a misspelt "dry_run" would store what was only to be tried.
    """
    try:
        sent = json.loads(body, object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise BadBody("json") from None
    if not isinstance(sent, dict) or not sent.keys() <= _FIELDS:
        raise BadBody("shape")
    entries, dry_run = sent.get("counts"), sent.get("dry_run", False)
    if not isinstance(entries, list) or not isinstance(dry_run, bool):
        raise BadBody("shape")
    return Sent(entries, dry_run)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is no number of JSON")
