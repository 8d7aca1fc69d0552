"""The words of a pack as readers meet them: one passage a paragraph, entry, option or feedback, with its line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from concerted.packs.reading.cases import CaseFile
from concerted.packs.reading.conferences import ConferenceFile
from concerted.packs.reading.files import Head
from concerted.packs.reading.instruments import InstrumentFile
from concerted.packs.reading.packs import PackFolder
from concerted.packs.reading.parts import part_of
from concerted.packs.reading.scenarios import ScenarioFile
from concerted.packs.reading.sections import QUESTIONS, Block
from concerted.packs.reading.units import HEAD, UnitFile
from concerted.text.wording import OPEN
from concerted.training.slots import SLOT

_LISTED = re.compile(r"^\s*(?:[-*]|\d+[.)])\s+")
_TAG = re.compile(r"^`[a-z0-9-]+`\s*")
_VERDICT = re.compile(r"^(?:right|not quite|after)\s*:\s*")
_LINK = re.compile(r"\[([^\[\]]{0,300})\]\([^()]{0,600}\)")
_SIGNS = re.compile(r"`[^`]*`|[*_#>]")
# Brackets with a title or a body, and a year, an article or a preamble; inside them may stand brackets, as in 10(f).
# Everything is bounded: brackets that never close must not be read to the end from each of them.
SOURCE = re.compile(
    r"\((?=[^()]*[^\W\d_])(?:[^()]|\([^()]{0,40}\)){0,600}?"
    r"(?:\b(?:1[89]|20)\d\d\b|[\u0660-\u0669]{4}|\b(?:articles?|arts?\.|artículos?)\s*\d|المادة"
    r"|\bpre[aá]mb\w+|\bpréambule|ديباجة)(?:[^()]|\([^()]{0,40}\)){0,600}\)",
    re.IGNORECASE,
)
# A title in brackets without its year names a source as well: no words of ours, though no source that can be checked.
_TITLED = re.compile(r"\([^()*]{0,300}\*[^*()]{1,300}\*[^()]{0,300}\)")


@dataclass(frozen=True)
class Passage:
    """Words that stand together. `kind`: title, aim, note, summary, text, entry, option or feedback.

    `words`: without marks and sources, with a sign where a slot is. `raw`: as written.
    """

    line: int
    kind: str
    raw: str
    right: bool = False
    key: str = ""

    @cached_property
    def words(self) -> str:
        return plain(_TITLED.sub("", SOURCE.sub("", self.raw)))


@dataclass(frozen=True)
class Sheet:
    """A file of a pack in one language, and its passages; `unit` where it is a unit or its translation."""

    path: str
    language: str
    head: Head
    passages: tuple[Passage, ...]
    unit: UnitFile | None = None


def plain(markdown: str) -> str:
    """Words without their marks, a sign for each slot.

    >>> plain("**Ask** [here](https://example.org): {svc.clinic}")
    'Ask here: …'
    """
    return _SIGNS.sub("", SLOT.sub(OPEN, _LINK.sub(r"\1", markdown))).strip()


def sheets_of(pack: PackFolder, folder: Path) -> Iterator[Sheet]:
    """Every file with words for readers, in order."""
    for module in pack.modules:
        yield _facts(module.path / "module.yaml", folder, pack.language, module.head)
        for language, translated in module.heads.items():
            yield _facts(translated.path, folder, language, translated.head)
        for unit in module.units:
            yield _unit(unit, folder, pack.language)
        for (_code, language), other in module.translations.items():
            yield _unit(other, folder, language)
    for scenario in pack.scenarios:
        yield scenario_sheet(scenario.file, folder, pack.language)
        for language, told in scenario.translations.items():
            yield scenario_sheet(told, folder, language)
    for case in pack.cases:
        yield _case(case.file, folder, pack.language)
        for language, worded in case.translations.items():
            yield _case(worded, folder, language)
    for instrument in pack.instruments:
        yield _instrument(instrument.file, folder, pack.language)
        for language, rated in instrument.translations.items():
            yield _instrument(rated, folder, language)
    for bank in pack.banks:
        yield _unit(bank.file, folder, pack.language)
        for language, other in bank.translations.items():
            yield _unit(other, folder, language)
    for exam in pack.exams:
        yield _facts(exam.path, folder, pack.language, exam.head)
        for language, translated in exam.heads.items():
            yield _facts(translated.path, folder, language, translated.head)
    for programme in pack.programmes:
        yield _facts(programme.path / "programme.yaml", folder, pack.language, programme.head)
        for language, translated in programme.heads.items():
            yield _facts(translated.path, folder, language, translated.head)


def _facts(path: Path, folder: Path, language: str, head: Head) -> Sheet:
    return Sheet(str(path.relative_to(folder)), language, head, tuple(_of_head(head)))


def _unit(unit: UnitFile, folder: Path, language: str) -> Sheet:
    passages = (*_of_head(unit.head), *(passage for block in unit.blocks for passage in of_block(block)))
    return Sheet(str(unit.path.relative_to(folder)), language, unit.head, passages, unit)


#: What a section of a scenario is to whoever checks its words.
_IN_SCENARIO = {"choice": "option", "why": "feedback"}


def scenario_sheet(file: ScenarioFile | ConferenceFile, folder: Path, language: str) -> Sheet:
    """The words of a scenario or a case with seats, a passage for each paragraph, choice and what follows."""
    passages = list(_of_head(file.head))
    for key, sections in file.parts.items():
        for section in sections if key != HEAD else ():
            line, kind = file.lines.get(section.key, 1), _IN_SCENARIO.get(section.kind, "text")
            passages += [Passage(line, kind, part, key=key) for part in section.markdown.split("\n\n") if part.strip()]
    return Sheet(str(file.path.relative_to(folder)), language, file.head, tuple(passages))


def _case(file: CaseFile, folder: Path, language: str) -> Sheet:
    """The words of a case study; a table is told apart by its rows."""
    passages = (*_of_head(file.head), *(passage for block in file.blocks for passage in _of_case(block)))
    return Sheet(str(file.path.relative_to(folder)), language, file.head, passages)


def _instrument(file: InstrumentFile, folder: Path, language: str) -> Sheet:
    """The words of an instrument: what is asked, each level, what counts as evidence, the safe default."""
    passages = (
        *_of_head(file.head),
        *(
            Passage(file.lines.get(key, 1), "text" if section.kind == "item" else "entry", section.markdown, key=key)
            for key, sections in file.parts.items()
            if key != HEAD
            for section in sections
        ),
    )
    return Sheet(str(file.path.relative_to(folder)), language, file.head, passages)


def _of_case(block: Block) -> Iterator[Passage]:
    if block.kind != "timeline":
        yield from of_block(block)
        return
    yield Passage(block.line, "title", block.title, key=block.key)
    for line, text in block.body:
        cells = (cell.strip(" -") for cell in text.strip().strip("|").split("|"))
        yield from (Passage(line, "entry", cell, key=block.key) for cell in cells if cell)


def _of_head(head: Head) -> Iterator[Passage]:
    for kind in ("title", "note", "summary"):
        if isinstance(words := head.facts.get(kind), str):
            yield Passage(head.line(kind), kind, words)
    aims = head.facts.get("aims")
    if isinstance(aims, dict):
        yield from (Passage(head.line_in("aims", str(n)), "aim", str(words)) for n, words in aims.items())
    elif isinstance(aims, list):
        yield from (Passage(head.line_in("aims", str(words)), "aim", str(words)) for words in aims)


def of_block(block: Block) -> Iterator[Passage]:
    """The passages of a section. Lines of one paragraph or one feedback are put together."""
    now: Passage | None = None
    yield Passage(block.line, "title", block.title, key=block.key)
    for line, text in block.body:
        fresh = _begins(block, line, text, now)
        if fresh is None and text.strip() and now:
            now = Passage(now.line, now.kind, f"{now.raw} {_bare(text)}", now.right, now.key)
            continue
        if now:
            yield now
        now = fresh
    if now:
        yield now


def _begins(block: Block, line: int, text: str, now: Passage | None) -> Passage | None:
    """The passage that begins on a line; None when the line goes on with `now`, or is empty."""
    bare = text.strip()
    if not bare:
        return None
    if block.kind in QUESTIONS and (part := part_of(block.kind, line, bare)):
        words = f"{part.words} {OPEN} {part.reply}" if part.reply else part.words
        return Passage(line, "option", words, part.right, block.key)
    if block.kind in QUESTIONS and bare.startswith(">"):
        goes_on = now is not None and now.kind == "feedback" and not _VERDICT.match(_bare(text))
        return None if goes_on else Passage(line, "feedback", _said(text), key=block.key)
    if _LISTED.match(text):
        return Passage(line, "entry", _LISTED.sub("", text), key=block.key)
    return Passage(line, "text", _bare(text), key=block.key) if now is None or now.kind == "option" else None


def _bare(text: str) -> str:
    return text.strip().removeprefix(">").strip()


def _said(text: str) -> str:
    """Feedback without its verdict and its tag."""
    return _TAG.sub("", _VERDICT.sub("", _bare(text)))
