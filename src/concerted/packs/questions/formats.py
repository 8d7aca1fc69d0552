"""The four formats: told apart by what stands in a file, never by its name; each is read and written alike."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from concerted.packs.questions.aiken import read_aiken, write_aiken
from concerted.packs.questions.gift_in import read_gift
from concerted.packs.questions.gift_out import write_gift
from concerted.packs.questions.moodle_in import read_moodle
from concerted.packs.questions.moodle_out import write_moodle
from concerted.packs.questions.sheet_in import read_sheet
from concerted.packs.questions.sheet_out import write_sheet
from concerted.packs.questions.written import Findings, QuestionWritten, Refused

_Read = Callable[[bytes, Findings], tuple[QuestionWritten, ...]]
_Write = Callable[[Iterable[QuestionWritten], Findings], str]


@dataclass(frozen=True)
class Format:
    """A format: its name for people, the ending of its files, and what they are to a browser."""

    name: str
    ending: str
    media: str
    read: _Read
    write: _Write


FORMATS = {
    "gift": Format("GIFT", "gift.txt", "text/plain", read_gift, write_gift),
    "moodle": Format("Moodle XML", "xml", "application/xml", read_moodle, write_moodle),
    "aiken": Format("Aiken", "txt", "text/plain", read_aiken, write_aiken),
    "csv": Format("CSV", "csv", "text/csv", read_sheet, write_sheet),
}
#: So much of a file says which it is.
_LOOKED_AT = 64 * 1024


def format_of(content: bytes) -> str:
    """The name in `FORMATS` of what a file seems to be."""
    start = content[:_LOOKED_AT].decode("utf-8-sig", "replace").lstrip()
    if start.startswith("<") or content[:4] in (b"\xff\xfe<\0", b"\xfe\xff\0<"):
        return "moodle"
    lines = [line.strip() for line in start.splitlines()]
    if any(line.startswith("ANSWER:") for line in lines) and "{" not in start:
        return "aiken"
    first = (lines[0] if lines else "").lower().replace('"', "").replace(";", ",").replace("\t", ",")
    if "question" in (cell.strip() for cell in first.split(",")):
        return "csv"
    return "gift"


def read_questions(content: bytes, findings: Findings, name: str = "") -> tuple[QuestionWritten, ...]:
    """The questions of a file in the format `name` of `FORMATS`, or in the one it seems to be.

    Nothing is raised for what the file holds: all that is wrong is in `findings`, by line.
    """
    try:
        found = FORMATS[name or format_of(content)].read(content, findings)
    except Refused as refused:
        findings.refuse(refused.line or 1, refused.message, refused.remedy, refused.column)
        return ()
    findings.faults.sort(key=lambda fault: fault.line)
    if not found and not findings.faults:
        findings.refuse(1, _("There is no question in this file."), _("Look whether it is the right file and format."))
    return found
