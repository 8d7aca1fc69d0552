"""Charts drawn on the server, each twice: 720 wide for a desk and 340 for a phone, because shrunken text is unread text.

A chart says its finding as a heading, labels its series directly, starts counts at zero, and carries its own table.
`{% include "kit/chart.html" with chart=chart %}`
"""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi, gettext

from concerted.kit import digits
from concerted.kit.pen import Pen, cut, letters_wide

WIDE, SLIM = 720, 340
#: What a bar or dot may be filled with: five series, three states, and one quiet tone.
TONES = ("f1", "f2", "f3", "f4", "f5", "f-ok", "f-soon", "f-gap", "f0")
#: Ink that can be read on a fill where "wh" cannot.
_INK_ON = {"f2": "dk", "f3": "dk", "f5": "dl", "f0": "hi"}


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
    """A figure ready to be shown by kit/chart.html. `finding` is its heading, `title` and `desc` say the drawing in words."""

    title: str
    desc: str
    finding: str
    why: str
    source: str
    drawings: tuple[Drawing, Drawing]
    heads: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class Bar:
    """One bar: its name, its length, its fill, and words after its number ("of 41")."""

    label: str
    value: float
    tone: str = "f1"
    note: str = ""


@dataclass(frozen=True)
class Series:
    """One part of a stacked bar."""

    key: str
    label: str
    tone: str = "f1"


@dataclass(frozen=True)
class Week:
    """What falls into the week that begins on `start`."""

    start: datetime.date
    count: int
    label: str = ""
    tone: str = "f-soon"
    names: Sequence[str] = field(default=())


def _chart(
    draw: Callable[[int], tuple[Pen, int]],
    heads: Sequence[str],
    rows: Sequence[tuple[Any, ...]],
    words: dict[str, str],
) -> Chart:
    key = f"c{crc32((words['title'] + words['desc']).encode()):x}"
    drawings = []
    for width, css in ((WIDE, "wide"), (SLIM, "slim-only")):
        pen, height = draw(width)
        drawings.append(Drawing(width, height, pen.shapes(), css, f"{key}-{width}"))
    return Chart(drawings=(drawings[0], drawings[1]), heads=tuple(heads), rows=tuple(rows), **words)


def _words(title: str, desc: str, finding: str, why: str, source: str) -> dict[str, str]:
    shown = {"title": title, "desc": desc, "finding": finding or title, "why": why, "source": source}
    return {key: str(value) for key, value in shown.items()}


def _said(pairs: Sequence[tuple[str, str]]) -> str:
    return gettext("; ").join(f"{label}: {value}" for label, value in pairs)


def bars(
    title: str,
    data: Sequence[Bar],
    *,
    desc: str = "",
    finding: str = "",
    why: str = "",
    source: str = "",
    heads: tuple[str, str] | None = None,
    top: float | None = None,
) -> Chart:
    """Lying bars, one a row. `top` is the value of a full-width bar (default: the largest); counts start at zero."""
    full = max([top or 0, *(bar.value for bar in data)]) or 1
    told = [(bar.label, f"{digits.number(bar.value)} {bar.note}".strip()) for bar in data]
    rtl = get_language_bidi()

    def draw(width: int) -> tuple[Pen, int]:
        pen = Pen(width, rtl)
        slim = width == SLIM
        start = 0 if slim else min(240, 16 + max([letters_wide(bar.label) for bar in data], default=0))
        room = width - start - max([letters_wide(text) for _, text in told], default=0) - 14
        step, y = (46, 0) if slim else (32, 2)
        for bar, (label, text) in zip(data, told, strict=True):
            if slim:
                pen.text(0, y + 13, cut(label, width))
            else:
                pen.text(start - 10, y + 15, cut(label, start), "hi", "end")
            line = y + (20 if slim else 0)
            length = max(room * bar.value / full, 1.5 if bar.value else 0)
            pen.rect(start, line, length, 20, bar.tone)
            pen.text(start + length + 7, line + 15, text, "hi")
            y += step
        pen.line(start, 0, start, y - 4, "ax") if not slim else None
        return pen, max(y, 24)

    rows = [(bar.label, *told[n][1:]) for n, bar in enumerate(data)]
    return _chart(
        draw,
        heads or (gettext("What"), gettext("Number")),
        rows,
        _words(title, desc or _said(told), finding, why, source),
    )


