"""What is being written on this floor, for desks; and what a question asks, for whoever marks an answer to it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from concerted.kit.memory import remember
from concerted.practice.models import Attempt, Bank, BankProposal, QuestionVersion, Reflection, ScenarioDraft
from concerted.practice.rules import REFLECTION, Marked, mark, with_forms
from concerted.text import queries as text

#: Sections that hold what she can choose from, and those that hold forms of a short answer.
_OPTIONS, _FORMS = ("option", "left"), ("accepted", "slip")


def scripts_waiting() -> QuerySet[ScenarioDraft]:
    """Drafts of scenarios that wait for a second person."""
    return ScenarioDraft.objects.filter(proposed_at__isnull=False)


@dataclass(frozen=True)
class Marks:
    """How answers to a question are marked. `options`: keys to choose from; `forms`: keys of sections with forms.

    `number`: that of this version of the question.
    """

    version: int
    kind: str
    marking: dict[str, Any] = field(hash=False)
    options: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    number: int = 0

    @property
    def counts(self) -> bool:
        """Whether an answer is right or not; a reflection is neither."""
        return self.kind != REFLECTION

    def mark(self, answer: Any) -> Marked:
        """Mark one answer. Raises `BadAnswer`. A short answer is right in every language: one query."""
        if self.kind != "short":
            return mark(self.kind, self.marking, answer, self.options)
        words: dict[str, list[str]] = defaultdict(list)
        for key, told in text.in_every_language(self.version, self.forms).items():
            words[_end(key)] += told
        return mark(self.kind, with_forms(self.marking, words), answer, self.options)


@remember(4000)
def stands(question: int) -> tuple[int, str]:
    """The text version a question stands in, and its key there; read once a process, since neither changes."""
    return QuestionVersion.objects.values_list("version_id", "question__key").get(pk=question)


@remember(4000)
def marks_of(version: int, key: str) -> Marks | None:
    """How the question with this key is marked, None where nothing is asked; read once a process, since a version never
    changes.
    """
    found = QuestionVersion.objects.filter(question__key=key, version=version).first()
    if found is None:
        return None
    mine = [one for one in text.as_written(version).sections if one.key.startswith(f"{key}.")]
    options = tuple(_end(one.key) for one in mine if one.kind in _OPTIONS)
    forms = tuple(one.key for one in mine if one.kind in _FORMS)
    return Marks(version, found.kind, found.marking, options, forms, found.pk)


def counts(version: int, key: str) -> bool:
    """Whether the question with this key is marked at all. No query after the first time."""
    marks = marks_of(version, key)
    return marks is not None and marks.counts


def pack_of(question: int) -> str:
    """The pack whose files a question of a bank names. One query."""
    document = QuestionVersion.objects.filter(pk=question).order_by().values("question__document")
    return Bank.objects.filter(document__in=document).values_list("pack", flat=True).first() or ""


def rests_of(questions: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Number of a question -> the sections of units it rests on, as module/unit/section. One query."""
    rows = QuestionVersion.objects.filter(pk__in=list(questions)).order_by("pk")
    return {pk: tuple(places) for pk, places in rows.values_list("pk", "question__rests_on")}


def words_kept(attempt: Attempt, part: str) -> str:
    """What she wrote for herself to a part of her attempt. One query."""
    return Reflection.objects.filter(attempt=attempt, part=part).values_list("words", flat=True).first() or ""


def _end(key: str) -> str:
    return key.partition(".")[2]


def questions_waiting() -> QuerySet[BankProposal]:
    """Questions from files that wait for a second person; those given back wait no longer."""
    return BankProposal.objects.filter(asked_at__isnull=False, remark="")


def questions_brought(by: Any) -> QuerySet[BankProposal]:
    """What she brought herself, and everybody's that waits. The questions themselves are not read."""
    seen = BankProposal.objects.filter(Q(by=by.pk) | Q(asked_at__isnull=False, remark=""))
    return seen.select_related("by").defer("questions", "told")
