"""What begins when on a line of months: how much of it is there along the way, and what stops."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import get_language_bidi, gettext

from concerted.kit.charts.fan import axis
from concerted.kit.charts.figure import SLIM, Chart, chart, said, words_of
from concerted.kit.charts.pen import Pen, cut, letters_wide

#: How tall a bar is where all of it is there.
_TALL = 22


@dataclass(frozen=True)
class Span:
    """Something that begins: its name, a quiet line below it, and the words over its beginning.

    `course`: corners of how much of it is there, as (months from the first one, share from none to one), in order.
    `cells`: the rest of its row in the table. `language`: of the name, where it is not that of the page.
    """

    label: str
    note: str
    begins: str
    course: Sequence[tuple[float, float]]
    cells: Sequence[str] = ()
    language: str = ""


@dataclass(frozen=True)
class Stop:
    """Something that stops `at` so many months from the first one: its name, a quiet line below it, and when."""

    label: str
    note: str
    when: str
    at: float
    cells: Sequence[str] = ()
    language: str = ""


def spans(
    title: str,
    months: Sequence[str],
    begun: Sequence[Span],
    stops: Sequence[Stop] = (),
    *,
    heads: Sequence[str] = (),
    desc: str = "",
    finding: str = "",
    why: str = "",
    source: str = "",
) -> Chart:
    """One row for each span and each stop; time runs from reading's beginning. A bar is as full as its share.

    A stop crosses all bars, so that it is seen what goes on without it.
    """
    rtl, count = get_language_bidi(), max(len(months), 1)
    every: list[Span | Stop] = [*begun, *stops]
    names = [words for one in every for words in (one.label, one.note)]

    def draw(width: int) -> tuple[Pen, int]:
        pen, slim = Pen(width, rtl), width == SLIM
        start = 0.0 if slim else min(300, 16 + max(map(letters_wide, names), default=0))
        end, y = width - (2 if slim else 12), 0
        step = (end - start) / count
        crossed = [start + step * one.at for one in stops]
        for one in begun:
            _name(pen, one, y, start)
            y += 36 if slim else 0
            _bar(pen, one, y, start, end, step)
            for x in crossed:
                pen.rect(min(x, end) - 0.75, y + 18, 1.5, _TALL + 2, "f-gap")
            y += 52 if slim else 50
        for stop, x in zip(stops, crossed, strict=True):
            _name(pen, stop, y, start)
            y += 36 if slim else 0
            _dot(pen, stop, y + (8 if slim else 18), min(x, end), end)
            y += 28 if slim else 46
        floor = y + 6
        axis(pen, months, [start + step * n for n in range(len(months))], floor, start, end, width)
        return pen, floor + 28

    rows = [(one.label, *one.cells) for one in every]
    told = [(one.label, one.begins) for one in begun] + [(one.label, one.when) for one in stops]
    return chart(
        draw,
        heads or (gettext("What"),),
        rows,
        words_of(title, desc or said(told), finding, why, source),
    )


def _name(pen: Pen, one: Span | Stop, y: float, start: float) -> None:
    """Beside its row on a desk, above it on a phone."""
    if start:
        pen.text(start - 12, y + 20, cut(one.label, start - 12), "hi", "end", one.language)
        pen.text(start - 12, y + 37, cut(one.note, start - 12), "", "end")
    else:
        pen.text(0, y + 14, cut(one.label, pen.width), "hi", "start", one.language)
        pen.text(0, y + 31, cut(one.note, pen.width))


def _bar(pen: Pen, one: Span, y: float, start: float, end: float, step: float) -> None:
    """As full as the share that is there; the words over it stand where it begins."""
    floor = y + 18 + _TALL
    pen.rect(start, floor - _TALL, end - start, _TALL, "f0")
    corners = [(start + step * at, floor - _TALL * share) for at, share in _thinned(one.course)]
    if corners:
        pen.area([(corners[0][0], floor), *corners, (corners[-1][0], floor)], "f1")
    first = corners[0][0] if corners else end
    pen.text(max(start, min(first, end - letters_wide(one.begins))), y + 13, one.begins)


def _dot(pen: Pen, stop: Stop, y: float, x: float, end: float) -> None:
    pen.dot(x, y, 5, "f-gap")
    wide = letters_wide(stop.when) + 10
    if x + wide <= end:
        pen.text(x + 10, y + 5, stop.when)
    else:
        pen.text(x - 10, y + 5, stop.when, "", "end")


def _thinned(course: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The same shape without corners that lie on the way from the last one to the next, to a quarter of a unit."""
    if len(course) < 3:
        return list(course)
    kept = [course[0]]
    for (at, share), (later, then) in pairwise(course[1:]):
        before, was = kept[-1]
        between = was + (then - was) * (at - before) / (later - before) if later > before else then
        if at == before or abs(between - share) * _TALL > 0.25:
            kept.append((at, share))
    return [*kept, course[-1]]
