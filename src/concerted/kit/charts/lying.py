"""Lying bars, whole and in parts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language_bidi, gettext

from concerted.kit import digits
from concerted.kit.charts.figure import INK_ON, SLIM, Chart, Tone, chart, said, words_of
from concerted.kit.charts.pen import Pen, cut, letters_wide


@dataclass(frozen=True)
class Bar:
    """One bar: its name, its length, its fill, and words after its number ("of 41")."""

    label: str
    value: float
    tone: Tone = "f1"
    note: str = ""


@dataclass(frozen=True)
class Series:
    """One part of a stacked bar."""

    key: str
    label: str
    tone: Tone = "f1"


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
    return chart(
        draw,
        heads or (gettext("What"), gettext("Number")),
        rows,
        words_of(title, desc or said(told), finding, why, source),
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
    totals: bool = True,
) -> Chart:
    """Lying bars in parts, with a paper gap between the parts; the parts are named over the first bar.

    `totals`: the sum stands after each bar; not where the parts are shares of a hundred.
    """
    full = max([sum(parts.values()) for _, parts in data], default=0) or 1
    rtl = get_language_bidi()

    def draw(width: int) -> tuple[Pen, int]:
        pen = Pen(width, rtl)
        slim = width == SLIM
        start = 0 if slim else min(306, 16 + max([letters_wide(label) for label, _ in data], default=0))
        after = max([letters_wide(digits.number(sum(parts.values()))) for _, parts in data], default=0) if totals else 0
        room = width - start - max(44, after + 8)
        y = _series_names(pen, series, data[0][1] if data else {}, start, room / full, width)
        for label, parts in data:
            if slim:
                pen.text(0, y + 13, cut(label, width))
                y += 20
            else:
                pen.text(start - 10, y + 16, cut(label, start), "hi", "end")
            end = _parts(pen, series, parts, start, y, room / full)
            if totals:
                pen.text(end + 5, y + 16, digits.number(sum(parts.values())), "hi")
            y += 30 if slim else 34
        return pen, y

    rows = [(label, *(digits.number(parts.get(one.key, 0)) for one in series)) for label, parts in data]
    told = [
        (label, ", ".join(f"{one.label} {digits.number(parts.get(one.key, 0))}" for one in series))
        for label, parts in data
    ]
    names = [head or gettext("What"), *(str(one.label) for one in series)]
    return chart(draw, names, rows, words_of(title, desc or said(told), finding, why, source))


def _parts(
    pen: Pen, series: Sequence[Series], parts: Mapping[str, float], start: float, y: float, scale: float
) -> float:
    """One bar in its parts, each with its number where that has room; returns where the bar ends."""
    x = float(start)
    for one in series:
        value = parts.get(one.key, 0)
        length = scale * value
        if length <= 0:
            continue
        pen.rect(x, y, max(length - 2, 1), 22, one.tone)
        text = digits.number(value)
        if letters_wide(text) + 8 < length:
            pen.text(x + (length - 2) / 2, y + 16, text, INK_ON.get(one.tone, "wh"), "middle")
        x += length
    return x


def _series_names(
    pen: Pen, series: Sequence[Series], first: Mapping[str, float], start: float, scale: float, width: int
) -> int:
    """Names of the parts over the first bar, each where its part begins; where two would touch, one after the other."""
    wide = [letters_wide(str(one.label)) + 26 for one in series]
    begins, x = [], float(start)
    for one, room in zip(series, wide, strict=True):
        begins.append(min(x, width - room + 6))
        x += first.get(one.key, 0) * scale
    if any(at < before + room for before, at, room in zip(begins, begins[1:], wide, strict=False)):
        begins = []
    level, free = 0, float(start)
    for n, one in enumerate(series):
        if not begins and free > start and free + wide[n] - 6 > width:
            level, free = level + 1, float(start)
        at = begins[n] if begins else free
        pen.rect(at, 18 * level + 4, 10, 10, one.tone)
        pen.text(at + 15, 18 * level + 13, str(one.label))
        free += wide[n]
    return 18 * (level + 1) + 8
