"""What a manuscript holds, whatever program it was written with, and how a reader puts it together."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

#: What is not taken along, and what is taken along in another way: code -> what people are told.
LEFT_OUT = {
    "picture": _("a picture"),
    "table": _("a table"),
    "text-box": _("a text box"),
    "comment": _("a comment"),
    "formula": _("a formula"),
    "object": _("an embedded file"),
    "contents": _("the table of contents"),
    "hidden": _("hidden words"),
    "heading": _("a heading without words below it"),
}
CHANGED = {
    "inserted": _("Tracked insertions that were accepted: %(n)s."),
    "deleted": _("Tracked deletions that were dropped: %(n)s."),
    "footnote": _("Footnotes that now stand in brackets where they were called: %(n)s."),
}


@dataclass(frozen=True)
class Run:
    """Words in one style."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""


@dataclass(frozen=True)
class Heading:
    """A title of the document; level 0 is that of the whole. `place`: the number of its paragraph, from 1."""

    level: int
    text: str
    place: int


@dataclass(frozen=True)
class Paragraph:
    runs: tuple[Run, ...]
    place: int


@dataclass(frozen=True)
class Point:
    """A paragraph in a list, `depth` lists deep from 0. `follows`: it goes on with the point before it.

    `series`: points of one numbering count on.
    """

    runs: tuple[Run, ...]
    place: int
    depth: int = 0
    ordered: bool = False
    series: str = ""
    follows: bool = False


Block = Heading | Paragraph | Point


@dataclass(frozen=True)
class LeftOut:
    """Something that was not taken along: a code of LEFT_OUT, its paragraph, and the heading it stands under."""

    kind: str
    place: int
    heading: str


@dataclass(frozen=True)
class Manuscript:
    """A document as its author sees it. `changed`: code of CHANGED -> how often. `title`: what the file says."""

    blocks: tuple[Block, ...]
    left_out: tuple[LeftOut, ...] = ()
    changed: tuple[tuple[str, int], ...] = ()
    title: str = ""


def words_of(runs: Iterable[Run]) -> str:
    """The words alone, on one line."""
    return " ".join("".join(run.text for run in runs).split())


class Gathering:
    """Where a reader of one format puts what it finds, in the order of the document."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.left_out: list[LeftOut] = []
        self.changed: Counter[str] = Counter()
        self.place = 0
        self._heading = ""

    def leave_out(self, kind: str) -> None:
        self.left_out.append(LeftOut(kind, max(self.place, 1), self._heading))

    def leave_out_once(self, kind: str) -> None:
        """Leave out what is told line by line, such as a table of contents, and note it but once."""
        if not self.left_out or self.left_out[-1].kind != kind:
            self.leave_out(kind)

    def heading(self, level: int, runs: Sequence[Run]) -> None:
        if words := words_of(runs):
            self._heading = words
            self.blocks.append(Heading(level, words, self.place))

    def paragraph(self, runs: Sequence[Run]) -> None:
        if words_of(runs):
            self.blocks.append(Paragraph(tuple(runs), self.place))

    def point(self, runs: Sequence[Run], depth: int, ordered: bool, series: str, *, follows: bool = False) -> None:
        if words_of(runs):
            self.blocks.append(Point(tuple(runs), self.place, depth, ordered, series, follows))

    def finished(self, title: str) -> Manuscript:
        return Manuscript(tuple(self.blocks), tuple(self.left_out), tuple(sorted(self.changed.items())), title)
