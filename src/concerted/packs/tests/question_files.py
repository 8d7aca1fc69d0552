"""Questions of other systems for tests: what Moodle takes, and how it is read."""

from concerted.packs.questions.gift_in import read_gift
from concerted.packs.questions.written import Findings, QuestionWritten


def gift(text: str | bytes) -> tuple[QuestionWritten, ...]:
    """The questions of a GIFT text that has no fault."""
    findings = Findings()
    read = read_gift(text.encode() if isinstance(text, str) else text, findings)
    assert not findings.faults
    return read


def one(text: str) -> QuestionWritten:
    """The only question of a GIFT text."""
    (question,) = gift(text)
    return question
