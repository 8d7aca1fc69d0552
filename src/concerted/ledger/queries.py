from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from concerted.ledger.models import Entry
from concerted.ledger.wordings import line_of


def about(person: Any) -> QuerySet[Entry]:
    """What was done about a person, latest first."""
    return Entry.objects.filter(about_person_id=person.pk).order_by("-pk")


def trail() -> QuerySet[Entry]:
    """Every act."""
    return Entry.objects.all()


@dataclass(frozen=True)
class Act:
    """An entry as the person it is about may see it."""

    at: datetime
    line: str
    who: str


def shown_to(person: Any, entries: Iterable[Entry]) -> list[Act]:
    """Entries with the names of those who acted; somebody who is not shown to colleagues is not named here either."""
    entries = list(entries)
    names = _names({entry.by_id for entry in entries if entry.by_id}, hidden=False)
    return [Act(entry.at, line_of(entry.verb), _who(entry.by_id, person, names)) for entry in entries]


def _who(by_id: int | None, person: Any, names: dict[int, str]) -> str:
    if by_id is None:
        return _("the system")
    if by_id == person.pk:
        return _("you")
    return names.get(by_id) or _("somebody who works here")


def names_of(entries: Iterable[Entry]) -> dict[int, str]:
    """The names of those who acted, for an auditor."""
    return _names({entry.by_id for entry in entries if entry.by_id})


def _names(ids: set[int], **only: Any) -> dict[int, str]:
    people = get_user_model()._default_manager.filter(pk__in=ids, erased_at=None, **only)
    return dict(people.values_list("pk", "name"))
