"""The question banks of a pack, and the tests that draw from them; see docs/pack-format.md."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from concerted.packs.reading.faults import Faults
from concerted.packs.reading.files import Head, code_of, list_of, number_of, text_of
from concerted.packs.reading.heads import HeadTranslated, read_head, read_translated
from concerted.packs.reading.translations import read_translation
from concerted.packs.reading.units import UnitFile, read_unit
from concerted.practice.rules import REFLECTION, BankText, ExamText, Pool, QuestionText
from concerted.text.rules import SectionText

_NAMED = re.compile(r"([a-z0-9-]+)\.md")
#: What a pool may say of itself.
_OF_POOL = frozenset({"bank", "questions", "aims", "tags"})


@dataclass(frozen=True)
class BankRead:
    """A bank of questions and its translations, by language."""

    file: UnitFile
    translations: dict[str, UnitFile] = field(default_factory=dict)

    def text(self, place: int, pack: str) -> BankText:
        sectors = tuple(self.file.head.facts.get("sectors") or ())
        unit = self.file.text
        return BankText(unit.code, unit.sections, unit.questions, unit.minutes, sectors, place, pack)


@dataclass(frozen=True)
class ExamRead:
    """A test and its words in other languages."""

    path: Path
    text: ExamText
    heads: dict[str, HeadTranslated] = field(default_factory=dict)
    head: Head = field(default_factory=Head)


def read_banks(folder: Path, faults: Faults) -> tuple[BankRead, ...]:
    """Every bank of a pack, in the order of their names."""
    found: dict[str, BankRead] = {}
    files = sorted((folder / "questions").glob("*.md"))
    for path in files:
        match = _NAMED.fullmatch(path.name)
        if match is None:
            continue
        own = faults.of(str(path.relative_to(folder)))
        file = read_unit(path, folder / "files", own, bank=True)
        if file is None:
            continue
        list_of(file.head, "sectors", own)
        if file.code != match[1]:
            own.add(
                file.head.line("bank"),
                _("The file is called “%(name)s”, the bank “%(code)s”.") % {"name": path.name, "code": file.code},
                _("Give both the same name."),
            )
        found[match[1]] = BankRead(file)

    def read(path: Path, own: Faults) -> UnitFile | None:
        return read_unit(path, folder / "files", own, translated=True, bank=True)

    for path in (path for path in files if not _NAMED.fullmatch(path.name)):
        own = faults.of(str(path.relative_to(folder)))
        read_translation(path, found, own, _("Name it like the bank it translates."), read)
    return tuple(found.values())


def read_exams(folder: Path, pack: str, banks: tuple[BankRead, ...], faults: Faults) -> tuple[ExamRead, ...]:
    """Every test of a pack; it may draw from the banks of the pack, the only ones that are known here."""
    held = {bank.file.code: [one for one in bank.file.questions if one.kind != REFLECTION] for bank in banks}
    found = []
    files = (path for path in sorted((folder / "tests").glob("*.yaml")) if path.name.count(".") == 1)
    for place, path in enumerate(files):
        own = faults.of(str(path.relative_to(folder)))
        head = read_head(path, own)
        if head is None:
            continue
        text = ExamText(
            code_of(head, "test", own),
            _words(head, own),
            _pools(head, held, own),
            number_of(head, "minutes", own, least=0, most=240, usual=0),
            number_of(head, "pass_mark", own, least=1, most=100, usual=80),
            number_of(head, "attempts", own, least=0, most=20, usual=0),
            number_of(head, "wait_hours", own, least=0, most=720, usual=0),
            tuple(list_of(head, "sectors", own)),
            place,
            pack,
        )
        if text.code != path.stem:
            own.add(
                head.line("test"),
                _("The file is called “%(name)s”, the test “%(code)s”.") % {"name": path.name, "code": text.code},
                _("Give both the same name."),
            )
        found.append(ExamRead(path, text, read_translated(path, folder, text.sections, _words, faults), head))
    return tuple(found)


def _words(head: Head, faults: Faults) -> tuple[SectionText, ...]:
    note = text_of(head, "note", faults, needed=False)
    return (
        SectionText("title", text_of(head, "title", faults, most=120), "title"),
        SectionText("summary", text_of(head, "summary", faults), "summary"),
        *((SectionText("note", note, "note"),) if note else ()),
    )


def _pools(head: Head, held: Mapping[str, list[QuestionText]], faults: Faults) -> tuple[Pool, ...]:
    written = head.facts.get("draw")
    line = head.line("draw")
    if not isinstance(written, list) or not written:
        faults.add(line, _("The test draws no questions."), _("Write draw: and below it - {bank: name, questions: 5}."))
        return ()
    pools = [pool for one in written if (pool := _pool(one, held, line, faults)) is not None]
    return tuple(pools)


def _pool(written: Any, held: Mapping[str, list[QuestionText]], line: int, faults: Faults) -> Pool | None:
    """One line of what is drawn; None, and a fault, when it cannot be."""
    remedy = _("Write - {bank: name, questions: 5}, and aims: [1, 2] or tags: [danger] to draw from these alone.")
    if not isinstance(written, dict) or not set(written) <= _OF_POOL:
        faults.add(line, _("“%(value)s” is not understood here.") % {"value": str(written)[:60]}, remedy)
        return None
    bank, number, aims = str(written.get("bank", "")), written.get("questions"), written.get("aims") or []
    tags = written.get("tags") or []
    if bank not in held:
        faults.add(
            line,
            _("There is no bank “%(bank)s” in this pack.") % {"bank": bank[:60]},
            _("Correct the name, or add questions/%(bank)s.md.") % {"bank": bank[:60]},
        )
        return None
    numbers = isinstance(aims, list) and all(map(_counts, [number, *aims]))
    if not numbers or not isinstance(number, int) or not _are_words(tags):
        faults.add(line, _("“%(value)s” is not understood here.") % {"value": str(written)[:60]}, remedy)
        return None
    there = sum((not aims or one.aim in aims) and (not tags or bool({*tags} & {*one.tags})) for one in held[bank])
    if number > there:
        faults.add(
            line,
            _("%(asked)s questions are drawn from “%(bank)s”, which has %(held)s.")
            % {"asked": number, "bank": bank, "held": there},
            _("Draw fewer, or write more."),
        )
        return None
    return Pool(bank, number, tuple(aims), tuple(tags))


def _are_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _counts(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1
