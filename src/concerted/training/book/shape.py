"""What a module to take along is made of. Pure: no model, no file, no address is looked up from here on."""

from dataclasses import dataclass
from datetime import date


class BookRefused(Exception):
    """The file cannot be made like this; the message says what to take instead."""


@dataclass(frozen=True)
class Words:
    """Markdown, its local slots filled, and the language it stands in."""

    markdown: str
    language: str


@dataclass(frozen=True)
class Picture:
    """A picture of a pack, as the bytes of its file."""

    name: str
    media: str
    content: bytes


@dataclass(frozen=True)
class Part:
    """A section to read. `kind`: text, image, audio, link or download; `track`: it is for people of one sector.

    `file` is the name of what an audio part or a download names, `address` where a link or a file is found on line.
    """

    kind: str
    title: str
    words: Words
    track: bool = False
    address: str = ""
    file: str = ""
    picture: Picture | None = None


@dataclass(frozen=True)
class Line:
    """An option or a line to place. `reply` is what a line to match belongs to."""

    words: Words
    fits: bool = False
    why: Words | None = None
    reply: Words | None = None


@dataclass(frozen=True)
class Asked:
    """A question with its answer. `lines` stand as they are asked, `answer` in the order that is right.

    `lines` and `answer` hold the same lines, but for an order to find. `after` is said once she has thought it over.
    """

    kind: str
    number: int
    words: Words
    lines: tuple[Line, ...]
    answer: tuple[Line, ...]
    replies: tuple[Words, ...] = ()
    right: Words | None = None
    not_quite: Words | None = None
    after: Words | None = None

    @property
    def told(self) -> bool:
        """Whether there is an answer to tell."""
        return bool(self.answer or self.after)


@dataclass(frozen=True)
class Chapter:
    """A unit: its content note first, then what is read and asked, in order.

    `missing`: parts of it are not in the language of the book; `behind`: names of parts translated from older words.
    """

    number: int
    minutes: int
    title: Words
    note: Words | None
    pieces: tuple[Part | Asked, ...]
    missing: bool = False
    behind: tuple[str, ...] = ()


@dataclass(frozen=True)
class Book:
    """A published module in a reader's language. `around`: that of the few words of the interface in it.

    `told`: "" where all of it is in her language, else "part" or "none".
    """

    code: str
    language: str
    around: str
    no: int
    published_on: date
    minutes: int
    address: str
    title: Words
    summary: Words | None
    aims: tuple[Words, ...]
    chapters: tuple[Chapter, ...]
    told: str = ""
