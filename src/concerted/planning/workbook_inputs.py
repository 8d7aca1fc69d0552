"""The inputs of a plan as a sheet of its workbook: every value with its place, unit, source and name."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from concerted.planning.rules.plan import Plan

Row = list[Any]
#: What a cell's name may hold beside letters and digits: a key's "-" is none of it.
_NO_NAME = re.compile(r"[^A-Za-z0-9_.]")


class Inputs:
    """Every value of the plan with its place, unit and source, and the cell in which it stands."""

    def __init__(self, plan: Plan) -> None:
        self.sheet = _("Inputs")
        self.rows: list[Row] = [[_("Place in the plan"), _("Value"), _("Unit"), _("Source"), _("Name of the cell")]]
        self.names: dict[str, str] = {}
        #: Cells that a formula reads: changing them moves sums.
        self.used: set[str] = set()
        self._cells: dict[str, str] = {}
        for place, value, source in _values(plan.model_dump(exclude_none=True, exclude={"options"}), "", ""):
            cell, name = f"B{len(self.rows) + 1}", _NO_NAME.sub("_", place)
            named = name not in self.names and not isinstance(value, str)
            if named:
                self.names[name] = cell
            self._cells[place] = cell
            self.rows.append([place, value, _unit(plan, place), source, name if named else ""])

    def cell(self, place: str) -> str:
        """Where a value stands, as a formula of another sheet refers to it."""
        self.used.add(self._cells[place])
        letter, row = self._cells[place][0], self._cells[place][1:]
        return f"{quoted(self.sheet)}!${letter}${row}"


def _values(part: Any, place: str, source: str) -> Iterator[tuple[str, float | str, str]]:
    """The single values of a part, each with its place and the nearest source around it."""
    if isinstance(part, dict):
        near = part.get("source") or source
        for key, inner in part.items():
            yield from _values(inner, f"{place}.{key}" if place else key, near)
    elif isinstance(part, list):
        for number, inner in enumerate(part):
            yield from _values(inner, f"{place}.{number}", source)
    else:
        yield place, str(part) if isinstance(part, bool) else part, source


def _unit(plan: Plan, place: str) -> str:
    money = f"{plan.money.currency} {plan.money.year}"
    last = place.rsplit(".", 1)[-1]
    if place.startswith("costs.") and last == "amount":
        per = plan.costs[place.split(".")[1]].per
        return f"{money}, {per}" + (_(", a year") if per in ("post", "place") else "")
    if place.startswith("funding.") and last == "a_year":
        return money + _(", a year")
    words = {
        "minutes": _("minutes"),
        "patience_minutes": _("minutes"),
        "within_seconds": _("seconds"),
        "weeks": _("weeks"),
        "after_weeks": _("weeks"),
        "hours": _("hours"),
        "contract_hours": _("hours a week"),
        "supervision_hours": _("hours a month"),
        "debrief_hours": _("hours a month"),
        "people": _("people"),
        "women": _("women"),
        "posts": _("full posts"),
        "vacant": _("full posts"),
    }
    return words.get(last, "")


def quoted(sheet: str) -> str:
    """The name of a sheet, as a formula of another refers to it."""
    return "'" + sheet.replace("'", "''") + "'"
