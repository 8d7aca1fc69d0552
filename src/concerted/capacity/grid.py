"""The capacity grid as markup, written cell by cell in Python: a template with 940 cells costs ten times as much."""

from collections.abc import Callable, Iterable
from functools import lru_cache, partial

# Plain words only: Django's own escape asks of each whether it is lazy or safe already, six times a line.
from html import escape
from typing import Any

from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

from concerted.capacity.queries.board import AgencyBoard
from concerted.capacity.queries.picture import Cell, Picture, PictureRow
from concerted.capacity.queries.wording import MandateNamed
from concerted.capacity.rules import Count
from concerted.kit.dates import in_words
from concerted.kit.digits import localise
from concerted.kit.templatetags.kit import day, icon, state

#: Column names; pages that hold them as markup mark them for translation.
_OVERDUE_HEADS = ("Needs",)
_STANDING_HEADS = ("In place", "Due soon", "Overdue", "Not yet due", "Exempt")


class _Once(dict[Any, str]):
    """What a page draws of its values, each drawn once: `drawn[value]`. A page makes its own, so nothing is kept."""

    def __init__(self, draw: Callable[[Any], object]) -> None:
        super().__init__()
        self.draw = draw

    def __missing__(self, value: Any) -> str:
        drawn = self[value] = str(self.draw(value))
        return drawn


@lru_cache(maxsize=64)
def _labels(language: str, *words: str) -> tuple[str, ...]:
    """Column names as markup holds them, looked up once; `language` is the active one and part of the key."""
    return tuple(escape(gettext(word)) for word in words)


#: Stands in an address until the person is known: reversing it once is enough for a page.
_NOBODY = "00000000-0000-0000-0000-000000000000"


def cell_words(count: Count) -> tuple[str, str]:
    """The two lines of a cell: what is short or soon (empty when nothing is), and how many of how many."""
    of = gettext("%(n)s of %(all)s") % {"n": localise(count.in_place), "all": localise(count.bound)}
    if count.state == "gap":
        return gettext("%(n)s short") % {"n": localise(count.overdue)}, of
    if count.state == "soon":
        return gettext("%(n)s soon") % {"n": localise(count.due_soon)}, of
    if count.state == "later":
        return "", gettext("%(n)s later") % {"n": localise(count.not_yet_due)} if count.not_yet_due else ""
    return "", of if count.bound else ""


def _head(row: PictureRow, href: str) -> str:
    gaps = ngettext("%(n)s gap", "%(n)s gaps", row.gaps) % {"n": localise(row.gaps)} if row.gaps else gettext("no gaps")
    return (
        f'<th scope="row" role="rowheader"><a href="{conditional_escape(href)}">{conditional_escape(row.name)}</a>'
        f"<small>{gaps}</small></th>"
    )


def draw(
    picture: Picture, *, cell_href: Callable[[Cell], str], row_href: Callable[[PictureRow], str], chosen: Cell | None
) -> SafeString:
    """The body rows of the grid, one <tr> a territory or agency; every cell is a link to what stands behind it."""
    icons = {state: str(icon(state)) for state in ("gap", "soon", "ok", "none")} | {"later": str(icon("soon"))}
    words_of = {"ok": gettext("In place"), "later": gettext("Not yet due"), "none": gettext("Not required")}
    labels = [f'<span class="lbl">{conditional_escape(mandate.name)}</span>' for mandate in picture.mandates]
    shown = (chosen.row_id, chosen.mandate_id) if chosen else None
    lines: list[str] = []
    words: dict[Count, tuple[str, str]] = {}
    for row in picture.rows:
        lines.append(f'<tr role="row">{_head(row, row_href(row))}')
        for cell, label in zip(row.cells, labels, strict=True):
            count = cell.count
            if count not in words:
                words[count] = cell_words(count)
            finding, of = words[count]
            state = cell.state
            current = ' aria-current="true"' if shown == (cell.row_id, cell.mandate_id) else ""
            href = cell_href(cell)
            if finding:
                inside = f'{label}<b>{icons[state]}{finding}</b><span class="of">{of}</span>'
            else:
                word = words_of[state]
                inside = f'<b>{icons[state]}{label}<span class="vh">{word}</span><span class="of">{of}</span></b>'
            lines.append(f'<td role="cell" class="{state}"><a href="{href}"{current}>{inside}</a></td>')
        lines.append("</tr>")
    return mark_safe("".join(lines))


