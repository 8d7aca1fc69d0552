"""Whether two units say the same in the same words: the second time, readers stop reading."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from concerted.packs.quality.alike import alike
from concerted.packs.quality.passages import Passage, Sheet
from concerted.packs.reading.faults import Faults
from concerted.text.wording import OPEN, words_of

#: So many words in a row are no longer chance.
RUN = 8
_LEFT_OUT = ("title", "note", "summary", "aim")

_Run = tuple[str, ...]


def check_repeats(sheets: Iterable[Sheet], faults: Faults) -> None:
    """Runs of eight words of a unit that an earlier unit has in the same language, once for each passage and unit."""
    seen: dict[tuple[str, _Run], tuple[str, int]] = {}
    for sheet in sheets:
        if sheet.unit is None:
            continue
        own = faults.of(sheet.path)
        for passage in sheet.passages:
            if passage.kind not in _LEFT_OUT:
                _check(passage, sheet, seen, own)


def _check(passage: Passage, sheet: Sheet, seen: dict[tuple[str, _Run], tuple[str, int]], faults: Faults) -> None:
    told: set[str] = set()
    for run, words in _runs(passage):
        path, line = seen.setdefault((sheet.language, run), (sheet.path, passage.line))
        if path != sheet.path and path not in told:
            told.add(path)
            faults.warn(
                passage.line,
                _("“%(words)s” stands in %(path)s:%(line)s as well.") % {"words": words, "path": path, "line": line},
                _("Say it in other words, or leave it out."),
                "repeat",
            )


def _runs(passage: Passage) -> Iterator[tuple[_Run, str]]:
    """Every eight words in a row, as compared and as written. A slot ends a row: what stands in it differs."""
    for piece in passage.words.split(OPEN):
        written = words_of(piece)
        compared = [alike(word) for word in written]
        for start in range(len(written) - RUN + 1):
            yield tuple(compared[start : start + RUN]), " ".join(written[start : start + RUN])
