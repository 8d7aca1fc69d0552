"""What somebody wrote for herself, for her own export; nobody else is ever given it."""

from dataclasses import dataclass
from datetime import datetime

from concerted.directory.models import Person
from concerted.practice.models import Attempt, Reflection
from concerted.practice.queries import stands
from concerted.practice.services import QUIZ
from concerted.text import queries as text
from concerted.training.queries.ways import units_of


@dataclass(frozen=True)
class WordsKept:
    """The question as it was asked, in the language it was written in, and her words."""

    asked: str
    words: str
    at: datetime


def words_of(person: Person) -> list[WordsKept]:
    """All she wrote for herself, oldest first. One query, but for questions this process has not met."""
    rows = Reflection.objects.filter(attempt__person=person).select_related("attempt").order_by("at", "pk")
    return [WordsKept(_asked(row.attempt, row.part), row.words, row.at) for row in rows]


def _asked(attempt: Attempt, part: str) -> str:
    """The words of the question behind a part of an attempt; the part itself where it is not found."""
    if attempt.what_kind == QUIZ:
        version, key = stands(int(part))
    else:
        code, _slash, key = part.partition("/")
        version = next((one.version_id for one in units_of(attempt.version) if one.unit.code == code), 0)
    return next((one.markdown for one in text.as_written(version).sections if one.key == key), part)
