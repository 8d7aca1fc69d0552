"""Tables that sort, filter and turn their pages by the address alone, so a view of one can be kept and sent on."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter, itemgetter
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from concerted.kit import digits

SIZES = (25, 50, 100)
Cell = Callable[[Any], Any]


@dataclass(frozen=True)
class Column:
    """One column. `value` reads a row (default: attribute or key named `key`); `sort` names the field to order by."""

    key: str
    label: Any
    value: Cell | None = None
    sort: str = ""
    numeric: bool = False
    #: What an export writes when `value` returns markup.
    plain: Cell | None = None

    def read(self, row: Any) -> Any:
        """What the page shows of this row."""
        if self.value is not None:
            return self.value(row)
        return itemgetter(self.key)(row) if isinstance(row, dict) else attrgetter(self.key)(row)


@dataclass(frozen=True)
class Filter:
    """One filter in the address: a list when it has `choices`, else a box to type in; `lookups` are of fields."""

    key: str
    label: Any
    lookups: tuple[str, ...] = ()
    choices: Sequence[tuple[str, Any]] = ()
    #: Takes rows and the value; used instead of `lookups`.
    apply: Callable[[Any, str], Any] | None = None

    def narrow(self, rows: Any, value: str) -> Any:
        """The rows that fit `value`; a value that is not among the choices narrows nothing."""
        if not value or (self.choices and value not in {str(code) for code, _ in self.choices}):
            return rows
        if self.apply is not None:
            return self.apply(rows, value)
        condition = Q()
        for lookup in self.lookups:
            condition |= Q(**{lookup: value})
        return rows.filter(condition)


@dataclass(frozen=True)
class Head:
    """A column's head as shown: `href` sorts by it, `sorted` is the word for aria-sort."""

    label: Any
    href: str
    sorted: str
    numeric: bool


class Table:
    """A list as a table. `rows` is a queryset or a list, `params` is request.GET; the first column names the row."""

    def __init__(
        self,
        columns: Sequence[Column],
        rows: QuerySet[Any] | Sequence[Any],
        params: QueryDict,
        *,
        caption: Any,
        filters: Sequence[Filter] = (),
        order: str = "",
        prefix: str = "",
        exports: bool = False,
        empty: Any = "",
    ) -> None:
        self.columns, self.filters, self.params = columns, filters, params
        self.caption, self.prefix, self.exports, self.empty = caption, prefix, exports, empty
        self._given, self._order = rows, order

    def _param(self, key: str) -> str:
        return str(self.params.get(self.prefix + key, "")).strip()

    def _href(self, **changes: str) -> str:
        query = self.params.copy()
        query.pop(f"{self.prefix}page", None)
        for key, value in changes.items():
            query[self.prefix + key] = value
        return f"?{query.urlencode()}"

    @property
    def order(self) -> str:
        """What the rows are ordered by: a column's key, with a minus for the other way round."""
        asked = self._param("sort")
        known = {column.key for column in self.columns if column.sort}
        return asked if asked.removeprefix("-") in known else self._order

    @cached_property
    def rows(self) -> Any:
        """All rows after filters, in order; for an export."""
        rows: Any = self._given
        for one in self.filters:
            rows = one.narrow(rows, self._param(one.key))
        column = next((c for c in self.columns if c.key == self.order.removeprefix("-") and c.sort), None)
        if column is None:
            return rows if not isinstance(rows, QuerySet) or rows.ordered else rows.order_by("pk")
        back = self.order.startswith("-")
        if isinstance(rows, QuerySet):
            # The key last, so that no row is shown twice or never when many are equal.
            return rows.order_by(f"{'-' if back else ''}{column.sort}", "pk")
        key = itemgetter(column.sort) if rows and isinstance(rows[0], dict) else attrgetter(column.sort)
        return sorted(rows, key=key, reverse=back)

    @cached_property
    def size(self) -> int:
        """Rows on a page."""
        asked = self._param("size")
        return int(asked) if asked in {str(size) for size in SIZES} else SIZES[0]

    @cached_property
    def page(self) -> Page[Any]:
        """The page asked for, or the nearest there is."""
        return Paginator(self.rows, self.size).get_page(digits.plain(self._param("page")) or 1)

    @property
    def heads(self) -> list[Head]:
        """The heads of the columns, in their order."""
        heads = []
        for column in self.columns:
            way = {column.key: "ascending", f"-{column.key}": "descending"}.get(self.order, "")
            href = self._href(sort=f"-{column.key}" if way == "ascending" else column.key) if column.sort else ""
            heads.append(Head(column.label, href, way, column.numeric))
        return heads

    @property
    def lines(self) -> list[tuple[Any, list[tuple[Any, Any, bool]]]]:
        """Each row of the page: what names it, then (label, shown, numeric) for every other column."""
        first, rest = self.columns[0], self.columns[1:]
        return [(first.read(row), [(c.label, _shown(c.read(row)), c.numeric) for c in rest]) for row in self.page]

    @property
    def filter_fields(self) -> list[tuple[str, Any, str, list[tuple[str, Any, bool]]]]:
        """(name, label, value, choices) of each filter, for the form above the table."""
        return [
            (
                self.prefix + one.key,
                one.label,
                self._param(one.key),
                [(str(code), label, str(code) == self._param(one.key)) for code, label in one.choices],
            )
            for one in self.filters
        ]

    @property
    def sizes(self) -> list[tuple[str, int, bool]]:
        """(address, rows on a page, chosen) for the choice of size; empty when all fit on the smallest page."""
        if self.page.paginator.count <= SIZES[0]:
            return []
        return [(self._href(size=str(size)), size, size == self.size) for size in SIZES]

    def export_href(self, kind: str) -> str:
        """Address of this list as a file ("csv" or "xlsx"), with the same filters and order."""
        return self._href(format=kind)

    @property
    def export_links(self) -> list[tuple[str, str]]:
        """(address, word) of each kind of file."""
        return [(self.export_href("csv"), "CSV"), (self.export_href("xlsx"), "XLSX")] if self.exports else []

    def plain_rows(self) -> Iterable[list[Any]]:
        """All rows as plain values, for `kit.exports.answer`."""
        rows = self.rows.iterator(2000) if isinstance(self.rows, QuerySet) else self.rows
        for row in rows:
            yield [(column.plain or column.read)(row) for column in self.columns]


def _shown(value: Any) -> Any:
    if isinstance(value, bool) or value is None:
        return "–" if not value else "✓"
    if isinstance(value, int | float) and not isinstance(value, SafeString):
        return digits.number(value)
    return value
