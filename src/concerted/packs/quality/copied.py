"""Whether a pack says in the words of somebody else what it should say in its own.

The pack's own runs of eight words are kept by their hash; the others' texts run past them. So the time taken grows
with the words that are read, and the memory with the pack alone.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from concerted.packs.quality.alike import alike
from concerted.packs.quality.originals import READ, Original, Unreadable
from concerted.packs.quality.passages import SOURCE, Passage, Sheet
from concerted.packs.quality.repeats import RUN
from concerted.packs.reading.faults import Faults
from concerted.text.wording import OPEN, quoted_in, words_of

#: So many words may be quoted in one pair of quotation marks, when the source stands in the same paragraph.
QUOTED = 25
#: Files of a pack with words for readers that are no sheets: sheets to download, conferences, the glossary.
_LOOSE = (".md", ".txt", ".yaml")


@dataclass(eq=False)
class _Piece:
    """Words of a passage between two slots: as written, and where each original has runs of them."""

    path: str
    passage: Passage
    written: list[str]
    hits: dict[str, dict[int, int]] = field(default_factory=dict)


_Runs = dict[int, list[tuple[_Piece, int]]]


def check_copied(sheets: Iterable[Sheet], folder: Path, originals: Iterable[Original], faults: Faults) -> None:
    """Every stretch of eight words or more of the pack that stands in an original, and every original not read."""
    known = list(sheets)
    runs: _Runs = {}
    for path, passage in _passages(known, folder):
        for piece in _pieces(path, passage):
            for start, run in _runs_of([alike(word) for word in piece.written]):
                runs.setdefault(run, []).append((piece, start))
    for original in originals:
        _run_past(original, runs, faults)
    for piece in dict.fromkeys(piece for places in runs.values() for piece, _start in places if piece.hits):
        _tell(piece, faults.of(piece.path))


def _passages(sheets: list[Sheet], folder: Path) -> Iterator[tuple[str, Passage]]:
    """Every passage of the pack with its file, and the paragraphs of the files that are no sheets."""
    for sheet in sheets:
        yield from ((sheet.path, passage) for passage in sheet.passages)
    known = {sheet.path for sheet in sheets}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and path.suffix in _LOOSE and name not in known:
            yield from ((name, passage) for passage in _paragraphs(path.read_text(encoding="utf-8", errors="replace")))


def _paragraphs(text: str) -> Iterator[Passage]:
    line = 1
    for part in text.split("\n\n"):
        yield Passage(line, "text", part)
        line += part.count("\n") + 2


def _pieces(path: str, passage: Passage) -> Iterator[_Piece]:
    for words in passage.words.split(OPEN):
        if len(written := words_of(words)) >= RUN:
            yield _Piece(path, passage, written)


def _runs_of(words: Iterable[str]) -> Iterator[tuple[int, int]]:
    """The place and the hash of every eight words in a row. 64 bits: no two runs of a library meet by chance."""
    window: deque[str] = deque(maxlen=RUN)
    for place, word in enumerate(words):
        window.append(word)
        if len(window) == RUN:
            yield place - RUN + 1, hash(" ".join(window))


def _run_past(original: Original, runs: _Runs, faults: Faults) -> None:
    """Mark what an original shares with the pack, with the line on which each shared run begins there."""
    lines: list[int] = []
    try:
        for start, run in _runs_of(_noting(original, lines)):
            for piece, own in runs.get(run, ()):
                piece.hits.setdefault(original.name, {}).setdefault(own, lines[start])
    except Unreadable as problem:
        _not_read(original, str(problem), faults.of(original.name))
        return
    if not lines:
        _not_read(original, "empty", faults.of(original.name))


def _noting(original: Original, lines: list[int]) -> Iterator[str]:
    for word, line in original.words():
        lines.append(line)
        yield word


def _not_read(original: Original, why: str, faults: Faults) -> None:
    message = {
        "kind": _("This file was not compared: only %(endings)s are read.") % {"endings": ", ".join(READ)},
        "encoding": _("This file was not compared: it is not text in UTF-8."),
        "empty": _("This file was not compared: it holds no words."),
    }[why]
    faults.warn(1, message, _("Save it as plain text in UTF-8, or take it out of the folder."), "unread")


def _tell(piece: _Piece, faults: Faults) -> None:
    for name, hits in piece.hits.items():
        for start, end in _stretches(sorted(hits)):
            words = piece.written[start:end]
            if not _may_be_quoted(words, piece.passage):
                faults.warn(
                    piece.passage.line,
                    _("“%(words)s” stands in %(path)s:%(line)s.")
                    % {"words": " ".join(words), "path": name, "line": hits[start]},
                    _("Say it in words of your own, or quote at most %(most)d words and name the source beside them.")
                    % {"most": QUOTED},
                    "copied",
                )


def _stretches(starts: list[int]) -> Iterator[tuple[int, int]]:
    """Runs that overlap or touch, as one: its first word, and the one after its last."""
    begins = ends = -1
    for start in starts:
        if start > ends:
            if ends >= 0:
                yield begins, ends
            begins = start
        ends = start + RUN
    yield begins, ends


def _may_be_quoted(words: list[str], passage: Passage) -> bool:
    """Whether these words stand inside a short quotation of a passage that names a source."""
    if not SOURCE.search(passage.raw):
        return False
    return any(len(said) <= QUOTED and _holds(said, words) for said in map(words_of, quoted_in(passage.words)))


def _holds(said: list[str], words: list[str]) -> bool:
    return any(said[place : place + len(words)] == words for place in range(len(said) - len(words) + 1))
