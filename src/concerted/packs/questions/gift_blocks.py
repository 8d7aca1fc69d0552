"""A GIFT file cut into its questions: a blank line ends one, lines that begin with `//` are comments."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from concerted.packs.questions.pieces import Piece
from concerted.packs.questions.written import Refused, tags_of

#: Signs that stand for something in GIFT unless a backslash stands before them, and what an escaped one is held as
#: meanwhile: places of Unicode that no text may use. A filler takes the backslash's place, so that places still count.
_ESCAPED = {"\\": "\\", ":": "\ufdd0", "#": "\ufdd1", "=": "\ufdd2", "{": "\ufdd3", "}": "\ufdd4", "~": "\ufdd5"}
LINE_END = "\ufdd6"
_FILLER = "\ufdd7"
_ESCAPE = re.compile(r"\\([\\:#={}~n])")
_UNUSED = re.compile("[\ufdd0-\ufdd7]")
_BACK = str.maketrans({held: sign for sign, held in _ESCAPED.items()} | {LINE_END: "\n", _FILLER: ""})
_TAG = re.compile(r"\[tag:((?:\\\]|[^][])+)\]")


@dataclass(frozen=True)
class Block:
    """A question of the file: its text with comments blanked and escaped signs held, from line `line` on."""

    line: int
    piece: Piece
    tags: tuple[str, ...] = ()
    starts: tuple[int, ...] = field(default=(0,), repr=False)

    def place(self, piece: Piece) -> tuple[int, int]:
        """Line in the file and sign in that line, from 1, at which a piece begins."""
        at = piece.stripped().at if piece.text.strip() else piece.at
        number = sum(start <= at for start in self.starts) - 1
        return self.line + number, at - self.starts[number] + 1

    def refused(self, piece: Piece, message: str, remedy: str) -> Refused:
        """The refusal of this question because of a piece of it."""
        line, column = self.place(piece)
        return Refused(message, remedy, line, column)


def blocks_of(text: str) -> Iterator[Block]:
    """The questions of a file, as Moodle tells them apart."""
    lines: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if line.strip():
            lines.append(line)
        elif lines:
            yield _block(number - len(lines), lines)
            lines = []


def _block(first: int, lines: list[str]) -> Block:
    comments = [line for line in lines if line.strip().startswith("//")]
    held = [" " * len(line) if line.strip().startswith("//") else _held(line) for line in lines]
    starts = [0]
    for line in held[:-1]:
        starts.append(starts[-1] + len(line) + 1)
    tags = tags_of(tag.replace("\\]", "]") for comment in comments for tag in _TAG.findall(comment))
    return Block(first, Piece("\n".join(held)), tags, tuple(starts))


def _held(line: str) -> str:
    """A line in which escaped signs stand for themselves only."""
    line = _UNUSED.sub("\ufffd", line)
    return _ESCAPE.sub(lambda match: _FILLER + _ESCAPED.get(match[1], LINE_END), line)


def plain(text: str) -> str:
    """The signs that are meant, blanks at the ends taken off: of lines that are wrapped, too."""
    return "\n".join(line.strip() for line in text.split("\n")).strip().translate(_BACK).strip()


def unwrapped(text: str) -> str:
    """The same on one line but for line ends that are written `\\n`: those of the file are only for its writer."""
    return " ".join(text.split("\n")) if "\n" in text else text
