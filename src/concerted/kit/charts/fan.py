"""A line of months with the band it may turn out in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from django.utils.translation import get_language, get_language_bidi, gettext

from concerted.kit import digits
from concerted.kit.charts.figure import WIDE, Chart, chart, said, words_of
from concerted.kit.charts.pen import Pen, letters_wide


@dataclass(frozen=True)
class Month:
    """A month: its name, the middle, and the ends of the band."""

    label: str
    low: float
    mid: float
    high: float
    #: What was counted, where that is known by now.
    seen: float | None = None


def fan(
    title: str,
    months: Sequence[Month],
    *,
    limit: tuple[str, float] | None = None,
    desc: str = "",
    finding: str = "",
    why: str = "",
    source: str = "",
    places: int = 0,
    middle: str = "",
    more: tuple[str, Sequence[str]] | None = None,
) -> Chart:
    """Months from reading's beginning to its end, counted from zero. `limit`: a level to compare with, and its name.

    `middle`: the head of the middle column. Where a month was counted, a dot stands beside what was told of it.
    `more`: a last column of the table, its head and what it says of each month.
    """
    rtl, language = get_language_bidi(), get_language() or "en"
    shown, whole = digits.writer(places, language), digits.writer(0, language)

    def short(value: float) -> str:
        return whole(value) if round(value, places) == round(value) else shown(value)

    def draw(width: int) -> tuple[Pen, int]:
        pen = Pen(width, rtl)
        return pen, _drawn(pen, months, limit, short)

    heads, rows = _table(months, shown, middle, more)
    told = [(months[0].label, shown(months[0].mid)), (months[-1].label, shown(months[-1].mid))] if months else []
    return chart(draw, heads, rows, words_of(title, desc or said(told), finding, why, source))


def _drawn(pen: Pen, months: Sequence[Month], limit: tuple[str, float] | None, short: Callable[[float], str]) -> int:
    """Band, middle, what was counted, and the level over them; returns how high the drawing is."""
    seen = [month.seen for month in months if month.seen is not None]
    top = max([*(month.high for month in months), *seen, *([limit[1]] if limit else [])], default=0) or 1
    height = 220
    start, end, floor = letters_wide(short(top)) + 12, pen.width - 12, height - 34
    step = (end - start) / max(len(months) - 1, 1)

    def y(value: float) -> float:
        return 24 + (floor - 24) * (1 - value / top)

    across = [start + step * n for n in range(len(months))]
    band = [(x, y(month.high)) for x, month in zip(across, months, strict=True)]
    band += [(x, y(month.low)) for x, month in reversed(list(zip(across, months, strict=True)))]
    pen.area(band, "f0")
    line = [(x, y(month.mid)) for x, month in zip(across, months, strict=True)]
    pen.ribbon(line, 3, "f1")
    for x, month in zip(across, months, strict=True):
        if month.seen is not None:
            pen.dot(x, y(month.seen), 5, "f-soon")
    if limit:
        pen.rect(start, y(limit[1]) - 0.75, end - start, 1.5, "f-gap")
        name = f"{limit[0]} {short(limit[1])}"
        pen.text(*_beside(line, y(limit[1]), start + 4, end - 4 - letters_wide(name), name), name, "hi")
    axis(pen, [month.label for month in months], across, floor, start, end, pen.width)
    pen.text(start - 8, 28, short(top), "", "end")
    pen.text(start - 8, floor + 4, short(0), "", "end")
    return height


def _table(
    months: Sequence[Month], shown: Callable[[float], str], middle: str, more: tuple[str, Sequence[str]] | None
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Heads and rows of the same numbers; what was counted has a column where any month was."""
    heads: tuple[str, ...] = (gettext("Month"), middle or gettext("As planned"), gettext("Low"), gettext("High"))
    rows: list[tuple[str, ...]]
    rows = [(month.label, shown(month.mid), shown(month.low), shown(month.high)) for month in months]
    if any(month.seen is not None for month in months):
        heads = (*heads, gettext("Counted"))
        rows = [
            (*row, shown(month.seen) if month.seen is not None else "–")
            for row, month in zip(rows, months, strict=True)
        ]
    if more:
        heads = (*heads, more[0])
        rows = [(*row, cell) for row, cell in zip(rows, more[1], strict=True)]
    return heads, rows


def _beside(
    line: Sequence[tuple[float, float]], level: float, first: float, last: float, name: str
) -> tuple[float, float]:
    """Where the name of a level stands: over or under it, at its beginning or its end, out of the way of the line."""
    places = [(x, level + down) for down in (-6, 17) for x in (first, last)]
    return next((place for place in places if not _touched(line, place, letters_wide(name))), places[0])


def _touched(line: Sequence[tuple[float, float]], place: tuple[float, float], wide: float) -> bool:
    """Whether the line runs through words of this width that stand at this place."""
    (left, foot), room = place, 4
    for (x1, y1), (x2, y2) in pairwise(line):
        begins, ends = max(x1, left - room), min(x2, left + wide + room)
        if begins > ends:
            continue
        heights = [y1 + (y2 - y1) * (x - x1) / (x2 - x1) for x in (begins, ends)]
        if max(heights) > foot - 12 and min(heights) < foot + 3:
            return True
    return False


def axis(
    pen: Pen, labels: Sequence[str], across: Sequence[float], floor: float, start: float, end: float, width: int
) -> None:
    """The line of months below a drawing, as many of them named as have room, each as far from the next."""
    pen.line(start, floor, end, floor, "ax")
    every = max(1, -(-len(labels) // (6 if width == WIDE else 3)))
    if len(across) > 1:
        # Long names stand further apart, all of them: leaving out one here and there reads as if time ran unevenly.
        room = max(map(letters_wide, labels)) + 8
        every = max(every, ceil(room / (across[1] - across[0])))
    pen.ticks(across[::every], floor, 5, "ax")
    for n in range(0, len(labels), every):
        # The last name is moved where it would leave the drawing, and left out where it then meets the one before.
        at = min(across[n], end - letters_wide(labels[n]))
        if n == 0 or at >= across[n - every] + letters_wide(labels[n - every]) + 8:
            pen.text(at, floor + 20, labels[n])
