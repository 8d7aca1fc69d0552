"""One line of a list of agencies, from cells to values. Knows no database."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from concerted.directory.imports.cells import Cells
from concerted.directory.imports.reading import Line
from concerted.directory.imports.result import Fault


@dataclass(frozen=True)
class Entry:
    """One line: an agency, its sector, and where it works, as they are written."""

    line: int
    name: str
    sector: str
    territory: str


class Reader(Cells):
    """Turns lines into entries."""

    def read(self, line: Line | Fault) -> Entry | None:
        """The entry of a line, or None when it has a fault, which is then in `result`."""
        whole, before = self.whole(line), self.result.faults
        if whole is None:
            return None
        entry = Entry(whole.no, self._name(whole), self._sector(whole), self._territory(whole))
        return entry if self.result.faults == before else None

    def _name(self, line: Line) -> str:
        name = self.needed(
            line, "name", _("The name is missing."), _("Write the agency's name, or take the line away.")
        )
        name = " ".join(name.split())
        self.refuse_longer(line, "name", name)
        return name

    def _sector(self, line: Line) -> str:
        return self.needed(line, "sector", _("The sector is missing."), _("Write a sector of the response."))

    def _territory(self, line: Line) -> str:
        remedy = _("Write where it works, for example: Kenya > Mombasa > Likoni.")
        return self.needed(line, "territory", _("The territory is missing."), remedy)
