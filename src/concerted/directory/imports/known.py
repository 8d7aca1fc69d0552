"""The names a staff list may use, read once: agencies, professions and territories, and how to tell which is meant."""

from collections import defaultdict
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.directory.access import filter_agencies
from concerted.directory.imports.people import Entry
from concerted.directory.imports.result import Result
from concerted.directory.imports.territories import Path
from concerted.directory.models import Agency, Profession
from concerted.directory.queries.territories import above_in_words
from concerted.kit.access import Reach


def fold(text: str) -> str:
    """A name as it is compared: one blank between words, small letters, a typewriter's apostrophe."""
    return " ".join(text.split()).casefold().replace("’", "'")


def nearest(text: str, names: dict[str, str], result: Result) -> str:
    """A question after the nearest of the names (folded: as written), or nothing."""
    # Only for names of usual length, and only while faults are still kept: the comparison is slow.
    if len(text) > 80 or result.left_out:
        return ""
    near = get_close_matches(fold(text), names, 1, 0.75)
    return _("Did you mean “%(name)s”?") % {"name": names[near[0]]} if near else ""


def paths_of(rows: Iterable[tuple[int, str, int | None]]) -> dict[Path, int]:
    """Every territory (id, name, id of its parent) by its path from the top."""
    by_id = {pk: (name, parent) for pk, name, parent in rows}
    paths: dict[Path, int] = {}
    for pk in by_id:
        steps: list[str] = []
        at: int | None = pk
        while at is not None:
            name, at = by_id[at]
            steps.append(name)
        paths[tuple(reversed(steps))] = pk
    return paths


class Known:
    """Agencies within reach, all professions, and the territories agencies stand in. Few queries, once a file."""

    def __init__(self, reach: Reach, columns: dict[str, str], result: Result) -> None:
        self.columns, self.result = columns, result
        open_ones = Agency.objects.filter(Q(closed_on=None) | Q(closed_on__gt=timezone.localdate()))
        rows = list(filter_agencies(reach, open_ones, "").order_by("pk").values_list("pk", "name", "territory_id"))
        self.agencies: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for pk, name, territory in rows:
            self.agencies[fold(name)].append((pk, territory))
        self.names = {fold(name): name for _pk, name, _territory in rows}
        self.territories: dict[int, str] | None = None
        self.stands_in = {territory for _pk, _name, territory in rows}
        self.professions: dict[str, int] = {}
        self.profession_names: dict[str, str] = {}
        self._read_professions()

    def _read_professions(self) -> None:
        for row in Profession.objects.all():
            self.professions.setdefault(row.code.casefold(), row.pk)
            for name in row.names.values():
                self.professions.setdefault(fold(name), row.pk)
                self.profession_names.setdefault(fold(name), name)

    def profession(self, entry: Entry) -> int | None:
        """The profession a line means, by code or by its name in any language."""
        found = self.professions.get(fold(entry.profession))
        if found is None:
            self._blame(
                entry,
                "profession",
                _("There is no profession “%(name)s”.") % {"name": entry.profession[:60]},
                nearest(entry.profession, self.profession_names, self.result)
                or _("Use a profession of the response, or ask the coordinator to add it."),
            )
        return found

    def agency(self, entry: Entry) -> tuple[int, int] | None:
        """(agency, territory) a line means; where names repeat, its territory decides."""
        found = self.agencies.get(fold(entry.agency), [])
        if entry.territory and found:
            found = self._in_territory(entry, found)
            if not found:
                return None
        if len(found) == 1:
            return found[0]
        if found:
            self._blame(
                entry,
                "agency",
                _("There are %(count)s agencies “%(name)s”.") % {"count": len(found), "name": entry.agency[:60]},
                _("Say which in a column “territory”, for example: %(place)s.") % {"place": self._place(found[0][1])},
            )
        else:
            self._blame(
                entry,
                "agency",
                _("There is no agency “%(name)s”.") % {"name": entry.agency[:60]},
                nearest(entry.agency, self.names, self.result)
                or _("Add the agency under People first, or correct the name."),
            )
        return None

    def _in_territory(self, entry: Entry, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
        wanted = [fold(step) for step in entry.territory.replace(">", ",").split(",")]
        # From the top down, or as lists of places are read: "Likoni, Mombasa".
        kept = [pair for pair in found if self._fits(wanted, pair[1]) or self._fits(wanted[::-1], pair[1])]
        if not kept:
            self._blame(
                entry,
                "territory",
                _("“%(agency)s” does not work in “%(place)s”.")
                % {"agency": entry.agency[:60], "place": entry.territory[:60]},
                _("It works in %(place)s. Correct the cell, or leave it empty.") % {"place": self._place(found[0][1])},
            )
        return kept

    def _fits(self, wanted: list[str], territory: int) -> bool:
        """Whether the steps asked for are met, in their order, on the way down to the territory."""
        steps = iter(fold(step) for step in self._place(territory).split(", "))
        return all(any(step == at for at in steps) for step in wanted)

    def _place(self, territory: int) -> str:
        if self.territories is None:
            self.territories = above_in_words(self.stands_in)
        return self.territories[territory]

    def _blame(self, entry: Entry, field: str, message: Any, remedy: Any) -> None:
        self.result.blame(entry.line, self.columns.get(field, field), message, remedy)
