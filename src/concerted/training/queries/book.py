"""A published module to take along: everything in it in a reader's language, and the file of it."""

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.kit.memory import remember
from concerted.practice.models import QuestionVersion
from concerted.practice.rules import REFLECTION, TYPED, shuffled
from concerted.text import queries as text
from concerted.text.rules import SectionShown
from concerted.training.book import KINDS, Book, BookRefused
from concerted.training.book.shape import Asked, Chapter, Line, Part, Picture, Words
from concerted.training.models import Module, UnitInVersion
from concerted.training.queries.expected import expected_in
from concerted.training.queries.local import in_place, local_words
from concerted.training.queries.player import named
from concerted.training.queries.ways import units_of
from concerted.training.rules import StepShown, cut
from concerted.training.slots import filled

#: Pictures that every kind of file may hold.
_DRAWN = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml"}
#: A larger picture stays on line, and its description stands in the book alone.
MOST_BYTES = 2 * 1024 * 1024
Local = dict[tuple[str, str], str]


@remember(500)
def _markings(version_ids: tuple[int, ...]) -> dict[tuple[int, str], dict[str, Any]]:
    """(text version, key of a question) -> what is right; read once a process, since a version never changes."""
    rows = QuestionVersion.objects.filter(version__in=version_ids).order_by("pk")
    return {(of, key): marking for of, key, marking in rows.values_list("version_id", "question__key", "marking")}


def book_of(module: Module, language: str, around: str = "") -> Book:
    """A published module with its document and version, in a reader's language as her pages show it.

    `around`: the language of the interface, where it does not speak hers.

    Two queries (translations, local words) however many units there are; more where a process reads something for the
    first time.
    """
    version = module.published
    assert version is not None
    units = units_of(version.pk)
    words_id = module.document.published_id or 0
    shown = text.read_sections([words_id, *(unit.version_id for unit in units)], language)
    heads = {section.key: section for section in shown[words_id]}
    local = local_words() if any("{" in s.markdown for sections in shown.values() for s in sections) else {}
    markings = _markings(tuple(unit.version_id for unit in units))
    maker = _Maker(module.pack, local, markings)
    return Book(
        code=module.code,
        language=language,
        around=around or language,
        no=version.no,
        published_on=timezone.localdate(version.published_at),
        minutes=version.minutes,
        address=settings.SITE_URL + reverse("training:module", args=[module.code]),
        title=_bare(heads.get("title"), module.code, language),
        summary=_bare(heads["summary"], "", language) if "summary" in heads else None,
        aims=tuple(_bare(s, "", language) for key, s in heads.items() if key.startswith("aim-")),
        chapters=tuple(maker.chapter(unit, shown[unit.version_id], language) for unit in units),
        told=_told([*heads.values(), *(s for unit in units for s in shown[unit.version_id])]),
    )


def _told(sections: Iterable[SectionShown]) -> str:
    """How much of it is not in her language: nothing, a part, or all."""
    worded = [section for section in sections if section.title or section.markdown]
    foreign = sum(section.missing or section.behind for section in worded)
    return "" if not foreign else "part" if foreign < len(worded) else "none"


def _bare(section: SectionShown | None, instead: str, language: str) -> Words:
    return Words(section.markdown, section.language) if section else Words(instead, language)


