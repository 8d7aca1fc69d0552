from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, BinaryIO, TypeVar

from django.db import transaction
from django.http import Http404

from concerted.directory.access import IMPORT
from concerted.directory.imports import territories as tree
from concerted.directory.imports.known import paths_of
from concerted.directory.imports.result import Result, Unreadable
from concerted.directory.imports.territories import Entry
from concerted.directory.models import Person, Population, Territory, TerritoryLink
from concerted.kit import access
from concerted.ledger.services import record

_T = TypeVar("_T")
_BATCH = 2000


def import_territories(
    stream: BinaryIO, *, columns: dict[str, str] | None = None, dry_run: bool = False, by: Person | None, at: datetime
) -> Result:
    """Take a territory tree in from CSV, all or nothing; with `dry_run` only say what would happen.

    A territory that is already there (same name under the same parent) is changed, or skipped when nothing differs.
    Only who may import everywhere may: the top of the tree belongs to all.
    """
    if by is not None and not access.reach(by, "C", IMPORT).everywhere:
        raise Http404
    result = Result()
    with transaction.atomic():
        try:
            entries = tree.read(stream, columns or {}, result)
        except Unreadable as error:
            result.blame_with(error.fault)
            return result
        known = _Known()
        placed = tree.place(entries, known.paths, result)
        if not result.faults:
            _count(placed, known, result)
            if not dry_run:
                _write(placed, known)
                record(
                    "territories imported", by=by, object_kind="import", object_id="territories", words=result.plain()
                )
    return result


class _Known:
    """What is stored: every territory by its path, and every population. Three queries."""

    def __init__(self) -> None:
        self.rows = {row.pk: row for row in Territory.objects.all()}
        self.paths = paths_of((row.pk, row.name, row.parent_id) for row in self.rows.values())
        self.folded = {tuple(step.casefold() for step in path): pk for path, pk in self.paths.items()}
        self.counts = {(row.territory_id, row.year, row.sex): row for row in Population.objects.filter(age_band="all")}

    def find(self, entry: Entry) -> int | None:
        """The stored territory an entry means."""
        return self.folded.get(tuple(step.casefold() for step in entry.path))

    def changed_counts(self, pk: int, entry: Entry) -> list[Population]:
        """The populations of an entry that are not stored so yet."""
        fresh = []
        for sex, number in entry.counts.items():
            stored = self.counts.get((pk, entry.year, sex))
            if stored is None or (stored.persons, stored.source) != (number, entry.source):
                fresh.append(_population(pk, entry, sex, number))
        return fresh

    def differs(self, pk: int, entry: Entry) -> bool:
        """Whether level or code are written otherwise; an empty cell leaves what is stored."""
        row = self.rows[pk]
        return bool((entry.level and entry.level != row.level) or (entry.code and entry.code != row.code))


def _population(pk: int, entry: Entry, sex: str, number: int) -> Population:
    return Population(territory_id=pk, year=entry.year, sex=sex, persons=number, source=entry.source)


def _count(placed: list[Entry], known: _Known, result: Result) -> None:
    for entry in placed:
        pk = known.find(entry)
        if pk is None:
            result.create += 1
        elif known.differs(pk, entry) or known.changed_counts(pk, entry):
            result.change += 1
        else:
            result.skip += 1


def _chunks(rows: Sequence[_T]) -> Iterator[Sequence[_T]]:
    for start in range(0, len(rows), _BATCH):
        yield rows[start : start + _BATCH]


def _write(placed: list[Entry], known: _Known) -> None:
    by_depth: dict[int, list[Entry]] = defaultdict(list)
    for entry in placed:
        by_depth[len(entry.path)].append(entry)
    above = _above()
    counts: list[Population] = []
    for depth in sorted(by_depth):
        _write_level(by_depth[depth], known, above, counts)
    for chunk in _chunks(counts):
        Population.objects.bulk_create(
            chunk,
            update_conflicts=True,
            unique_fields=["territory", "year", "sex", "age_band"],
            update_fields=["persons", "source"],
        )


def _above() -> dict[int, list[int]]:
    """Every stored territory with all above it, nearest first, itself included."""
    above: dict[int, list[int]] = defaultdict(list)
    for descendant, ancestor in TerritoryLink.objects.order_by("descendant", "depth").values_list(
        "descendant_id", "ancestor_id"
    ):
        above[descendant].append(ancestor)
    return above


def _write_level(entries: list[Entry], known: _Known, above: dict[int, list[int]], counts: list[Population]) -> None:
    """Write the entries of one depth; their parents are stored by now."""
    fresh, changed = [], []
    for entry in entries:
        pk = known.find(entry)
        if pk is None:
            parent = known.folded[tuple(step.casefold() for step in entry.path[:-1])] if len(entry.path) > 1 else None
            fresh.append((entry, Territory(parent_id=parent, name=entry.name, level=entry.level, code=entry.code)))
            continue
        counts += known.changed_counts(pk, entry)
        if known.differs(pk, entry):
            row = known.rows[pk]
            row.level, row.code = entry.level or row.level, entry.code or row.code
            changed.append(row)
    Territory.objects.bulk_update(changed, ["level", "code"], batch_size=_BATCH // 4)
    Territory.objects.bulk_create([row for _entry, row in fresh], batch_size=_BATCH)
    links: list[Any] = []
    for entry, row in fresh:
        known.folded[tuple(step.casefold() for step in entry.path)] = row.pk
        above[row.pk] = [row.pk, *(above[row.parent_id] if row.parent_id else [])]
        links += [TerritoryLink(ancestor_id=up, descendant_id=row.pk, depth=n) for n, up in enumerate(above[row.pk])]
        counts += [_population(row.pk, entry, sex, number) for sex, number in entry.counts.items()]
    TerritoryLink.objects.bulk_create(links, batch_size=_BATCH)
