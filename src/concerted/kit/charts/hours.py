"""The hours of a week, a cell each: the fuller the cell, the more."""

from collections.abc import Sequence

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import get_language_bidi, gettext

from concerted.kit import digits
from concerted.kit.charts.figure import WIDE, Chart, Tone, chart, said, words_of
from concerted.kit.charts.pen import Pen, letters_wide

_DAY = 24


def hours_of_week(
    title: str,
    values: Sequence[float],
    *,
    desc: str = "",
    finding: str = "",
    why: str = "",
    source: str = "",
    tone: Tone = "f1",
    places: int = 1,
) -> Chart:
    """168 values from Monday midnight. A desk has days as rows; a phone has hours as rows, so that cells stay large."""
    most = max(values, default=0) or 1
    rtl = get_language_bidi()
    names = [str(WEEKDAYS_ABBR[day]) for day in range(7)]

    def shown(value: float) -> str:
        return digits.number(round(value, places), places)

    def draw(width: int) -> tuple[Pen, int]:
        pen = Pen(width, rtl)
        lying = width == WIDE
        start = 12 + max(letters_wide(name) for name in names) if lying else 34
        columns, lines, deep = (_DAY, 7, 26) if lying else (7, _DAY, 18)
        # In whole tenths of a unit all cells lie equally far apart, and are told in the same words.
        wide = int(10 * (width - start - 2) / columns) / 10
        cells: list[tuple[float, float, float]] = []
        for column in range(columns):
            if not lying or column % 3 == 0:
                pen.text(start + wide * column, 14, names[column] if not lying else digits.number(column))
        for line in range(lines):
            y = 22 + deep * line
            pen.text(start - 8, y + deep - 8, names[line] if lying else digits.number(line), "", "end")
            for column in range(columns):
                hour = line * _DAY + column if lying else column * _DAY + line
                cells.append((start + wide * column, y, (deep - 2) * values[hour] / most))
        pen.boxes(((x, y, wide - 2, deep - 2) for x, y, _full in cells), "f0")
        pen.boxes(((x, y + deep - 2 - full, wide - 2, full) for x, y, full in cells), tone)
        return pen, 22 + deep * lines

    rows = [
        (digits.localise(f"{hour:02}:00"), *(shown(values[day * _DAY + hour]) for day in range(7)))
        for hour in range(_DAY)
    ]
    worst = max(range(len(values)), key=values.__getitem__, default=0)
    at = f"{WEEKDAYS[worst // _DAY]} {digits.localise(f'{worst % _DAY:02}:00')}"
    heads = (gettext("Hour"), *names)
    return chart(draw, heads, rows, words_of(title, desc or said([(at, shown(most))]), finding, why, source))