def stacked(
    title: str,
    data: Sequence[tuple[str, Mapping[str, float]]],
    series: Sequence[Series],
    *,
    desc: str = "",
    finding: str = "",
    why: str = "",
    source: str = "",
    head: str = "",
) -> Chart:
    """Lying bars in parts, with a paper gap between the parts; the parts are named over the first bar."""
    full = max([sum(parts.values()) for _, parts in data], default=0) or 1
    rtl = get_language_bidi()

    def draw(width: int) -> tuple[Pen, int]:
        pen = Pen(width, rtl)
        slim = width == SLIM
        start = 0 if slim else min(200, 16 + max([letters_wide(label) for label, _ in data], default=0))
        room = width - start - 44
        y = _series_names(pen, series, data[0][1] if data else {}, start, room / full, width)
        for label, parts in data:
            if slim:
                pen.text(0, y + 13, cut(label, width))
                y += 20
            else:
                pen.text(start - 10, y + 16, cut(label, start), "hi", "end")
            x = float(start)
            for one in series:
                value = parts.get(one.key, 0)
                length = room * value / full
                if length <= 0:
                    continue
                pen.rect(x, y, max(length - 2, 1), 22, one.tone)
                text = digits.number(value)
                if letters_wide(text) + 8 < length:
                    pen.text(x + (length - 2) / 2, y + 16, text, _INK_ON.get(one.tone, "wh"), "middle")
                x += length
            pen.text(x + 5, y + 16, digits.number(sum(parts.values())), "hi")
            y += 30 if slim else 34
        return pen, y

    rows = [(label, *(digits.number(parts.get(one.key, 0)) for one in series)) for label, parts in data]
    told = [
        (label, ", ".join(f"{one.label} {digits.number(parts.get(one.key, 0))}" for one in series))
        for label, parts in data
    ]
    names = [head or gettext("What"), *(str(one.label) for one in series)]
    return _chart(draw, names, rows, _words(title, desc or _said(told), finding, why, source))


def _series_names(
    pen: Pen, series: Sequence[Series], first: Mapping[str, float], start: float, scale: float, width: int
) -> int:
    """Names of the parts over the first bar, each with its own swatch and on its own line when two would touch."""
    x, level, free = float(start), 0, 0.0
    for one in series:
        at = min(x, width - letters_wide(str(one.label)) - 20)
        if at < free:
            level += 1
        pen.rect(at, 18 * level + 4, 10, 10, one.tone)
        pen.text(at + 15, 18 * level + 13, str(one.label))
        free = at + letters_wide(str(one.label)) + 26
        x += first.get(one.key, 0) * scale
    return 18 * (level + 1) + 8


def dots_by_week(
    title: str,
    weeks: Sequence[Week],
    *,
    desc: str = "",
    finding: str = "",
    why: str = "",
    source: str = "",
    heads: tuple[str, str] | None = None,
) -> Chart:
    """One dot a thing, one column a week, as time runs in the reader's script; columns with a number when dots are too many."""
    most = max([week.count for week in weeks], default=0)
    shown = [digits.localise(date_format(week.start, "j M")) for week in weeks]
    told = [(date, digits.number(week.count)) for date, week in zip(shown, weeks, strict=True) if week.count]
    rtl = get_language_bidi()

    def draw(width: int) -> tuple[Pen, int]:
        pen = Pen(width, rtl)
        step = (width - 20) / max(len(weeks), 1)
        radius = min(8.0, step / 2 - 1)
        dotted = most <= 8
        floor = 34 + (int(most * (2 * radius + 5)) if dotted else 110)
        pen.line(10, floor, width - 10, floor, "ax")
        every = max(1, round(len(weeks) / (6 if width == WIDE else 3)))
        for n, (week, date) in enumerate(zip(weeks, shown, strict=True)):
            x = 10 + step * (n + 0.5)
            if n % every == 0:
                pen.line(x, floor, x, floor + 5, "ax")
                pen.text(x, floor + 20, date, "", "start" if n == 0 else "middle")
            height = _column(pen, x, floor, week, radius, step, most)
            if week.label and (width == WIDE or week.count == most):
                half = letters_wide(week.label) / 2
                pen.text(min(max(x, half), width - half), floor - height - 10, week.label, "hi", "middle")
        return pen, floor + 28

    rows = [(date, digits.number(week.count), ", ".join(week.names)) for date, week in zip(shown, weeks, strict=True)]
    named = any(week.names for week in weeks)
    titles = [*(heads or (gettext("Week of"), gettext("Number"))), *([gettext("Who or what")] if named else [])]
    return _chart(
        draw,
        titles,
        [row if named else row[:2] for row in rows],
        _words(title, desc or _said(told), finding, why, source),
    )


def _column(pen: Pen, x: float, floor: float, week: Week, radius: float, step: float, most: int) -> float:
    """One week's dots or, where there are too many, its bar and number; returns how high it stands."""
    if most <= 8:
        for n in range(week.count):
            pen.dot(x, floor - radius - 4 - n * (2 * radius + 5), radius, week.tone)
        return week.count * (2 * radius + 5)
    height = 100 * week.count / most
    if week.count:
        pen.rect(x - step * 0.35, floor - height, step * 0.7, height, week.tone)
        if step > letters_wide(digits.number(week.count)):
            pen.text(x, floor - height - 5, digits.number(week.count), "hi", "middle")
            height += 15
    return height
