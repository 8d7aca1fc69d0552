"""A unit's file, and its translations, into what `training` publishes. Pure but for the files it reads."""

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from concerted.packs.reading.faults import Faults
from concerted.packs.reading.files import (
    Head,
    code_of,
    list_of,
    number_of,
    read_lines,
    split_head,
    text_of,
    warn_of_others,
)
from concerted.packs.reading.questions import read_question
from concerted.packs.reading.sections import CONTENT, QUESTIONS, Block, read_blocks
from concerted.practice.rules import REFLECTION, QuestionText
from concerted.text.rules import SectionText, hash_of
from concerted.training.rules import UnitText
from concerted.training.slots import SLOT

#: The name under which title, note and aims at the head of a file are translated together.
HEAD = "head"
_KEYS = ("title", "minutes", "note", "slots", "aims", "of")
_UNIT_CODE = r"[A-Za-z0-9]+([.-][A-Za-z0-9]+)*"
_HREF = re.compile(r"https://[^\s<>\"']+")
#: Asked of every aim.
LEAST_QUESTIONS = 2


@dataclass(frozen=True)
class UnitFile:
    """A unit as a file tells it. `parts`: key of a heading, or HEAD -> its sections.

    `marks`: what each part of a translation was made from. `head` and `blocks`: the same as they stand in the file.
    """

    path: Path
    code: str
    minutes: int
    parts: dict[str, tuple[SectionText, ...]]
    questions: tuple[QuestionText, ...]
    marks: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    head: Head = field(default_factory=Head)
    blocks: tuple[Block, ...] = ()

    @property
    def text(self) -> UnitText:
        sections = tuple(section for part in self.parts.values() for section in part)
        return UnitText(self.code, self.minutes, sections, self.questions)


def mark_of(sections: tuple[SectionText, ...]) -> str:
    """Eight signs that change when the wording of a part does; what a translation names as its source."""
    facts = "\n".join(f"{section.key} {hash_of(section)}" for section in sections)
    return hashlib.sha256(facts.encode()).hexdigest()[:8]


def read_unit(
    path: Path, folder: Path, faults: Faults, *, translated: bool = False, bank: bool = False
) -> UnitFile | None:
    """The unit in a file; None when it cannot be read at all. `folder`: where the pack keeps the files it names.

    `bank`: a bank of questions, written as a unit is: `bank` names it, it has a summary, and questions alone.
    """
    lines = read_lines(path, faults)
    if lines is None:
        return None
    split = split_head(lines, faults)
    if split is None:
        return None
    head, first = split
    warn_of_others(head, (*_KEYS, *(("bank", "summary", "sectors") if bank else ("unit",))), faults)
    code = code_of(head, "bank", faults) if bank else code_of(head, "unit", faults, _UNIT_CODE)
    minutes = number_of(head, "minutes", faults, least=1, most=240)
    aims = _aims(head, faults)
    blocks = read_blocks(lines, first, faults, kinds=QUESTIONS if bank else CONTENT + QUESTIONS)
    parts: dict[str, tuple[SectionText, ...]] = {HEAD: _head(head, aims, bank, faults)}
    questions = []
    for block in blocks:
        if block.kind in QUESTIONS:
            sections, question = read_question(block, faults)
            if block.kind == "hotspot":
                _check_file(block, folder, faults)
            questions.append(question)
            parts[block.key] = tuple(sections)
        else:
            parts[block.key] = (_content(block, folder, faults),)
    if not translated:
        _check_aims(head, aims, questions, faults)
    _check_slots(head, lines, first, faults)
    marks = {block.key: block.facts.get("of", "") for block in blocks} | {HEAD: str(head.facts.get("of") or "")}
    where = {block.key: block.line for block in blocks} | {HEAD: head.line("title")}
    return UnitFile(path, code, minutes, parts, tuple(questions), marks, where, head, tuple(blocks))


def _aims(head: Head, faults: Faults) -> dict[int, str]:
    aims: Any = head.facts.get("aims")
    if (
        not isinstance(aims, dict)
        or not aims
        or not all(isinstance(number, int) and isinstance(words, str) for number, words in aims.items())
    ):
        faults.add(
            head.line("aims"),
            _("The unit names no aims."),
            _("Write them at the head, numbered: 1: say what raises danger."),
        )
        return {}
    return aims


def _head(head: Head, aims: dict[int, str], bank: bool, faults: Faults) -> tuple[SectionText, ...]:
    sections = [SectionText("title", text_of(head, "title", faults, most=120), "title")]
    if bank:
        sections.append(SectionText("summary", text_of(head, "summary", faults), "summary"))
    note = text_of(head, "note", faults, needed=False)
    if note:
        sections.append(SectionText("note", note, "note"))
    sections += [SectionText(f"aim-{number}", words, "aim") for number, words in sorted(aims.items())]
    return tuple(sections)


def _content(block: Block, folder: Path, faults: Faults) -> SectionText:
    """A section that is no question, its file and address checked."""
    words, facts = block.markdown, block.facts
    data: dict[str, Any] = {name: facts[name] for name in ("file", "href", "track") if name in facts}
    if not words:
        message, remedy = {
            "image": (
                _("The image has no description."),
                _("Say below the heading what somebody who cannot see it needs."),
            ),
            "audio": (_("The sound has no transcript."), _("Write below the heading what is heard.")),
        }.get(block.kind, (_("The section is empty."), _("Write its words, or take it away.")))
        faults.add(block.line, message, remedy)
    if block.kind in ("image", "audio", "download"):
        _check_file(block, folder, faults)
    if block.kind == "link" and not _HREF.fullmatch(facts.get("href", "")):
        faults.add(block.line, _("The link has no address."), _("Write href=https://... in the braces."))
    return SectionText(block.key, words, block.kind, block.title, data)


def _check_file(block: Block, folder: Path, faults: Faults) -> None:
    name = block.facts.get("file", "")
    if not name:
        faults.add(block.line, _("The section names no file."), _("Write file=name in the braces."))
    elif "/" in name or "\\" in name or name.startswith("."):
        faults.add(
            block.line, _("“%(name)s” is not a plain file name.") % {"name": name}, _("Put the file into `files`.")
        )
    elif not (folder / name).is_file():
        faults.add(
            block.line,
            _("There is no file “%(name)s”.") % {"name": name},
            _("Put it into the folder `files` of the pack, or correct the name."),
        )


def _check_aims(head: Head, aims: dict[int, str], questions: list[QuestionText], faults: Faults) -> None:
    asked = Counter(question.aim for question in questions if question.kind != REFLECTION)
    for number in sorted({question.aim for question in questions} - set(aims) - {0}):
        faults.add(
            head.line("aims"),
            _("A question asks for aim %(number)s, which is not there.") % {"number": number},
            _("Add the aim, or correct the question."),
        )
    for number in sorted(aims):
        if asked[number] < LEAST_QUESTIONS:
            faults.add(
                head.line("aims"),
                _("Aim %(number)s has %(count)s of %(least)s questions.")
                % {"number": number, "count": asked[number], "least": LEAST_QUESTIONS},
                _("Ask more about it."),
            )


def _check_slots(head: Head, lines: list[str], first: int, faults: Faults) -> None:
    listed = set(list_of(head, "slots", faults))
    for number, text in enumerate(lines[first - 1 :], start=first):
        for slot in SLOT.findall(text):
            if slot not in listed:
                faults.add(
                    number,
                    _("The slot “%(slot)s” is not listed.") % {"slot": slot},
                    _("Add it to `slots` at the head."),
                )
                listed.add(slot)
