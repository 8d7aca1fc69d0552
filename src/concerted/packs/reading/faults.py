"""What is wrong in a pack: where, what, and what to do about it. All of it is collected, not only the first."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, order=True)
class Fault:
    """One thing to put right. `warning`: the pack loads all the same, readers are told.

    `rule`: the name of the rule of good content it breaks; empty for faults and for what follows from the format.
    """

    path: str
    line: int
    message: str
    remedy: str
    warning: bool = False
    rule: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message} {self.remedy}"

    def plain(self) -> dict[str, Any]:
        return asdict(self)


@dataclass
class Faults:
    """The faults of one file, added to those of the whole pack."""

    path: str
    found: list[Fault] = field(default_factory=list)
    #: Key -> heading where they are read beside forms, by somebody who never sees the file.
    titles: Mapping[str, str] | None = None

    def of(self, path: str) -> "Faults":
        """The same list for another file."""
        return Faults(path, self.found, self.titles)

    def add(self, line: int, message: Any, remedy: Any) -> None:
        self.found.append(Fault(self.path, line, str(message), str(remedy)))

    def warn(self, line: int, message: Any, remedy: Any, rule: str = "") -> None:
        self.found.append(Fault(self.path, line, str(message), str(remedy), warning=True, rule=rule))
