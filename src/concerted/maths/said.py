"""What is wrong, as a sentence in English that still knows the pattern it was made of, and what stands in its gaps.

Whoever raises it knows no language; a page that shows it says the pattern in the reader's, and the figures her way.
"""

from dataclasses import dataclass
from typing import Any


class Said(str):
    """A sentence, or a piece of one, with its pattern and its values; a value may be `Said` itself."""

    pattern: str
    values: dict[str, Any]


class Sentences(str):
    """Sentences that follow one another."""

    parts: tuple[Said, ...]


@dataclass(frozen=True)
class Figure:
    """A number that was worked out or counted, and how English writes it (a format specification).

    >>> str(Figure(20_000_000_000, "g"))
    '2e+10'
    """

    value: float
    spec: str = ""

    def __str__(self) -> str:
        return format(self.value, self.spec)


@dataclass(frozen=True)
class Listed:
    """Words of a file one after another."""

    words: tuple[str, ...]

    def __str__(self) -> str:
        return ", ".join(self.words)


def said(pattern: str, **values: Any) -> Said:
    """The pattern with its gaps filled.

    >>> said("“%(name)s” is missing. Write it.", name="people")
    '“people” is missing. Write it.'
    """
    return instead_of(pattern % values, pattern, **values)


def instead_of(english: str, pattern: str, **values: Any) -> Said:
    """What a library says in English, `english`, with a pattern of ours that says the same to a reader of a page.

    >>> found = instead_of("Input should be a valid list", "This is no list: %(given)s.", given="a")
    >>> found, found.pattern % found.values
    ('Input should be a valid list', 'This is no list: a.')
    """
    made = Said(english)
    made.pattern, made.values = pattern, values
    return made


def sentences(*parts: Said) -> Sentences:
    """One sentence after another.

    >>> sentences(said("There is no “%(name)s”.", name="handel"), said("Did you mean “%(name)s”?", name="handle"))
    'There is no “handel”. Did you mean “handle”?'
    """
    made = Sentences(" ".join(parts))
    made.parts = parts
    return made
