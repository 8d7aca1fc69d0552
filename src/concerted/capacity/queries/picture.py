from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count as CountRows
from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from concerted.capacity.models import Mark, MarkWeek, Tally
from concerted.capacity.queries.standing import episodes_on, reason
from concerted.capacity.queries.wording import MandateNamed, mandates_in_force
from concerted.capacity.rules import STATES, Count
from concerted.directory.models import Agency, Territory, TerritoryLink
from concerted.kit.prepared import Prepared


@dataclass(frozen=True)
class Cell:
    """One territory or agency under one mandate."""

    row_id: int
    mandate_id: int
    count: Count

    # Asked for by its line, by the page's finding and by whoever draws it.
    @cached_property
    def state(self) -> str:
        return self.count.state


@dataclass(frozen=True)
class PictureRow:
    """One line of the grid, with as many cells as there are mandates."""

    id: int
    name: str
    cells: tuple[Cell, ...]

    # Sorting, the head of the line and the page's finding all ask for it.
    @cached_property
    def gaps(self) -> int:
        return sum(cell.state == "gap" for cell in self.cells)

    @cached_property
    def short(self) -> int:
        return sum(cell.count.overdue for cell in self.cells if cell.state == "gap")


@dataclass(frozen=True)
class Picture:
    """The grid of a territory on a day: rows with most gaps first."""

    on: date
    by: str
    territory: Territory | None
    mandates: tuple[MandateNamed, ...]
    rows: tuple[PictureRow, ...]

    @cached_property
    def gaps(self) -> int:
        return sum(row.gaps for row in self.rows)

    @cached_property
    def cells(self) -> int:
        return sum(bool(cell.count.bound) for row in self.rows for cell in row.cells)

    @cached_property
    def later(self) -> int:
        """Cells that bind people who need it only later."""
        return sum(cell.state == "later" for row in self.rows for cell in row.cells)

    @cached_property
    def widest(self) -> tuple[PictureRow, Cell, MandateNamed] | None:
        """The cell with most positions short, among those that are gaps."""
        worst = None
        for row in self.rows:
            for cell, mandate in zip(row.cells, self.mandates, strict=True):
                if cell.state == "gap" and (worst is None or cell.count.overdue > worst[1].count.overdue):
                    worst = (row, cell, mandate)
        return worst


_WEEK = Prepared(
    lambda on: MarkWeek.objects.filter(week__lte=on).order_by("-week").values_list("week", "upto_id")[:1], date
)


def _below(rows: Any, parent: int) -> Any:
    """Of the territories right below `parent`, and of itself."""
    return rows.filter(Q(territory__parent=parent) | Q(territory=parent)).order_by()


_MARKS = Prepared(
    lambda parent, week: _below(Mark.objects.filter(week=week), parent).values_list("territory", "mandate", *STATES),
    int,
    date,
)


def _sums(rows: Any) -> Any:
    return (
        rows.values("territory", "mandate")
        .annotate(**{f"s_{state}": Sum(state) for state in STATES})
        .values_list("territory", "mandate", *(f"s_{state}" for state in STATES))
    )


# What the mark does not hold: days from its week on, and older days whose row was written after it. Asked apart, since
# no index serves an "or" of the two.
_SINCE = Prepared(
    lambda parent, week, on: _sums(_below(Tally.objects.filter(day__gte=week, day__lte=on), parent)), int, date, date
)
_LATE = Prepared(
    lambda parent, upto, week: _sums(_below(Tally.objects.filter(id__gt=upto, day__lt=week), parent)), int, int, date
)
_ALL = Prepared(lambda parent, on: _sums(_below(Tally.objects.filter(day__lte=on), parent)), int, date)


def counts_below(parent: int, on: date) -> dict[tuple[int, int], Count]:
    """(territory, mandate) -> counts of a territory and of those right below it on a day. Four queries."""
    counts: dict[tuple[int, int], Count] = defaultdict(Count)
    marks = _WEEK.rows(on)
    if not marks:
        sums = _ALL.rows(parent, on)
    else:
        week, upto = marks[0]
        for territory, mandate, *numbers in _MARKS.rows(parent, week):
            counts[territory, mandate] = Count(*numbers)
        sums = [*_SINCE.rows(parent, week, on), *_LATE.rows(parent, upto, week)]
    for territory, mandate, *numbers in sums:
        counts[territory, mandate] += Count(*numbers)
    return counts


def count_of(territory_id: int, on: date) -> Count:
    """Counts of a territory with all below it on a day, over the mandates in force. Five queries."""
    in_force = {mandate.id for mandate in mandates_in_force(on)}
    counts = counts_below(territory_id, on)
    own = (count for (place, mandate), count in counts.items() if place == territory_id and mandate in in_force)
    return sum(own, Count())


