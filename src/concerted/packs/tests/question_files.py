"""Questions of other systems for tests: what Moodle takes, and how it is read."""

from concerted.packs.questions.gift_in import read_gift
from concerted.packs.questions.moodle_in import read_moodle
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


def moodle(inside: str) -> tuple[tuple[QuestionWritten, ...], Findings]:
    """The questions of a Moodle XML file with these elements, and its findings."""
    findings = Findings()
    return read_moodle(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n{inside}\n</quiz>'.encode(), findings
    ), findings


def asked(kind: str, inside: str, *, text: str = "What?", form: str = "html") -> str:
    """A question element of Moodle XML."""
    return (
        f'<question type="{kind}"><name><text>Title</text></name>'
        f'<questiontext format="{form}"><text>{text}</text></questiontext>{inside}</question>'
    )
