from datetime import datetime
from typing import Any, BinaryIO

from django.http import Http404
from django.utils.translation import gettext as _

from concerted.directory.access import IMPORT, PLACES, filter_territories
from concerted.directory.imports.agencies import Entry, Reader
from concerted.directory.imports.headers import AGENCIES, settle
from concerted.directory.imports.known import fold, nearest, paths_of
from concerted.directory.imports.reading import Sheet
from concerted.directory.imports.result import Result
from concerted.directory.imports.territories import Places, many_places
from concerted.directory.models import Agency, Person, Sector, Territory
from concerted.directory.services.taking_in import all_or_nothing
from concerted.kit import access
from concerted.kit.access import Reach
from concerted.ledger.services import record


def import_agencies(
    stream: BinaryIO, *, columns: dict[str, str] | None = None, dry_run: bool = False, by: Person | None, at: datetime
) -> Result:
    """Take agencies in from CSV, all or nothing; with `dry_run` only say what would happen.

    A line is an agency with its sector, by code or name, and where it works, by a path or a name that is there once.
    An agency that is there already (same name in the same territory) is skipped; that it is closed or stands in
    another sector is an error, because the line says otherwise. Territories outside what `by` reaches are answered
    like territories that are not there.
    """
    reach = Reach(everywhere=True)
    if by is not None:
        access.allow(by, "C", IMPORT)
        reach = access.reach(by, "C", PLACES)
        if not reach:
            raise Http404
    result = Result()
    with all_or_nothing(result, dry_run=dry_run):
        sheet = Sheet(stream)
        settled = settle(sheet.headers, AGENCIES, columns or {}, ["name", "sector", "territory"])
        reader, known = Reader(settled, result), _Known(reach)
        entries = [entry for line in sheet.lines() if (entry := reader.read(line)) is not None]
        fresh = [agency for entry in entries if (agency := _agency(entry, known, reader)) is not None]
        if not result.faults and not dry_run:
            Agency.objects.bulk_create(fresh, batch_size=500)
            record("agencies imported", by=by, object_kind="import", object_id="agencies", words=result.plain())
    return result


class _Known:
    """Sectors, territories within reach, and agencies. Three queries; `lines` remembers what the file brought."""

    def __init__(self, reach: Reach) -> None:
        self.sectors: dict[str, Sector] = {}
        self.sector_names: dict[str, str] = {}
        for sector in Sector.objects.all():
            self.sectors.setdefault(fold(sector.code), sector)
            for name in sector.names.values():
                self.sectors.setdefault(fold(name), sector)
                self.sector_names.setdefault(fold(name), name)
        paths = paths_of(Territory.objects.order_by().values_list("pk", "name", "parent_id"))
        if not reach.everywhere:
            inside = set(filter_territories(reach, Territory.objects.order_by()).values_list("pk", flat=True))
            paths = {path: pk for path, pk in paths.items() if pk in inside}
        self.paths, self.places = paths, Places(paths)
        rows = Agency.objects.order_by().values_list("name", "territory_id", "sector_id", "closed_on")
        self.agencies = {(territory, fold(name)): (sector, closed) for name, territory, sector, closed in rows}
        self.lines: dict[tuple[int, str], int] = {}


def _agency(entry: Entry, known: _Known, reader: Reader) -> Agency | None:
    """The agency a line brings; None when it is there already, which is counted, or has a fault."""
    sector, territory = _sector(entry, known, reader), _territory(entry, known, reader)
    if sector is None or territory is None:
        return None
    key = (territory, fold(entry.name))
    line = known.lines.setdefault(key, entry.line)
    if line != entry.line:
        _blame(
            entry, "", reader, _("This line repeats line %(line)s.") % {"line": line}, _("Take one of the two away.")
        )
    elif key not in known.agencies:
        reader.result.create += 1
        return Agency(name=entry.name, sector=sector, territory_id=territory)
    else:
        _compare(entry, known.agencies[key], sector, reader)
    return None


def _compare(entry: Entry, stored: tuple[int, Any], sector: Sector, reader: Reader) -> None:
    held, closed = stored
    if closed:
        message = _("“%(name)s” is there and closed.") % {"name": entry.name[:60]}
        _blame(entry, "name", reader, message, _("Take the line away, or give the new agency another name."))
    elif held != sector.pk:
        message = _("“%(name)s” is there in another sector.") % {"name": entry.name[:60]}
        _blame(entry, "sector", reader, message, _("Correct the sector, or take the line away."))
    else:
        reader.result.skip += 1


def _sector(entry: Entry, known: _Known, reader: Reader) -> Sector | None:
    found = known.sectors.get(fold(entry.sector))
    if found is None:
        message = _("There is no sector “%(name)s”.") % {"name": entry.sector[:60]}
        remedy = nearest(entry.sector, known.sector_names, reader.result)
        _blame(entry, "sector", reader, message, remedy or _("Use a sector of the response, or add it in the set-up."))
    return found


def _territory(entry: Entry, known: _Known, reader: Reader) -> int | None:
    found = known.places.find(entry.territory)
    if len(found) == 1:
        return known.paths[found.pop()]
    if found:
        _blame(entry, "territory", reader, *many_places(entry.territory[:200], found))
        return None
    message = _("There is no territory “%(parent)s”.") % {"parent": entry.territory[:200]}
    names = {fold(path[-1]): path[-1] for path in known.paths}
    remedy = nearest(entry.territory, names, reader.result)
    _blame(entry, "territory", reader, message, remedy or _("Bring the territories first, or correct the path."))
    return None


def _blame(entry: Entry, field: str, reader: Reader, message: str, remedy: str) -> None:
    reader.blame(entry.line, field, message, remedy)
