"""A question as a file of another system writes it, whatever the format, and what a reader has to say of the file."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from concerted.directory.imports.result import Fault
from concerted.kit.markdown import plain

#: Kinds of question. `truefalse` is told apart from `single` so that it goes out as it came in.
KINDS = ("single", "multiple", "truefalse", "matching", "ordering", "short", "numeric", "reflection")
#: Those that have answers to choose from.
CHOSEN = ("single", "multiple", "truefalse")
#: In a numeric question the answer that stands for any other number.
ANY = "*"
#: The line of a finding that is about the whole file.
WHOLE = 0


@dataclass(frozen=True)
class Answer:
    """An option (Markdown), an accepted form (plain, `*` for any signs), or a number with what it may be off by.

    `weight`: per cent of the mark, from -100 to 100.
    """

    words: str
    weight: float = 0.0
    feedback: str = ""
    tolerance: str = ""


@dataclass(frozen=True)
class Pair:
    """A line and the reply that fits it; without a line a reply that fits none. Both Markdown."""

    left: str
    right: str


@dataclass(frozen=True)
class QuestionWritten:
    """A question of a file. Its words are Markdown; of an ordering `answers` stand in their order.

    A true-or-false question has two answers, "true" first. `right`, `partly`, `not_quite`: what is said of the whole
    answer. `line`: where it begins in its file.
    """

    kind: str
    title: str
    stem: str
    answers: tuple[Answer, ...] = ()
    pairs: tuple[Pair, ...] = ()
    feedback: str = ""
    right: str = ""
    partly: str = ""
    not_quite: str = ""
    tags: tuple[str, ...] = ()
    category: str = ""
    unit: str = ""
    case: bool = False
    line: int = field(default=1, compare=False)


@dataclass
class Findings:
    """What is wrong in a file, and what is only told: left out, or understood in another way than it was meant."""

    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)
    #: Questions that a format has no way to write.
    left_out: int = 0

    def refuse(self, line: int, message: Any, remedy: Any, column: int | str = "") -> None:
        """Keep a fault; nothing of the file is taken then. `column`: of a text the sign, of a table its name."""
        self.faults.append(Fault(line, str(column), str(message), str(remedy)))

    def note(self, line: int, message: Any, remedy: Any = "", column: int | str = "") -> None:
        """Keep what people should know and that stands in nobody's way."""
        self.notes.append(Fault(line, str(column), str(message), str(remedy)))


class Refused(Exception):
    """One question cannot be read; the reader goes on with the next."""

    def __init__(self, message: Any, remedy: Any, line: int = 0, column: int | str = "") -> None:
        super().__init__(str(message))
        self.message, self.remedy, self.line, self.column = message, remedy, line, column


def one_line(words: str) -> str:
    """Words on one line, for a title."""
    return " ".join(words.split())


def titled(title: str, stem: str) -> str:
    """The title of a question; the beginning of what it asks where it has none."""
    words = one_line(title) or plain(stem)
    return words if len(words) <= TITLE_MOST else words[: TITLE_MOST - 1].rsplit(" ", 1)[0] + "…"


#: Signs of a title; sections of a text take as many.
TITLE_MOST = 120


def tags_of(words: Iterable[str]) -> tuple[str, ...]:
    """Tags, each once, in their order."""
    return tuple(dict.fromkeys(filter(None, map(one_line, words))))
