"""Questions are published with the text they stand in, and keep their marking when its wording changes."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from concerted.directory.models import Sector
from concerted.practice.models import Bank, Question, QuestionVersion
from concerted.practice.rules import BankText, QuestionText
from concerted.text.models import Document, Version
from concerted.text.rules import SectionText
from concerted.text.services import publish_version, publish_words


def publish_questions(document: Document, version: Version, questions: Iterable[QuestionText]) -> None:
    """Make these the questions of a version; those it has already stay as they are."""
    for question in questions:
        about = {"tags": list(question.tags), "rests_on": list(question.rests_on)}
        held, _made = Question.objects.update_or_create(document=document, key=question.key, defaults=about)
        QuestionVersion.objects.get_or_create(
            question=held,
            version=version,
            defaults={"kind": question.kind, "aim": question.aim, "marking": question.marking},
        )


def publish_asked(
    document: Document, sections: Sequence[SectionText], questions: Sequence[QuestionText], *, by: Any, at: datetime
) -> Version:
    """Publish the words of a text with the questions in them. Another right answer is another version, even where no
    word has changed: what was answered before stays marked as it was, and is counted apart.
    """
    anew = marked_anew(document.published_id, questions)
    version = publish_words(document, sections, anew=anew, by=by, at=at)
    publish_questions(document, version, questions)
    return version


def marked_anew(version: int | None, questions: Iterable[QuestionText]) -> bool:
    """Whether one of these questions is marked in another way than in this version. One query."""
    held = QuestionVersion.objects.filter(version=version).order_by()
    facts = {key: rest for key, *rest in held.values_list("question__key", "kind", "aim", "marking")}
    return any(
        question.key in facts and facts[question.key] != [question.kind, question.aim, _as_kept(question.marking)]
        for question in questions
    )


def _as_kept(marking: dict[str, Any]) -> Any:
    """A marking as the database gives it back: its tuples are lists."""
    return json.loads(json.dumps(marking))


def carry_questions(before: Version, version: Version) -> None:
    """The questions of one version in the next: wording changes, keys and marking do not."""
    QuestionVersion.objects.bulk_create(
        QuestionVersion(question=held.question, version=version, kind=held.kind, aim=held.aim, marking=held.marking)
        for held in QuestionVersion.objects.filter(version=before).select_related("question").order_by("pk")
    )


@dataclass(frozen=True)
class BankPublished:
    """What publishing did: the bank, and whether its words or facts had changed."""

    bank: Bank
    changed: bool


@transaction.atomic
def publish_bank(text: BankText, *, language: str = "en", by: Any = None, at: datetime) -> BankPublished:
    """Publish a bank of questions: words frozen, a new version only if something changed."""
    document, _made = Document.objects.get_or_create(
        room="practice", key=f"bank:{text.code}", defaults={"language": language}
    )
    before = document.published_id
    words = publish_asked(document, text.sections, text.questions, by=by, at=at)
    bank, made = Bank.objects.update_or_create(
        code=text.code,
        defaults={"document": document, "pack": text.pack, "place": text.place, "minutes": text.minutes},
    )
    bank.sectors.set(Sector.objects.filter(code__in=text.sectors))
    return BankPublished(bank, made or before != words.pk)


@transaction.atomic
def reword_bank(
    document: Document, sections: Sequence[SectionText], *, summary: str = "", by: Any, at: datetime
) -> Version:
    """Publish another wording of a bank with the same questions. Who is under way stays on the wording she began."""
    before = document.published
    version = publish_version(document, sections, summary=summary, by=by, at=at)
    if before is not None and before.pk != version.pk:
        carry_questions(before, version)
    return version
