"""Somebody's latest attempt at something."""

from concerted.directory.models import Person
from concerted.kit.prepared import Prepared
from concerted.practice.models import Attempt

_COLUMNS = [field.attname for field in Attempt._meta.concrete_fields]
_LATEST = Prepared(
    lambda person, kind, what: (
        Attempt.objects.filter(person=person, what_kind=kind, what=what).order_by("-no").values_list(*_COLUMNS)[:1]
    ),
    int,
    str,
    int,
)


def latest_attempt_at(person: Person, kind: str, what: int) -> Attempt | None:
    """Her latest attempt at the thing of this kind with this number. One query."""
    for row in _LATEST.rows(person.pk, kind, what):
        return Attempt.from_db("default", _COLUMNS, row)
    return None
