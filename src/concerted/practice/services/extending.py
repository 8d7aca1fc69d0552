"""A bank that is begun or goes on with questions from a file."""

from collections.abc import Sequence
from datetime import datetime
from math import ceil
from typing import Any

from django.utils.translation import gettext as _

from concerted.practice.models import Bank, BankProposal, QuestionVersion
from concerted.practice.rules import BankText, QuestionText
from concerted.practice.services.questions import marked_anew, publish_bank, publish_questions
from concerted.text.models import Section
from concerted.text.rules import SectionText
from concerted.text.services import publish_version

#: A question as it is brought: how it is marked, and its sections, the first of which is what it asks.
Brought = tuple[QuestionText, Sequence[SectionText]]
#: Behind every bank that a pack gave a place.
_AT_THE_END = 99
_MINUTES_EACH = 1.5
_MINUTES_MOST = 240


def brought_in(proposal: BankProposal) -> list[Brought]:
    """The questions of a proposal, as they would be published."""
    return [
        (
            QuestionText(one["key"], one["kind"], one["aim"], one["marking"]),
            tuple(SectionText(**section) for section in one["sections"]),
        )
        for one in proposal.questions
    ]


def begin_bank(proposal: BankProposal, *, by: Any, at: datetime) -> Bank:
    """Publish a new bank with the questions of a proposal."""
    brought = brought_in(proposal)
    head = (
        SectionText("title", proposal.title or proposal.bank, "title"),
        SectionText("summary", proposal.summary or proposal.title or proposal.bank, "summary"),
    )
    sections = (*head, *(one for _question, parts in brought for one in parts))
    questions = tuple(question for question, _parts in brought)
    text = BankText(proposal.bank, sections, questions, _minutes(len(brought)), place=_AT_THE_END)
    return publish_bank(text, language=proposal.language, by=by, at=at).bank


def _minutes(questions: int) -> int:
    return min(max(ceil(_MINUTES_EACH * questions), 1), _MINUTES_MOST)


def extend_bank(bank: Bank, proposal: BankProposal, *, by: Any, at: datetime) -> Bank:
    """Publish a bank with the questions of a proposal, each in the place of the one that has its key, else at the end.

    Where only what is right changes, that is a version of its own too.
    """
    before = bank.document.published
    assert before is not None
    brought = {question.key: (question, parts) for question, parts in brought_in(proposal)}
    held = {
        one.question.key: QuestionText(
            one.question.key,
            one.kind,
            one.aim,
            one.marking,
            tuple(one.question.tags),
            tuple(one.question.rests_on),
        )
        for one in QuestionVersion.objects.filter(version=before).select_related("question").order_by("pk")
    }
    new = [key for key in brought if key not in held]
    sections = _sections(before.pk, brought) + [one for key in new for one in brought[key][1]]
    questions = {key: question for key, (question, _parts) in brought.items()}
    anew = marked_anew(before.pk, questions.values())
    version = publish_version(bank.document, sections, summary=_summary(brought, new), anew=anew, by=by, at=at)
    publish_questions(bank.document, version, (held | questions).values())
    bank.minutes = min(bank.minutes + ceil(_MINUTES_EACH * len(new)), _MINUTES_MOST)
    bank.save(update_fields=["minutes"])
    return bank


def _sections(version: int, brought: dict[str, Brought]) -> list[SectionText]:
    """The sections of a version in their order, those of each question that is brought in place of what it had."""
    sections: list[SectionText] = []
    for one in Section.objects.filter(version=version).order_by("place"):
        key, _dot, part = one.key.partition(".")
        if key not in brought:
            sections.append(SectionText(one.key, one.markdown, one.kind, one.title, one.data))
        elif not part:
            sections += brought[key][1]
    return sections


def _summary(brought: dict[str, Brought], new: Sequence[str]) -> str:
    return _("Questions from a file: %(new)s new, %(changed)s changed.") % {
        "new": len(new),
        "changed": len(brought) - len(new),
    }
