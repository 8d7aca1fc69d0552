"""Reminders: a room works out who is to be told of what, and each is told once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from concerted.post.services import notify


@dataclass(frozen=True)
class Reminder:
    """One line for one person. `dedupe` names the occasion, such as "overdue:<position>:<mandate>:<due day>"."""

    kind: str
    person: Any
    dedupe: str
    link: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


def remind(reminders: Iterable[Reminder], *, at: datetime, mail: bool = True) -> int:
    """Tell each person what she was not yet told; at most one letter each, however many lines. Returns new lines."""
    told, written = set(), 0
    for one in reminders:
        by_mail = mail and one.person.pk not in told
        if notify(one.person, one.kind, facts=one.facts, link=one.link, dedupe=one.dedupe, at=at, mail=by_mail):
            told.add(one.person.pk)
            written += 1
    return written
