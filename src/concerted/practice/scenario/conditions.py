"""Conditions and effects of a scenario: comparisons joined by and, or, not; numbers set, raised and lowered. Pure.

    condition   safety >= 6 and (trust + consent > 4 or not promised)
    effects     safety +1, trust = 2, promised

A name alone is a flag: as a condition it asks for 1 or more, as an effect it sets 1. Nothing here loops, calls or draws
lots.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

#: Deeper or longer than any writer needs; what is beyond is refused before it is read.
DEEPEST, LONGEST = 20, 500
NAME = re.compile(r"[a-z][a-z0-9_]{0,29}")
_TOKEN = re.compile(r"\s*(?:(>=|<=|==|!=|>|<|=|\+|-|\(|\))|(\d{1,4})\b|([a-z][a-z0-9_]{0,29})\b)", re.ASCII)
_EFFECT = re.compile(r"\s*([a-z][a-z0-9_]{0,29})\s*(?:([+\-=])\s*(\d{1,4}))?\s*", re.ASCII)
_WORDS = ("and", "or", "not", "if", "else")
_COMPARE = {">=", "<=", "==", "=", "!=", ">", "<"}


def gettext_noop(words: str) -> str:
    """Marks words for the catalogues, as Django's does, without Django; the page says them in the reader's language."""
    return words


class Unreadable(ValueError):
    """A condition or effect that cannot be read: `message` and `remedy` are for the writer, `value` is the part."""

    def __init__(self, message: str, remedy: str, value: str = "") -> None:
        super().__init__(message)
        self.message, self.remedy, self.value = message, remedy, value[:60]


@dataclass(frozen=True)
class Sum:
    """Names and numbers added up; `parts` are (sign, name or number)."""

    parts: tuple[tuple[int, str | int], ...]

    def value(self, values: Mapping[str, int]) -> int:
        return sum(sign * (values[part] if isinstance(part, str) else part) for sign, part in self.parts)


@dataclass(frozen=True)
class Compare:
    left: Sum
    op: str
    right: Sum

    def holds(self, values: Mapping[str, int]) -> bool:
        a, b = self.left.value(values), self.right.value(values)
        return {">=": a >= b, "<=": a <= b, "=": a == b, "!=": a != b, ">": a > b, "<": a < b}[self.op]


@dataclass(frozen=True)
class Not:
    inner: "Condition"

    def holds(self, values: Mapping[str, int]) -> bool:
        return not self.inner.holds(values)


@dataclass(frozen=True)
class Joined:
    """All of the parts, or any of them."""

    every: bool
    parts: tuple["Condition", ...]

    def holds(self, values: Mapping[str, int]) -> bool:
        return (all if self.every else any)(part.holds(values) for part in self.parts)


Condition = Compare | Not | Joined


@dataclass(frozen=True)
class Effect:
    """One change: `how` is "+", "-" or "="."""

    name: str
    how: str
    amount: int


def names_in(condition: Condition) -> frozenset[str]:
    """Every name the condition asks about."""
    if isinstance(condition, Compare):
        return frozenset(part for _sign, part in condition.left.parts + condition.right.parts if isinstance(part, str))
    if isinstance(condition, Not):
        return names_in(condition.inner)
    return frozenset(name for part in condition.parts for name in names_in(part))


@lru_cache(maxsize=20_000)
def parse_condition(text: str) -> Condition:
    """Read a condition.

    >>> parse_condition("safety >= 6 and not promised").holds({"safety": 6, "promised": 0})
    True
    >>> parse_condition("trust + consent > 4 or safety = 0").holds({"trust": 2, "consent": 2, "safety": 1})
    False

    Raises Unreadable for what is no condition.
    """
    if len(text) > LONGEST:
        raise Unreadable(gettext_noop("This condition is too long."), gettext_noop("Cut it in two passages."))
    return _Reader(list(_tokens(text))).whole()


def _tokens(text: str) -> Iterator[str]:
    place, text = 0, text.strip()
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            raise Unreadable(
                gettext_noop("“%(value)s” is not understood in a condition."),
                gettext_noop("Write comparisons like safety >= 6, joined by and, or, not."),
                text[place:],
            )
        place = match.end()
        yield match[0].strip()


class _Reader:
    """Reads tokens from the left, a line of the grammar a method."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens, self.place = tokens, 0

    def whole(self) -> Condition:
        found = self.any_of(0)
        if self.place < len(self.tokens):
            raise self.fault()
        return found

    def next(self) -> str:
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def fault(self) -> Unreadable:
        return Unreadable(
            gettext_noop("“%(value)s” is not understood in a condition."),
            gettext_noop("Write comparisons like safety >= 6, joined by and, or, not."),
            " ".join(self.tokens[self.place :]) or " ".join(self.tokens[-3:]),
        )

    def joined(self, word: str, deep: int) -> Condition:
        parts = [self.all_of(deep) if word == "or" else self.one(deep)]
        while self.next() == word:
            self.place += 1
            parts.append(self.all_of(deep) if word == "or" else self.one(deep))
        return parts[0] if len(parts) == 1 else Joined(word == "and", tuple(parts))

    def any_of(self, deep: int) -> Condition:
        if deep > DEEPEST:
            raise Unreadable(
                gettext_noop("This condition goes too deep."), gettext_noop("Use fewer brackets, or two passages.")
            )
        return self.joined("or", deep)

    def all_of(self, deep: int) -> Condition:
        return self.joined("and", deep)

    def one(self, deep: int) -> Condition:
        if self.next() == "not":
            self.place += 1
            if deep >= DEEPEST:
                self.any_of(deep + 1)
            return Not(self.one(deep + 1))
        if self.next() == "(":
            self.place += 1
            found = self.any_of(deep + 1)
            if self.next() != ")":
                raise self.fault()
            self.place += 1
            return found
        return self.comparison()

    def comparison(self) -> Condition:
        left = self.sum()
        op = self.next()
        if op not in _COMPARE:
            if len(left.parts) == 1 and isinstance(left.parts[0][1], str):
                return Compare(left, ">=", Sum(((1, 1),)))
            raise self.fault()
        self.place += 1
        return Compare(left, "=" if op == "==" else op, self.sum())

    def sum(self) -> Sum:
        parts = [(1, self.term())]
        while self.next() in ("+", "-"):
            sign = 1 if self.next() == "+" else -1
            self.place += 1
            parts.append((sign, self.term()))
        return Sum(tuple(parts))

    def term(self) -> str | int:
        token = self.next()
        if token.isdecimal():
            self.place += 1
            return int(token)
        if token in _WORDS or not NAME.fullmatch(token):
            raise self.fault()
        self.place += 1
        return token


@lru_cache(maxsize=20_000)
def parse_effects(text: str) -> tuple[Effect, ...]:
    """Read effects, separated by commas.

    >>> [(one.name, one.how, one.amount) for one in parse_effects("safety +1, trust = 2, promised")]
    [('safety', '+', 1), ('trust', '=', 2), ('promised', '=', 1)]

    Raises Unreadable for what is none.
    """
    found = []
    for part in text.split(","):
        match = _EFFECT.fullmatch(part)
        if match is None or match[1] in _WORDS:
            raise Unreadable(
                gettext_noop("“%(value)s” is not understood as an effect."),
                gettext_noop("Write safety +1, trust -2, time = 3, or the name of a flag."),
                part.strip(),
            )
        found.append(Effect(match[1], match[2] or "=", int(match[3] or 1)))
    return tuple(found)


@lru_cache(maxsize=20_000)
def names_of(text: str) -> frozenset[str]:
    """Every name a written condition asks about. Raises Unreadable for what is no condition."""
    return names_in(parse_condition(text))
