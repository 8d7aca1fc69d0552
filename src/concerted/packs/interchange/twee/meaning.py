"""Conditions and changes as SugarCube and Chapbook write them, in our words. Both are read, neither is ever run."""

import re
from collections.abc import Iterable, Mapping

from concerted.practice.scenario.conditions import LONGEST, NAME, Unreadable, parse_condition

_TOKEN = re.compile(r"\s*(?:(===?|!==?|>=|<=|&&|\|\||[><!()+\-])|(\d{1,4})(?![\w.])|([$_]?[A-Za-z$_][\w$]*))", re.ASCII)
_SIGNS = {"==": "=", "===": "=", "!==": "!=", "&&": "and", "||": "or", "!": "not"}
_WORDS = {
    "gte": ">=", "lte": "<=", "gt": ">", "lt": "<", "is": "=", "eq": "=", "isnot": "!=", "neq": "!=", "and": "and",
    "or": "or", "not": "not", "true": "1", "false": "0",
}  # fmt: skip
_COMPARE = {">=", "<=", "=", "!=", ">", "<", "+", "-"}
_CHANGE = re.compile(
    r"(?P<name>[$]?[A-Za-z_][\w$]*)\s*(?:(?P<once>\+\+|--)|(?P<how>to\b|\+=|-=|=(?!=))\s*(?P<value>.+))", re.DOTALL
)
_CLAMP = re.compile(r"Math\.clamp\(\s*(?P<value>.+?)\s*,\s*\d+\s*,\s*\d+\s*\)", re.DOTALL)
_STEP = re.compile(r"(?P<name>[$]?[A-Za-z_][\w$]*)\s*(?P<how>[+-])\s*(?P<amount>\d{1,4})")
_NUMBER = re.compile(r"\d{1,4}|true|false")


class NotTaken(ValueError):
    """This cannot be said in our format."""


def snake(name: str) -> str:
    """A name as ours are written: `$hasKey` is `has_key`.

    >>> snake("$hasKey"), snake("HP2"), snake("_x")
    ('has_key', 'hp2', 'x')
    """
    bare = re.sub(r"[^A-Za-z0-9_]", "_", name.lstrip("$_"))
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", bare).lower()[:30]


def name_of(name: str) -> str:
    """The same, or NotTaken where it can be no name of ours."""
    found = snake(name)
    if not NAME.fullmatch(found) or found in ("and", "or", "not", "if", "else"):
        raise NotTaken(name)
    return found


def condition_in(said: str, held: Mapping[str, str] | None = None) -> str:
    """A condition in our words. `held`: what names of one passage stand for.

    >>> condition_in("$trust gte 3 and !$promised"), condition_in("hasKey === true || (x > 2)")
    ('trust >= 3 and not promised', 'has_key = 1 or (x > 2)')

    Raises NotTaken for what is more than that.
    """
    if said.strip() in (held or {}):
        return (held or {})[said.strip()]
    if len(said) > LONGEST:
        raise NotTaken(said[:LONGEST])
    tokens = list(_tokens(said))
    for place, word in enumerate(tokens):
        after = tokens[place + 1 : place + 3]
        # There it would bind to the name alone, here to the comparison.
        if word == "not" and len(after) == 2 and NAME.match(after[0]) and after[1] in _COMPARE:
            raise NotTaken(said)
    words = " ".join(tokens).replace("( ", "(").replace(" )", ")")
    try:
        parse_condition(words)
    except Unreadable as fault:
        raise NotTaken(said) from fault
    return words


def _tokens(said: str) -> Iterable[str]:
    place, said = 0, said.strip()
    while place < len(said):
        match = _TOKEN.match(said, place)
        if match is None:
            raise NotTaken(said)
        place = match.end()
        if match[1]:
            yield _SIGNS.get(match[1], match[1])
        elif match[3]:
            yield _WORDS.get(match[3]) or name_of(match[3])
        else:
            yield match[2]


def changes_in(said: str) -> list[str]:
    """The changes of one <<set>> in our words, or NotTaken.

    >>> changes_in("$trust to Math.clamp($trust - 1, 0, 10), $asked = true; $time -= 2")
    ['trust -1', 'asked', 'time -2']
    """
    return [_change(part.strip()) for part in _apart(said) if part.strip()]


def _apart(said: str) -> Iterable[str]:
    """Cut at commas and semicolons that stand in no brackets."""
    depth, start = 0, 0
    for place, sign in enumerate(said):
        depth += (sign in "([{") - (sign in ")]}")
        if sign in ",;" and depth == 0:
            yield said[start:place]
            start = place + 1
    yield said[start:]


def _change(said: str) -> str:
    match = _CHANGE.fullmatch(said) if len(said) <= LONGEST else None
    if match is None or match["name"].startswith("_"):
        raise NotTaken(said)
    name = name_of(match["name"])
    if match["once"]:
        return f"{name} {match['once'][0]}1"
    value = match["value"].strip()
    if clamp := _CLAMP.fullmatch(value):
        value = clamp["value"]
    if match["how"] in ("+=", "-=") and value.isdecimal() and len(value) < 5:
        return f"{name} {match['how'][0]}{value}"
    step = _STEP.fullmatch(value)
    if step and match["how"] in ("to", "=") and name_of(step["name"]) == name:
        return f"{name} {step['how']}{step['amount']}"
    if match["how"] in ("to", "=") and _NUMBER.fullmatch(value):
        return name if value == "true" else f"{name} = {'0' if value == 'false' else value}"
    raise NotTaken(said)