class _Maker:
    """Makes the units of one module."""

    def __init__(self, pack: str, local: Local, markings: dict[tuple[int, str], dict[str, Any]]) -> None:
        self.pack, self.local, self.markings = pack, local, markings

    def chapter(self, unit: UnitInVersion, sections: Sequence[SectionShown], language: str) -> Chapter:
        heads = {s.key: s for s in sections if s.kind in ("title", "note")}
        worded = [s for s in sections if s.title or s.markdown]
        pieces: list[Part | Asked] = []
        for step in cut(sections):
            pieces += [self._part(section) for section in step.content]
            if step.question is not None:
                number = sum(isinstance(piece, Asked) for piece in pieces) + 1
                pieces.append(self._asked(unit, step, step.question, number))
        return Chapter(
            number=unit.place,
            minutes=unit.minutes,
            title=_bare(heads.get("title"), unit.unit.code, language),
            note=_bare(heads["note"], "", language) if "note" in heads else None,
            pieces=tuple(pieces),
            missing=any(s.missing for s in worded),
            behind=tuple(dict.fromkeys(named(s) for s in worded if s.behind)),
        )

    def _words(self, section: SectionShown) -> Words:
        """Its words with every local slot filled, as the player fills them."""
        return Words(filled(in_place(section, self.local).markdown, section.language), section.language)

    def _part(self, section: SectionShown) -> Part:
        file = section.data.get("file", "")
        address = section.data.get("href", "")
        if file:
            address = settings.SITE_URL + reverse("training:file", args=[self.pack or "-", file])
        return Part(
            kind=section.kind,
            title=section.title,
            words=self._words(section),
            track=bool(section.data.get("track")),
            address=address,
            file=file,
            picture=_picture(self.pack, file) if section.kind == "image" else None,
        )

    def _asked(self, unit: UnitInVersion, step: StepShown, question: SectionShown, number: int) -> Asked:
        kind = question.data.get("kind", "single")
        marking = self.markings.get((unit.version_id, step.name), {})
        feedback = {key: self._words(section) for key, section in step.feedback.items()}
        right, not_quite = feedback.get("right"), feedback.get("not-quite")
        if kind == REFLECTION:
            return Asked(kind, number, self._words(question), (), (), after=feedback.get("after"))
        if kind in TYPED:
            expected = expected_in(step, question, marking, feedback)
            return Asked(kind, number, self._words(question), (), expected, (), right, not_quite)
        by_key = {section.key.partition(".")[2]: section for section in step.choices}
        replies = {section.key.partition(".")[2]: self._words(section) for section in step.replies}
        lines = {key: self._line(kind, key, section, marking, feedback, replies) for key, section in by_key.items()}
        asked, seed = list(lines), f"{unit.unit.code}:{step.name}"
        return Asked(
            kind=kind,
            number=number,
            words=self._words(question),
            lines=tuple(lines[key] for key in (shuffled(asked, seed) if kind == "ordering" else asked)),
            answer=tuple(lines[key] for key in marking.get("order", asked) if key in lines),
            replies=tuple(replies[key] for key in shuffled(list(replies), seed)),
            right=right,
            not_quite=not_quite,
        )

    def _line(
        self,
        kind: str,
        key: str,
        section: SectionShown,
        marking: dict[str, Any],
        feedback: dict[str, Words],
        replies: dict[str, Words],
    ) -> Line:
        right = marking.get("right", ())
        fits = key in right if kind == "multiple" else key == right
        return Line(self._words(section), fits, feedback.get(key), replies.get(marking.get("pairs", {}).get(key, "")))


def _picture(pack: str, name: str) -> Picture | None:
    """A picture of a pack if its file is there, of a kind every reader draws, and small enough to travel along."""
    folder = (Path(settings.MEDIA_ROOT) / "packs" / pack).resolve()
    file = (folder / name).resolve()
    media = _DRAWN.get(file.suffix.lower())
    if "\x00" in name or media is None or file.parent != folder or not file.is_file():
        return None
    return Picture(name, media, file.read_bytes()) if file.stat().st_size <= MOST_BYTES else None


@dataclass(frozen=True)
class BookFile:
    """A module as a file: what it holds, what that is called, and a name for it that tells only the code."""

    content: bytes
    media: str
    name: str


#: One at a time: drawing takes the processor for as long as it lasts, and the same file is asked for more than once.
_DRAWING = threading.Lock()
#: Seconds somebody waits for her turn before she is told to come back.
PATIENCE = 10


@remember(24)
def _drawn(book: Book) -> bytes:
    return KINDS["pdf"][1](book)


def book_file(module: Module, language: str, kind: str, around: str = "") -> BookFile:
    """The module as a file; `language` and `around` as in `book_of`. `kind`: one of `book.KINDS`, else KeyError.

    Raises `BookRefused` when the file cannot be made; its message says what to take instead.
    """
    media, write = KINDS[kind]
    book = book_of(module, language, around)
    if kind != "pdf":
        return BookFile(write(book), media, f"{module.code}.{kind}")
    return BookFile(in_turn(lambda: _drawn(book)), media, f"{module.code}.{kind}")


def in_turn(draw: Callable[[], bytes]) -> bytes:
    """What `draw` gives, when nobody else's file is drawn. Raises `BookRefused` after `PATIENCE` seconds."""
    if not _DRAWING.acquire(timeout=PATIENCE):
        raise BookRefused(_("Others are taking files just now. Try again in a minute."))
    try:
        return draw()
    finally:
        _DRAWING.release()
