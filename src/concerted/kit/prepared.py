"""Queries compiled once a process, for the few that every page asks.

Building SQL out of a queryset costs several times what a small query costs to run. A `Prepared` does it once a
database and fills in the values each time; the queryset stays the one place that says what is asked.

    UNREAD = Prepared(lambda person: Notice.objects.filter(person=person, read_at=None).values_list("id"), int)
    UNREAD.rows(person.pk)
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

#: Fields whose values come again and again, and cannot be changed once read.
_SAME_AGAIN = (models.DateField, models.UUIDField)
#: Names in many languages are read once; there are never many of them.
_MOST_NAMES = 4096
_STAND_INS: dict[type, Callable[[int], Any]] = {
    int: lambda n: 7_777_777_000 + n,
    str: lambda n: f"stand-in-{n}",
    date: lambda n: date(7001, 1, 1 + n),
}


@dataclass(frozen=True)
class _Built:
    sql: str
    #: For each value of the statement: which argument fills it, or None, and the fixed value.
    slots: tuple[tuple[int | None, Any], ...]
    #: For each column that is not used as it comes: its place, and from what the database gave to what we use.
    converters: tuple[tuple[int, Callable[[Any], Any]], ...]


class Prepared:
    """A `values_list` queryset as a function of its arguments; `kinds` are their types: int, str or date."""

    def __init__(self, make: Callable[..., Any], *kinds: type) -> None:
        self._make, self._kinds = make, kinds
        self._built: dict[str, _Built] = {}

    def rows(self, *arguments: Any) -> list[tuple[Any, ...]]:
        """Run it: the rows as `values_list` gives them."""
        # Looked up once: `django.db.connection` would look it up again for each of its attributes.
        here = connections[DEFAULT_DB_ALIAS]
        built = self._built.get(here.vendor) or self._build(here)
        fit = here.ops.adapt_datefield_value
        fitted = [fit(value) if isinstance(value, date) else value for value in arguments]
        values = [fitted[slot] if slot is not None else fixed for slot, fixed in built.slots]
        with here.cursor() as cursor:
            cursor.execute(built.sql, values)
            found: list[tuple[Any, ...]] = cursor.fetchall()
        if not found or not built.converters:
            return found
        columns = list(zip(*found, strict=True))
        for place, convert in built.converters:
            # The same day, name or list stands in many rows: it is read once.
            read = {value: convert(value) for value in set(columns[place])}
            columns[place] = tuple([read[value] for value in columns[place]])
        return list(zip(*columns, strict=True))

    def _build(self, here: BaseDatabaseWrapper) -> _Built:
        stand_ins = [_STAND_INS[kind](place) for place, kind in enumerate(self._kinds)]
        compiler = self._make(*stand_ins).query.get_compiler(connection=here)
        sql, values = compiler.as_sql()
        fit = here.ops.adapt_datefield_value
        fitted = [fit(stand_in) if isinstance(stand_in, date) else stand_in for stand_in in stand_ins]
        slots = tuple((fitted.index(value), None) if value in fitted else (None, value) for value in values)
        if {slot for slot, _value in slots} - {None} != set(range(len(self._kinds))):
            raise ValueError("An argument does not reach the statement as it is.")
        given = compiler.get_converters([column[0] for column in compiler.select])
        converters = tuple((place, _in_turn(steps, column)) for place, (steps, column) in given.items())
        built = self._built[here.vendor] = _Built(sql, slots, converters)
        return built


def _in_turn(steps: list[Callable[..., Any]], column: Any) -> Callable[[Any], Any]:
    """Django's converters of a column as one function."""

    def convert(value: Any) -> Any:
        here = connections[DEFAULT_DB_ALIAS]
        for step in steps:
            value = step(value, column, here)
        return value

    if type(column.output_field) in _SAME_AGAIN:
        return lru_cache(4096)(convert)
    return _names_once(convert) if type(column.output_field) is models.JSONField else convert


def _names_once(convert: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Names by language come in the same words on every page: read once, and handed out so that nobody can change
    them. Any other JSON is read anew each time, since whoever gets it may.
    """
    known: dict[str, MappingProxyType[str, str]] = {}

    def read(value: Any) -> Any:
        if value in known:
            return known[value]
        found = convert(value)
        if isinstance(found, dict) and all(isinstance(word, str) for word in found.values()):
            if len(known) >= _MOST_NAMES:
                known.clear()
            found = known[value] = MappingProxyType(found)
        return found

    return read
