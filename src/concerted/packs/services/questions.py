"""Files of questions against banks: what one would do, brought for a second person to publish; and a bank as a file."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from concerted.packs.questions.formats import FORMATS, read_questions
from concerted.packs.questions.kept import QuestionKept
from concerted.packs.questions.outgoing import written
from concerted.packs.questions.planning import Planned, plan
from concerted.packs.questions.written import KINDS, WHOLE, Findings
from concerted.practice.models import Bank, BankProposal, QuestionVersion
from concerted.practice.rules import QuestionText
from concerted.practice.services import bring_questions, brought_in, check_code
from concerted.text.models import Section
from concerted.text.rules import SectionText


def held_against(content: bytes, code: str, *, name: str = "", language: str = "en") -> tuple[Planned, str]:
    """What a file of questions would do to the bank of this code, and the title that it gives a new one.

    `name`: its format in `FORMATS`, told by what stands inside when empty. `language`: of a bank that is not there yet.
    Without a code every question is new. Nothing is written. Raises BringingRefused for what can name no bank.
    """
    if code:
        check_code(code)
    findings = Findings()
    questions = read_questions(content, findings, name)
    bank = Bank.objects.select_related("document").filter(code=code).first()
    held = questions_of(bank) if bank else []
    language = bank.document.language if bank else language
    title = next((one.category.rpartition("/")[2] for one in questions if one.category), "")
    return plan(questions, held, language=language, kinds=QuestionVersion.Kind.values, findings=findings), title


def bring_file(
    content: bytes, code: str, *, name: str = "", language: str = "en", title: str = "", by: Any, at: datetime
) -> tuple[Planned, BankProposal | None]:
    """Hold a file against a bank and keep what is new or changed for a second person; the file itself is not kept.

    Nothing is kept, and there is no proposal, where anything is wrong with the file or nothing in it is new.
    """
    planned, found = held_against(content, code, name=name, language=language)
    if planned.findings.faults or not planned.questions:
        return planned, None
    bank = Bank.objects.select_related("document").filter(code=code).first()
    told = planned.plain()
    kept = bring_questions(
        code,
        [(QuestionText(one.key, one.kind, one.aim, dict(one.marking)), one.sections) for one in planned.questions],
        language=bank.document.language if bank else language,
        title=(title or found)[:120],
        # Notes are words of whoever brought it; a second person may read another language.
        told={what: told[what] for what in ("create", "change", "skip", "notes")} | {"said_in": get_language() or "en"},
        digest=hashlib.sha256(f"{code}\n{language}\n{_base(bank)}\n".encode() + content).hexdigest(),
        by=by,
        at=at,
    )
    return planned, kept


def _base(bank: Bank | None) -> int:
    return (bank.document.published_id or 0) if bank else 0


def questions_of(bank: Bank) -> list[QuestionKept]:
    """The questions of a bank as they are published, in its order. Two queries."""
    version = bank.document.published_id
    parts: dict[str, list[SectionText]] = {}
    for one in Section.objects.filter(version=version).order_by("place"):
        section = SectionText(one.key, one.markdown, one.kind, one.title, one.data)
        parts.setdefault(one.key.partition(".")[0], []).append(section)
    held = QuestionVersion.objects.filter(version=version).select_related("question").order_by("pk")
    return [
        QuestionKept(one.question.key, one.kind, one.aim, one.marking, tuple(parts[one.question.key])) for one in held
    ]


def questions_in(proposal: BankProposal) -> list[QuestionKept]:
    """The questions of a proposal, in the order of its file."""
    return [
        QuestionKept(question.key, question.kind, question.aim, question.marking, tuple(parts))
        for question, parts in brought_in(proposal)
    ]


@dataclass(frozen=True)
class BankOut:
    """A bank as a file, and what could not go into it."""

    content: bytes
    name: str
    media: str
    findings: Findings
    questions: int


def bank_out(bank: Bank, name: str) -> BankOut:
    """A bank in a format of `FORMATS`; its title is the category of its questions."""
    form = FORMATS[name]
    findings = Findings()
    held = questions_of(bank)
    title = Section.objects.filter(version=bank.document.published_id, key="title").values_list("markdown", flat=True)
    category = (title.first() or bank.code).replace("/", " ")
    known = [one for one in held if one.kind in KINDS]
    for one in held:
        if one.kind not in KINDS:
            told = _("“%(title)s” is left out: no file can carry a question of its kind.")
            findings.note(WHOLE, told % {"title": one.sections[0].title})
    text = form.write([written(one, category=category) for one in known], findings)
    return BankOut(text.encode(), f"{bank.code}.{form.ending}", form.media, findings, len(known) - findings.left_out)
