"""A territory tree from CSV: plain (name, parent path, level, code, women, persons, year, source) or a census."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from django.utils.translation import gettext as _

from concerted.directory.imports.headers import TERRITORIES, settle
from concerted.directory.imports.reading import Line, Sheet, fault_of_cell
from concerted.directory.imports.result import Fault, Result
from concerted.directory.rules import can_be_read

Path = tuple[str, ...]
#: A territory may be named after the county it lies in, and two may share a name under different parents.
_CENSUS = {"country", "census_date", "level", "county", "area", "population_female", "population_persons"}
_LEVELS = {"SubCounty": "Sub-county", "Special Area": "Special area"}
_PARTING = ">"
_LONGEST = 120
_DEEPEST = 20


@dataclass
class Entry:
    """One line of the file: a territory, where it stands, and how many live there."""

    line: int
    name: str
    parent: str
    level: str = ""
    code: str = ""
    year: int = 0
    source: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    path: Path = ()


def read(stream: BinaryIO, chosen: dict[str, str], result: Result) -> list[Entry]:
    """Every territory of the file, faults put into `result`. Raises Unreadable when the file cannot be read at all."""
    sheet = Sheet(stream)
    if set(sheet.headers) >= _CENSUS and not chosen:
        return list(_census(sheet, result))
    columns = settle(sheet.headers, TERRITORIES, chosen, ["name"])
    return list(_plain(sheet, columns, result))


def _lines(sheet: Sheet, result: Result) -> Iterator[Line]:
    for line in sheet.lines():
        if isinstance(line, Fault):
            result.blame_with(line)
        else:
            yield line


def _text(line: Line, column: str | None, result: Result) -> str:
    text = " ".join(line.cells.get(column or "", "").strip(" ").split(" "))
    fault = fault_of_cell(line.no, column or "", text)
    if fault is not None:
        result.blame_with(fault)
    return text


def _name(line: Line, column: str, result: Result) -> str:
    name = _text(line, column, result)
    if not can_be_read(name):
        result.blame(line.no, column, _("The territory has no name."), _("Write one, or take the line away."))
    elif len(name) > _LONGEST:
        result.blame(
            line.no,
            column,
            _("The name has %(count)s signs.") % {"count": len(name)},
            _("Shorten it to at most %(most)s.") % {"most": _LONGEST},
        )
    elif _PARTING in name:
        result.blame(
            line.no, column, _("The name holds “>”, which parts the steps of a path."), _("Leave the sign out.")
        )
    return name


def _number(line: Line, column: str | None, result: Result, most: int = 2_000_000_000) -> int | None:
    text = line.cells.get(column or "", "").strip().replace(" ", "").replace("\u202f", "").replace("\u00a0", "")
    if not text:
        return None
    if text.isdecimal() and len(text) < 12 and int(text) <= most:
        return int(text)
    result.blame(
        line.no,
        column or "",
        _("“%(text)s” is not a whole number.") % {"text": text[:40]},
        _("Write digits only, for example 47564296."),
    )
    return None


def _plain(sheet: Sheet, columns: dict[str, str], result: Result) -> Iterator[Entry]:
    for line in _lines(sheet, result):
        entry = Entry(
            line.no,
            _name(line, columns["name"], result),
            _text(line, columns.get("parent"), result),
            _text(line, columns.get("level"), result)[:40],
            _text(line, columns.get("code"), result)[:40],
        )
        _count_plain(entry, line, columns, result)
        yield entry


def _count_plain(entry: Entry, line: Line, columns: dict[str, str], result: Result) -> None:
    for sex in ("women", "persons"):
        number = _number(line, columns.get(sex), result)
        if number is not None:
            entry.counts[sex] = number
    entry.year = _number(line, columns.get("year"), result, 2200) or 0
    entry.source = _text(line, columns.get("source"), result)[:200]
    if entry.counts and not (entry.year >= 1900 and entry.source):
        result.blame(
            line.no,
            columns.get("source", "source"),
            _("A population needs its year and its source."),
            _("Fill in both, for example 2019 and “national census”."),
        )
    _refuse_more_women(entry, result)


def _refuse_more_women(entry: Entry, result: Result) -> None:
    if entry.counts.get("women", 0) > entry.counts.get("persons", 2**40):
        result.blame(
            entry.line, "women", _("There are more women than persons."), _("Check whether two columns were exchanged.")
        )


def _census(sheet: Sheet, result: Result) -> Iterator[Entry]:
    """A census table: a level, the county, the area; counties stand under the country, the rest under their county."""
    country = ""
    for line in _lines(sheet, result):
        level, name = line.cells["level"].strip(), _name(line, "area", result)
        if level == "Country":
            country = name
        county = _text(line, "county", result)
        steps = {"Country": "", "County": country}.get(level, f"{country} {_PARTING} {county}")
        year = line.cells["census_date"][:4]
        entry = Entry(line.no, name, steps, _LEVELS.get(level, level), "", int(year) if year.isdecimal() else 0)
        entry.source = (
            _("Kenya National Bureau of Statistics, 2019 census")
            if line.cells["country"] == "KE"
            else _("Census %(year)s") % {"year": year}
        )
        for sex, column in (
            ("women", "population_female"),
            ("men", "population_male"),
            ("persons", "population_persons"),
        ):
            number = _number(line, column, result)
            if number is not None:
                entry.counts[sex] = number
        _refuse_more_women(entry, result)
        yield entry


def _readings(words: str) -> Iterator[Path]:
    """The steps a path may mean, from the top down; parted by commas it may also be read as "Likoni, Mombasa"."""
    for parting in (_PARTING, "/", ","):
        yield tuple(step.strip().casefold() for step in words.split(parting))
    yield tuple(step.strip().casefold() for step in reversed(words.split(",")))


class Places:
    """The paths of the file and of the database; finds which parent a line means."""

    def __init__(self, known: dict[Path, int]) -> None:
        self.known = known
        self.by_name: dict[str, set[Path]] = {}
        for path in known:
            self.by_name.setdefault(path[-1].casefold(), set()).add(path)

    def add(self, path: Path) -> None:
        """Take a path of the file in."""
        self.by_name.setdefault(path[-1].casefold(), set()).add(path)

    def find(self, words: str) -> set[Path]:
        """Every path that ends as the words say: "Mombasa", "Kenya > Mombasa", "Kenya/Mombasa", "Mombasa, Kenya"."""
        for steps in _readings(words):
            found = {
                path
                for path in self.by_name.get(steps[-1], ())
                if tuple(step.casefold() for step in path[-len(steps) :]) == steps
            }
            exact = {path for path in found if len(path) == len(steps)}
            # "Kenya > Mombasa" spelt out from the top is that one, even if a longer path ends alike.
            if exact:
                return exact
            if found:
                return found
        return set()


def place(entries: list[Entry], known: dict[Path, int], result: Result) -> list[Entry]:
    """Give every entry its path from the top, parents first. What cannot be placed becomes a fault of `result`."""
    places, waiting, placed = Places(known), entries, []
    seen: dict[Path, int] = {}
    while waiting:
        later = []
        for entry in waiting:
            if not _settle(entry, places, result):
                later.append(entry)
                continue
            if entry.path and _first_time(entry, seen, result):
                places.add(entry.path)
                placed.append(entry)
        if len(later) == len(waiting):
            _blame_the_rest(later, result)
            break
        waiting = later
    return placed


def many_places(words: str, found: set[Path]) -> tuple[str, str]:
    """What is wrong with words that may mean several territories, and what to do."""
    return (
        _("“%(parent)s” may be any of %(count)s territories.") % {"parent": words, "count": len(found)},
        _("Write the whole path, for example: %(path)s.") % {"path": f" {_PARTING} ".join(min(found))},
    )


def _settle(entry: Entry, places: Places, result: Result) -> bool:
    """Whether the entry could be decided on: it then has its path, or a fault."""
    if not entry.parent:
        entry.path = (entry.name,)
        return True
    found = places.find(entry.parent)
    if not found:
        return False
    if len(found) > 1:
        result.blame(
            entry.line,
            "parent",
            *many_places(entry.parent, found),
        )
        return True
    path = (*found.pop(), entry.name)
    if len(path) > _DEEPEST:
        result.blame(
            entry.line,
            "parent",
            _("The tree goes deeper than %(most)s steps.") % {"most": _DEEPEST},
            _("Let this territory stand higher up."),
        )
    else:
        entry.path = path
    return True


def _first_time(entry: Entry, seen: dict[Path, int], result: Result) -> bool:
    key = tuple(step.casefold() for step in entry.path)
    if key in seen:
        result.blame(
            entry.line,
            "name",
            _("“%(name)s” already stands under the same parent on line %(line)s.")
            % {"name": entry.name, "line": seen[key]},
            _("Take one of the two lines away, or give them different names."),
        )
        return False
    seen[key] = entry.line
    return True


def _last_step(entry: Entry) -> str:
    return entry.parent.split(_PARTING)[-1].strip().casefold()


def _circle(entry: Entry, by_name: dict[str, Entry]) -> list[Entry]:
    """The entries one meets going up from this one until one comes round again; empty when there is no circle."""
    way: list[Entry] = []
    at: Entry | None = entry
    while at is not None:
        if at in way:
            return way[way.index(at) :]
        way.append(at)
        at = by_name.get(_last_step(at))
    return []


def _blame_the_rest(waiting: list[Entry], result: Result) -> None:
    by_name: dict[str, Entry] = {}
    for entry in waiting:
        by_name.setdefault(entry.name.casefold(), entry)
    told: set[int] = set()
    for entry in waiting:
        circle = _circle(entry, by_name)
        if circle and entry in circle and entry.line not in told:
            told |= {one.line for one in circle}
            words = " → ".join(one.name for one in [*circle, circle[0]])
            result.blame(
                entry.line,
                "parent",
                _("These territories stand in a circle: %(way)s.") % {"way": words},
                _("Let one of them stand under a territory outside the circle, or at the top."),
            )
        elif not circle and _last_step(entry) not in by_name:
            result.blame(
                entry.line,
                "parent",
                _("There is no territory “%(parent)s”.") % {"parent": entry.parent},
                _("Add a line for it, or correct the path. Steps are parted by “>”."),
            )
