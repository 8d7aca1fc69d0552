"""What every chart is: a drawing in two sizes, its words, and its table."""

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from django.utils.formats import localize
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from concerted.kit.charts.pen import Pen

WIDE, SLIM = 720, 340
#: What a bar or dot may be filled with: five series, three states, and one quiet tone.
TONES = ("f1", "f2", "f3", "f4", "f5", "f-ok", "f-soon", "f-gap", "f0")
#: Ink that can be read on a fill where "wh" cannot.
INK_ON = {"f2": "dk", "f3": "dk", "f5": "dl", "f0": "hi"}


@dataclass(frozen=True)
class Drawing:
    """One size of a chart: the inside of an <svg>."""

    width: int
    height: int
    shapes: SafeString
    css: str
    id: str


@dataclass(frozen=True)
class Chart:
    """A figure for kit/chart.html. `finding` is its heading; `title` and `desc` say the drawing in words."""

    title: str
    desc: str
    finding: str
    why: str
    source: str
    drawings: tuple[Drawing, Drawing]
    heads: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    @property
    def table_rows(self) -> SafeString:
        """The rows of its table. Not in the template, where a hundred cells take longer than the drawing."""
        return SafeString("".join(_row([_cell(cell) for cell in row]) for row in self.rows))


def _cell(cell: Any) -> str:
    """As a template would write it; most are plain words."""
    return html.escape(cell) if type(cell) is str else conditional_escape(localize(cell))


def _row(cells: Sequence[str]) -> str:
    first, *others = cells
    numbers = "".join(f'<td class="n">{cell}</td>' for cell in others)
    return f'<tr><th scope="row">{first}</th>{numbers}</tr>'


def chart(
    draw: Callable[[int], tuple[Pen, int]],
    heads: Sequence[str],
    rows: Sequence[tuple[Any, ...]],
    words: dict[str, str],
) -> Chart:
    """The chart that `draw` makes in both sizes, with its table and its words."""
    key = f"c{crc32((words['title'] + words['desc']).encode()):x}"
    drawings = []
    for width, css in ((WIDE, "wide"), (SLIM, "slim-only")):
        pen, height = draw(width)
        drawings.append(Drawing(width, height, pen.shapes(), css, f"{key}-{width}"))
    return Chart(drawings=(drawings[0], drawings[1]), heads=tuple(heads), rows=tuple(rows), **words)


def words_of(title: str, desc: str, finding: str, why: str, source: str) -> dict[str, str]:
    """The words of a chart; its title stands in where it has no finding."""
    shown = {"title": title, "desc": desc, "finding": finding or title, "why": why, "source": source}
    return {key: str(value) for key, value in shown.items()}


def said(pairs: Sequence[tuple[str, str]]) -> str:
    """The numbers as a sentence, for those who hear the drawing."""
    return gettext("; ").join(f"{label}: {value}" for label, value in pairs)