def _counts_of_territories(ids: Iterable[int], on: date) -> dict[tuple[int, int], Count]:
    """The same for any territories, one after the other: for the few places that stand at the top."""
    counts: dict[tuple[int, int], Count] = defaultdict(Count)
    for pk in ids:
        counts |= {key: count for key, count in counts_below(pk, on).items() if key[0] == pk}
    return counts


def _counts_of_agencies(ids: Iterable[int], on: date) -> dict[tuple[int, int], Count]:
    counts: dict[tuple[int, int], dict[str, int]] = defaultdict(dict)
    rows = episodes_on(on).filter(agency__in=list(ids)).order_by().values_list("agency", "mandate", "state")
    for agency, mandate, state, number in rows.annotate(n=CountRows("id")):
        counts[agency, mandate][state] = number
    return {key: Count(**numbers) for key, numbers in counts.items()}


_CHILDREN = Prepared(
    lambda parent: Territory.objects.filter(parent=parent).order_by("name", "id").values_list("id", "name"), int
)
_TOPS = Prepared(lambda: Territory.objects.filter(parent=None).order_by("name", "id").values_list("id", "name"))


def picture(territory: Territory | None, on: date, *, by: str = "territory") -> Picture:
    """The grid under a territory (None: the top): its children, or the agencies that work in it, against the mandates.

    A territory without children is shown by agency; agencies that work for the whole stand in a line of their own.
    Children's counts come from marks and differences, so the cost does not grow with people; agencies' counts from
    their episodes.
    """
    mandates = tuple(mandates_in_force(on))
    children = _CHILDREN.rows(territory.pk) if territory else _TOPS.rows()
    if territory is None and len(children) == 1:
        # One country stands alone at the top: its name says nothing, its parts do.
        territory = Territory(pk=children[0][0], name=children[0][1])
        children = _CHILDREN.rows(territory.pk) or children
    if by == "agency" or not children:
        by = "agency"
        agencies = Agency.objects.filter(Q(closed_on=None) | Q(closed_on__gt=on))
        if territory is not None:
            inside = TerritoryLink.objects.filter(ancestor=territory).values("descendant")
            agencies = agencies.filter(territory__in=inside)
        children = list(agencies.values_list("id", "name"))
    ids = [child for child, _name in children]
    if by == "agency":
        counts = _counts_of_agencies(ids, on)
    else:
        counts = counts_below(territory.pk, on) if territory else _counts_of_territories(ids, on)
        # A country without parts is its own only line.
        if territory is not None and territory.pk not in ids and _leave_itself(territory.pk, ids, counts):
            children.append((territory.pk, _("%(place)s itself") % {"place": territory.name}))
    none = Count()
    rows = [
        PictureRow(child, name, tuple(Cell(child, m.id, counts.get((child, m.id), none)) for m in mandates))
        for child, name in children
    ]
    rows.sort(key=lambda row: (-row.gaps, -row.short, row.name))
    return Picture(on, by, territory, mandates, tuple(rows))


def _leave_itself(territory: int, children: list[int], counts: dict[tuple[int, int], Count]) -> bool:
    """Take the children out of a territory's own counts; whether anything is left: agencies that work for the whole."""
    left = False
    for at, mandate in [key for key in counts if key[0] == territory]:
        own = counts[at, mandate] - sum((counts.get((child, mandate), Count()) for child in children), Count())
        counts[at, mandate] = own
        left = left or own != Count()
    return left


@dataclass(frozen=True)
class CellDetail:
    """What stands behind one cell: counts by agency (of a territory) or the reasons (of an agency), never a name."""

    count: Count
    parts: tuple[tuple[str, int, Count], ...]
    reasons: tuple[tuple[str, int], ...]


def cell_detail(agencies: Iterable[int], mandate_id: int, on: date) -> CellDetail:
    """Counts of one mandate by agency on a day, most short first, and how many lack it for which reason.

    Three queries.
    """
    ids = list(agencies)
    counts = _counts_of_agencies(ids, on)
    names = dict(Agency.objects.filter(pk__in=ids).values_list("id", "name"))
    parts = sorted(
        ((names[agency], agency, count) for (agency, mandate), count in counts.items() if mandate == mandate_id),
        key=lambda part: (-part[2].overdue, part[0]),
    )
    rows = (
        episodes_on(on)
        .filter(agency__in=ids, mandate=mandate_id, state="overdue")
        .order_by()
        .values_list("why")
        .annotate(n=CountRows("id"))
    )
    return CellDetail(
        sum((count for _n, _i, count in parts), Count()),
        tuple(parts),
        tuple(sorted(((why, number) for why, number in rows), key=lambda pair: -pair[1])),
    )


__all__ = ["Cell", "CellDetail", "Picture", "PictureRow", "cell_detail", "picture", "reason"]
