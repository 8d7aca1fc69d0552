"""What an import answers: how many lines make, change or leave something, and every fault with its line and remedy."""

from dataclasses import asdict, dataclass, field
from typing import Any

#: More faults than anybody reads in one go are counted, not kept, so that memory stays constant.
MOST_KEPT = 200


@dataclass(frozen=True)
class Fault:
    """What is wrong with one cell or line, and what to do about it."""

    line: int
    column: str
    message: str
    remedy: str


class Unreadable(Exception):
    """The file cannot be read on from here."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


@dataclass
class Result:
    """Lines counted by what they do. Nothing is stored when there is any error."""

    create: int = 0
    change: int = 0
    skip: int = 0
    errors: list[Fault] = field(default_factory=list)
    left_out: int = 0

    @property
    def faults(self) -> int:
        """How many faults there are, those not kept included."""
        return len(self.errors) + self.left_out

    def blame(self, line: int, column: str, message: Any, remedy: Any) -> None:
        """Keep a fault."""
        self.blame_with(Fault(line, column, str(message), str(remedy)))

    def blame_with(self, fault: Fault) -> None:
        """Keep a fault made elsewhere."""
        if len(self.errors) < MOST_KEPT:
            self.errors.append(fault)
        else:
            self.left_out += 1

    def plain(self) -> dict[str, Any]:
        """The result as plain values, for JSON."""
        plain: dict[str, Any] = {"create": self.create, "change": self.change, "skip": self.skip}
        plain["errors"] = [asdict(fault) for fault in self.errors]
        if self.left_out:
            plain["errors_left_out"] = self.left_out
        return plain
