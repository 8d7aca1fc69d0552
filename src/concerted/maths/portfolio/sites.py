"""The sites of a country as the portfolio reads them: small arrays, from which each year of loads is spread out."""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from concerted.maths.arrays import Floats, Whole, first_wrong

#: Whole numbers from zero, one a site, where they are given at all.
_WHOLE = ("authority", "key", "at_least", "contracted", "kind")


class SitesRefused(ValueError):
    """Something about the sites makes no sense; the message says which site, and what to do."""


@dataclass(frozen=True, eq=False)
class Sites:
    """Sites, one row each.

    `weekly`: load in erlangs by hour of the week, shape (sites, hours). `weeks`: what each week is multiplied by,
    shape (sites, weeks). `authority`: which authority answers for a site, 0 to authorities - 1. `key`: a lasting number
    of each site, from which its chance is drawn. `contracted`: seats paid for at any hour; `None` where none are
    compared. `at_least`: seats never gone below, such as two where nobody works alone. `kind`: which table of capacity
    holds, one for each class of handling time and promise to callers; `None` where all have the first.
    """

    weekly: Floats
    weeks: Floats
    authority: Whole
    key: Whole
    at_least: Whole
    contracted: Whole | None = None
    kind: Whole | None = None

    def __post_init__(self) -> None:
        count = len(self.weekly)
        if self.weekly.ndim != 2 or self.weeks.ndim != 2:
            raise SitesRefused("Loads and weeks are tables: one row for each site. Give each two dimensions.")
        for name in ("weeks", *_WHOLE):
            held = getattr(self, name)
            if held is not None and len(held) != count:
                raise SitesRefused(f"There are {count} sites, but {len(held)} rows of {name}. Give one row each.")
        self._refuse_numbers()
        if len(np.unique(self.key)) != count:
            raise SitesRefused("Two sites have the same key, so chance could not tell them apart. Number them anew.")

    def _refuse_numbers(self) -> None:
        for name in ("weekly", "weeks"):
            if wrong := first_wrong(getattr(self, name)):
                raise SitesRefused(f"Site {self.key[wrong[0]]}: {name} has a value missing or below zero. Correct it.")
        for name in _WHOLE:
            held = getattr(self, name)
            if held is not None and (wrong := first_wrong(held)):
                raise SitesRefused(f"Site {self.key[wrong]}: {name} is {held[wrong]}. Give a whole number from zero.")

    @property
    def hours(self) -> int:
        """Hours of the year that is looked at."""
        return self.weekly.shape[1] * self.weeks.shape[1]

    @property
    def authorities(self) -> int:
        return int(self.authority.max()) + 1 if len(self.authority) else 0

    def year(self, row: int) -> Floats:
        """All loads of one site, in erlangs, week after week."""
        return np.multiply.outer(self.weeks[row], self.weekly[row]).ravel()

    def of(self, authority: int) -> "Sites":
        """The sites of one authority, which keeps its number."""
        rows = np.flatnonzero(self.authority == authority)
        return self.rows(rows)

    def rows(self, rows: Whole) -> "Sites":
        """Some of the sites; their chance stays what it was."""
        held = {one.name: getattr(self, one.name) for one in fields(self)}
        some: dict[str, Any] = {name: value if value is None else value[rows] for name, value in held.items()}
        return Sites(**some)
