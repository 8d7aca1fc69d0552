"""Another wording of a text of this floor, published by authors here."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from concerted.practice.models import Case, Exam, Instrument, Scenario
from concerted.practice.services.cases import reword_case
from concerted.practice.services.exams import FACTS, renew_exam
from concerted.practice.services.instruments import reword_instrument
from concerted.practice.services.questions import reword_bank
from concerted.practice.services.scenarios import reword_scenario
from concerted.text.models import Document, Version
from concerted.text.rules import SectionText
from concerted.text.services import publish_version


@transaction.atomic
def reword(document: Document, sections: Sequence[SectionText], *, summary: str = "", by: Any, at: datetime) -> Version:
    """Publish another wording of a scenario, a case study, an instrument, a bank of questions or a test."""
    if Scenario.objects.filter(document=document).exists():
        return reword_scenario(document, sections, summary=summary, by=by, at=at)
    if Case.objects.filter(document=document).exists():
        return reword_case(document, sections, summary=summary, by=by, at=at)
    if Instrument.objects.filter(document=document).exists():
        return reword_instrument(document, sections, summary=summary, by=by, at=at)
    exam = Exam.objects.select_for_update(of=("self",)).select_related("published").filter(document=document).first()
    if exam is None or exam.published is None:
        return reword_bank(document, sections, summary=summary, by=by, at=at)
    words = publish_version(document, sections, summary=summary, by=by, at=at)
    renew_exam(exam, words, {name: getattr(exam.published, name) for name in FACTS}, by=by, at=at)
    return words
