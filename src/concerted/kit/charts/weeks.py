"""Things that fall due, week by week."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.translation import get_language_bidi, gettext

from concerted.kit import digits
from concerted.kit.charts.figure import WIDE, Chart, Tone, chart, said, words_of
from concerted.kit.charts.pen import Pen, letters_wide


@dataclass(frozen=True)
class Week:
    """What falls into the week that begins on `start`."""

    start: datetime.date
    count: int
    label: str = ""
    tone: Tone = "f-soon"
    names: Sequence[str] = field(default=())


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
    """One dot a thing, one column a week, as time runs in the reader's script; bars when dots are too many."""
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
    return chart(
        draw,
        titles,
        [row if named else row[:2] for row in rows],
        words_of(title, desc or said(told), finding, why, source),
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