def heads(picture: Picture) -> SafeString:
    """The column heads: one a mandate."""
    return mark_safe(
        "".join(
            format_html('<th scope="col" role="columnheader">{}</th>', mandate.name) for mandate in picture.mandates
        )
    )


def overdue_rows(board: AgencyBoard) -> SafeString:
    """The overdue of a board, one <tr> a person and mandate."""
    # On a phone a row is a small record of three lines: who, what is missing, and why. The reason says the day already.
    (needs,) = _labels(get_language() or "en", *_OVERDUE_HEADS)
    minutes = gettext("%(n)s min")
    before, after = reverse("capacity:person", args=[_NOBODY]).split(_NOBODY)
    # The same mandates, days and reasons come again and again.
    missed, on_day, said = _Once(lambda mandate: state("gap", mandate)), _Once(day), _Once(escape)
    takes = _Once(lambda n: minutes % {"n": localise(n)} if n else "")
    needed = _Once(lambda n: f'<span class="slim-only"> {needs}: {takes[n]}</span>' if n else "")
    return mark_safe(
        "".join(
            f'<tr role="row"><th scope="row" role="rowheader">'
            f'<a href="{before}{line.person_public}{after}">{said[line.person]}</a> '
            f'<span class="hint">{said[line.profession]}</span></th>'
            f'<td role="cell">{missed[line.mandate]}'
            f'<span class="hint">{said[line.reason]}{needed[line.minutes]}</span></td>'
            f'<td role="cell" class="twice">{on_day[line.since]}</td>'
            f'<td role="cell" class="twice">{takes[line.minutes]}</td></tr>'
            for line in board.overdue
        )
    )


def coming_rows(board: AgencyBoard, most: int = 8) -> SafeString:
    """The next deadlines of a board by name, one <li> each, nearest week first; the chart's table has them all."""
    lines = [(week.week, person, mandate) for week in board.coming for person, mandate in week.lines][:most]
    of_week = gettext("week of %(day)s")
    return mark_safe(
        "".join(
            f'<li><div class="when">{escape(of_week % {"day": in_words(week, "short")})}</div>'
            f"<p><b>{escape(person)}</b>: {escape(mandate)}</p></li>"
            for week, person, mandate in lines
        )
    )


def mandate_rows(board: AgencyBoard) -> SafeString:
    """The standing of an agency, one <tr> a mandate."""
    return standing_rows(board.mandates)


def standing_rows(mandates: Iterable[tuple[MandateNamed, Count]]) -> SafeString:
    """One <tr> a mandate: in place, due soon, overdue, not yet due, exempt."""
    language = get_language() or "en"
    labels = _labels(language, *_STANDING_HEADS)
    shown = _Once(partial(localise, language=language))
    rows = []
    for mandate, count in mandates:
        overdue = f"<strong>{shown[count.overdue]}</strong>" if count.overdue else shown[0]
        numbers = (shown[count.current], shown[count.due_soon], overdue, shown[count.not_yet_due], shown[count.exempt])
        cells = "".join(
            f'<td role="cell" class="n" data-l="{label}">{number}</td>'
            for label, number in zip(labels, numbers, strict=True)
        )
        rows.append(f'<tr role="row"><th scope="row" role="rowheader">{escape(mandate.name)}</th>{cells}</tr>')
    return mark_safe("".join(rows))
