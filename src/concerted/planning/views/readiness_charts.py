"""How an authority changed from rating to rating, and what its funds are against its need."""

from collections.abc import Sequence
from math import ceil

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from concerted.kit.charts import Chart, Series, Tone, stacked
from concerted.kit.charts.figure import SLIM, chart, said, words_of
from concerted.kit.charts.pen import Pen, cut
from concerted.kit.dates import in_words
from concerted.kit.digits import number
from concerted.planning.queries.comparison import PlaceShown, marks_of
from concerted.planning.queries.delegations import DelegationShown, ShareShown
from concerted.planning.queries.readiness import day_of
from concerted.planning.queries.wording import MARKS

_TONES: dict[str, Tone] = {"gap": "f-gap", "condition": "f-soon", "met": "f-ok"}
#: More authorities than these make a drawing nobody reads; the table has them all.
MOST_DRAWN = 24


def history_chart(place: PlaceShown) -> Chart | None:
    """How many items were a gap, a condition, or met at each rating; None before the second one."""
    if len(place.history) < 2:
        return None
    data = [
        (f"{in_words(day_of(rating), 'short')} · {rating.get_kind_display()}", marks_of(found))
        for rating, found in place.history
    ]
    first, last = data[0][1]["gap"], data[-1][1]["gap"]
    return stacked(
        _("Items at each rating, by what they mean"),
        data,
        [Series(mark, str(MARKS[mark][1]), _TONES[mark]) for mark in MARKS],
        finding=_("Gaps: %(first)s at first, %(last)s now") % {"first": number(first), "last": number(last)},
        why=_("Items are counted, not added up to a score: one gap stops a duty, whatever the others say."),
        source=_("By what the system knew on each day."),
        head=_("Rating"),
    )


def _rows(lines: Sequence[ShareShown]) -> list[tuple[str, ...]]:
    return [
        (
            line.share.territory.name,
            number(line.share.funds),
            number(line.share.low),
            number(line.share.mid),
            number(line.share.high),
            number(line.chance),
            number(ceil(line.funding.needed)),
            number(ceil(line.funding.short)),
            number(line.receives),
        )
        for line in lines
    ]


def funding_chart(shown: DelegationShown) -> Chart:
    """Need from low to high with its middle, and promised funds as a dot, authority by authority."""
    lines, rtl = shown.lines[:MOST_DRAWN], get_language_bidi()
    full = max(max(line.share.high, line.share.funds) for line in lines) or 1

    def draw(width: int) -> tuple[Pen, int]:
        pen, y = Pen(width, rtl), 18.0
        start, step = (0, 50) if width == SLIM else (190, 36)
        room = (width - start - 14) / full
        pen.text(start, 12, _("Bar: likely need. Line: its middle. Dot: promised."))
        for line in lines:
            label = cut(line.share.territory.name, width if width == SLIM else start)
            if width == SLIM:
                pen.text(0, y + 16, label)
            else:
                pen.text(start - 10, y + 20, label, "hi", "end")
            top = y + (22 if width == SLIM else 8)
            share = line.share
            pen.rect(start + share.low * room, top, max((share.high - share.low) * room, 2), 16, "f0")
            pen.rect(start + share.mid * room - 1, top - 2, 2.5, 20, "f1")
            tone = "f-gap" if line.funding.short else "f-ok"
            pen.dot(start + share.funds * room, top + 8, 6, tone)
            y += step
        return pen, int(y) + 6

    rows = _rows(shown.lines)
    heads = (
        _("Authority"),
        _("Promised"),
        _("Need, low"),
        _("Need, middle"),
        _("Need, high"),
        _("Enough in so many of 100 cases"),
        _("Enough in 80 of 100 cases"),
        _("Missing"),
        _("Receives, or gives"),
    )
    told = [(row[0], _("promised %(funds)s, needs %(mid)s") % {"funds": row[1], "mid": row[3]}) for row in rows]
    short = sum(bool(line.funding.short) for line in shown.lines)
    finding = _("%(n)s of %(all)s authorities are promised too little") % {
        "n": number(short),
        "all": number(len(shown.lines)),
    }
    title = _("Promised funds and likely need")
    source = _("%(currency)s a year, prices of %(year)s") % {
        "currency": shown.delegation.currency,
        "year": shown.delegation.year,
    }
    return chart(draw, heads, rows, words_of(title, said(told[:MOST_DRAWN]), finding, "", source))
