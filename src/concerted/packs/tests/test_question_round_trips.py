"""What goes out in a format comes back the same."""

from hypothesis import HealthCheck, assume, given, settings

from concerted.packs.questions.aiken import read_aiken, write_aiken
from concerted.packs.questions.gift_in import read_gift
from concerted.packs.questions.gift_out import write_gift
from concerted.packs.questions.moodle_in import read_moodle
from concerted.packs.questions.moodle_out import write_moodle
from concerted.packs.questions.sheet_in import read_sheet
from concerted.packs.questions.sheet_out import write_sheet
from concerted.packs.questions.written import KINDS, Findings, QuestionWritten
from concerted.packs.tests import question_strategies as made

#: Whole questions take a while to make where the machine is busy with other tests.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
_IN_GIFT = tuple(kind for kind in KINDS if kind != "ordering")


@patient
@given(made.questions(_IN_GIFT))
def test_gift(question: QuestionWritten) -> None:
    findings = Findings()
    text = write_gift([question, question], findings)
    assume(not findings.notes)
    assert read_gift(text.encode(), findings) == (question, question)
    assert not findings.faults
    assert not findings.notes


@patient
@given(made.aiken())
def test_aiken(question: QuestionWritten) -> None:
    findings = Findings()
    text = write_aiken([question, question], findings)
    assume(not findings.notes)
    assert read_aiken(text.encode(), findings) == (question, question)
    assert not findings.faults


@patient
@given(made.questions(KINDS, whole=True))
def test_moodle_xml(question: QuestionWritten) -> None:
    findings = Findings()
    text = write_moodle([question, question], findings)
    assert read_moodle(text.encode(), findings) == (question, question)
    assert not findings.faults
    assert not findings.notes


@patient
@given(made.questions(KINDS, whole=True))
def test_csv(question: QuestionWritten) -> None:
    findings = Findings()
    text = write_sheet([question, question], findings)
    assert read_sheet(text.encode(), findings) == (question, question)
    assert not findings.faults
    assert not findings.notes
