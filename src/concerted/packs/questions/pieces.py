"""A stretch of a text that knows where it stands, so that whatever is wrong in it is told with line and sign."""

from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Piece:
    """Words, and how many signs of the whole text stand before them."""

    text: str
    at: int = 0

    def stripped(self) -> "Piece":
        """Without the blanks at its ends."""
        return Piece(self.text.strip(), self.at + len(self.text) - len(self.text.lstrip()))

    def part(self, start: int, end: int | None = None) -> "Piece":
        """From one sign to before another, as a slice."""
        return Piece(self.text[start:end], self.at + start)

    def split(self, mark: str, most: int = -1) -> "list[Piece]":
        """The parts between marks."""
        found, at = [], self.at
        for text in self.text.split(mark, most):
            found.append(Piece(text, at))
            at += len(text) + len(mark)
        return found

    def begun_by(self, marks: str) -> "list[Piece]":
        """The parts that begin at one of some signs, that sign in front; what stands before the first is one, too."""
        starts = [place for place, sign in enumerate(self.text) if sign in marks]
        bounds = [0, *starts, len(self.text)]
        return [self.part(start, end) for start, end in pairwise(bounds) if start < end]
