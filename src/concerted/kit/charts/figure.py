"""What every chart is: a drawing in two sizes, its words, and its table."""

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from zlib import crc32

from django.utils.formats import localize
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from concerted.kit.charts.pen import Pen

WIDE, SLIM = 720, 340
#: What a bar or dot may be filled with: five series, three states, and one quiet tone.
Tone = Literal["f1", "f2", "f3", "f4", "f5", "f-ok", "f-soon", "f-gap", "f0"]
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
    """A drawing with its words and numbers. `finding` is its heading; `title` and `desc` say the drawing in words."""

    title: str
    desc: str
    finding: str
    why: str
    source: str
    drawings: tuple[Drawing, Drawing]
    heads: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    # Not in a template, where a hundred cells take longer than the drawing.
    @property
    def figure(self) -> SafeString:
        """All of it: what was found, the drawing, and the numbers folded beneath."""
        why = f"<p>{html.escape(self.why)}</p>" if self.why else ""
        source = f'<figcaption class="src">{html.escape(self.source)}</figcaption>' if self.source else ""
        folded = html.escape(gettext("The numbers as a table"))
        return SafeString(
            f'<figure class="fig"><h3>{html.escape(self.finding)}</h3>{why}\n{self.drawn}\n'
            f"<details><summary>{folded}</summary>{self.table}</details>{source}</figure>"
        )

    @property
    def drawn(self) -> SafeString:
        """Both sizes of the drawing; the style sheet shows the one that fits."""
        title, desc = html.escape(self.title), html.escape(self.desc)
        return SafeString("".join(_svg(one, title, desc) for one in self.drawings))

    @property
    def table(self) -> SafeString:
        """The same as a table."""
        title = html.escape(self.title)
        first, *others = map(html.escape, map(str, self.heads))
        heads = "".join(f'<th scope="col" class="n">{head}</th>' for head in others)
        rows = "".join(map(_row, self.rows))
        return SafeString(
            f'<div class="scroll" tabindex="0" role="group" aria-label="{title}"><table class="tbl dense">'
            f'<caption>{title}</caption><thead><tr><th scope="col">{first}</th>{heads}</tr></thead>'
            f"<tbody>{rows}</tbody></table></div>"
        )


def _svg(one: Drawing, title: str, desc: str) -> str:
    return (
        f'<svg class="chart {one.css}" viewBox="0 0 {one.width} {one.height}" role="img" '
        f'aria-labelledby="{one.id}t {one.id}d"><title id="{one.id}t">{title}</title>'
        f'<desc id="{one.id}d">{desc}</desc>{one.shapes}</svg>'
    )


def _row(row: Sequence[Any]) -> str:
    first, *others = _escaped(row)
    numbers = "".join([f'<td class="n">{cell}</td>' for cell in others])
    return f'<tr><th scope="row">{first}</th>{numbers}</tr>'


def _escaped(row: Sequence[Any]) -> Sequence[str]:
    """As a template would write each. Most rows are plain words: those are escaped together."""
    if all(type(cell) is str for cell in row):
        cells = html.escape("\0".join(row)).split("\0")
        if len(cells) == len(row):
            return cells
    return [conditional_escape(localize(cell)) for cell in row]


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
