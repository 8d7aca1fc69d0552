"""What is wrong with one value of a plan file, and what to write instead.

The English of values of a wrong kind begins with pydantic's: scripts read it. Pages say all of it in words of ours
(`instead_of`).
"""

import re
from difflib import get_close_matches
from functools import cache
from typing import Any

from pydantic import BaseModel

from concerted.maths.said import Figure, Listed, Said, instead_of, said
from concerted.planning.rules.plan.part import CODE, CURRENCY, KEY, LEAST, MONTH, Part

#: What is said of each kind that a value could have been of, beside what is wrong in the kind it is of.
TRIED = ("string_type", "float_type", "literal_error", "list_type", "dict_type", "model_type")
_LIMITS = {"greater_than": "gt", "greater_than_equal": "ge", "less_than": "lt", "less_than_equal": "le"}
#: A number with what it counts behind it.
_WITH_UNIT = re.compile(r"(\d+(?:\.\d+)?)\s*(%|[^\W\d_][^\d]{0,20})")
_MONTHS = ("start", "ends", "since", "when", "opens", "support_ends")


def what_is_wrong(error: Any, place: tuple[str, ...]) -> str:
    """What to say of a fault that pydantic found at a place of the file."""
    kind, context, given = error["type"], error.get("ctx", {}), _sayable(error.get("input"))
    name = place[-1] if place else ""
    if kind == "extra_forbidden":
        return _unknown(name)
    if kind == "missing":
        return _missing(name)
    if name == "effect" and kind in TRIED:
        return said(
            "An effect needs its source. Write the name of an effect card, or ratio, low, high, source and doubts."
        )
    if kind == "value_error":
        told: str = context["error"].args[0]
        return told
    if name in ("people", "women") and kind != "less_than_equal":
        return said(
            "%(given)s %(name)s: a territory without its population cannot be planned. Write a whole number above 0.",
            given=given,
            name=name,
        )
    if kind == "float_parsing" and (number := _WITH_UNIT.fullmatch(str(given).strip())):
        if number[2] == "%":
            share = Figure(float(number[1]) / 100, ".6g")
            return said("%(given)s is a percentage. Write it as a share: %(share)s.", given=given, share=share)
        return said("%(given)s has a unit. Write the number alone, in the unit that its word names.", given=given)
    if kind == "less_than" and context["lt"] == 1:
        return said(
            "%(given)s cannot be kept: no number of people reaches all. Write a share below 1, such as 0.9.",
            given=given,
        )
    if kind in _LIMITS:
        limit = _LIMITS[kind]
        if kind == "greater_than_equal" and context[limit] == LEAST and float(given) <= 0:
            return _beyond("gt", given, Figure(0, "g"))
        return _beyond(limit, given, Figure(context[limit], ",.16g"))
    if kind == "string_pattern_mismatch" and name in _MONTHS:
        return said("“%(given)s” is no month. Write year and month, such as 2027-04.", given=given)
    return _of_wrong_kind(kind, context, f"{error['msg']}. Given: {str(given)[:60]}.", given)


def _unknown(name: str) -> Said:
    close = get_close_matches(name, _words(), 1)
    if close:
        return said("“%(name)s” is not known here. Did you mean “%(close)s”?", name=name, close=close[0])
    return said("“%(name)s” is not known here. Take it out.", name=name)


def _missing(name: str) -> Said:
    if name == "source":
        return said(
            "The source is missing. Write where it was read or counted; without a source it is not planned with."
        )
    return said("“%(name)s” is missing. Write it.", name=name)


def _beyond(limit: str, given: Any, bound: Figure) -> Said:
    if limit == "gt":
        return said("%(given)s cannot be meant. Write a number above %(bound)s.", given=given, bound=bound)
    if limit == "ge":
        return said("%(given)s cannot be meant. Write a number of at least %(bound)s.", given=given, bound=bound)
    if limit == "lt":
        return said("%(given)s cannot be meant. Write a number below %(bound)s.", given=given, bound=bound)
    return said("%(given)s cannot be meant. Write a number of at most %(bound)s.", given=given, bound=bound)


#: Kind of a fault -> what a page says of it. A test walks the types of a plan and holds this complete.
OF_KIND = {
    "string_type": "%(given)s is no text. Write words, in quotes where they look like a number or a list.",
    "string_too_short": "Nothing is written here. Write it in words.",
    "string_too_long": "This is longer than the %(bound)s characters that have room here. Shorten it.",
    "int_type": "%(given)s is no whole number. Write one in digits, such as 12.",
    "int_parsing": "%(given)s is no whole number. Write one in digits, such as 12.",
    "int_from_float": "%(given)s is no whole number. Write one in digits, such as 12.",
    "int_parsing_size": "%(given)s cannot be reckoned with. Write a number of fewer digits.",
    "float_type": "%(given)s is no number. Write one in digits, with a point where it has decimals, such as 2.5.",
    "float_parsing": "%(given)s is no number. Write one in digits, with a point where it has decimals, such as 2.5.",
    "finite_number": "%(given)s cannot be reckoned with. Write a number of fewer digits.",
    "bool_type": "%(given)s is neither yes nor no. Write `true` or `false`.",
    "bool_parsing": "%(given)s is neither yes nor no. Write `true` or `false`.",
    "literal_error": "%(given)s is not known here. Write one of: %(kinds)s.",
    "enum": "%(given)s is not known here. Write one of: %(kinds)s.",
    "list_type": "%(given)s is no list. Write one in square brackets, such as `[1, 2]`.",
    "dict_type": "%(given)s stands where a part belongs. Write its words below, each with a colon and its value.",
    "model_type": "%(given)s stands where a part belongs. Write its words below, each with a colon and its value.",
    "too_short": "Fewer stand here than the %(bound)s that are needed. Add what is missing.",
    "too_long": "More stand here than the %(bound)s that have room. Take some out.",
}
#: Shape that a word must have -> what a page says of one that has not.
OF_SHAPE = {
    MONTH: "“%(given)s” is no month. Write year and month, such as 2027-04.",
    KEY: "“%(given)s” cannot be a key. Write small letters, digits, “-” and “_”, a letter or digit first.",
    CURRENCY: "“%(given)s” is no currency. Write its three capital letters, such as EUR.",
    CODE: "“%(given)s” is no language code. Write one such as `en` or `pt-BR`.",
}


def _of_wrong_kind(kind: str, context: dict[str, Any], english: str, given: Any) -> str:
    if isinstance(given, Said):  # too long to be said, so too long to be read
        kind = "int_parsing_size"
    pattern = OF_SHAPE.get(context["pattern"]) if kind == "string_pattern_mismatch" else OF_KIND.get(kind)
    if pattern is None:
        return english
    bound = context.get("min_length", context.get("max_length"))
    values = {
        "given": given,
        "bound": bound if bound is None else Figure(bound),
        "kinds": Listed(_expected(context.get("expected", ""))),
    }
    values = {name: value for name, value in values.items() if f"%({name})s" in pattern}
    # The end of ours, what to write instead, is said in English, too.
    return instead_of(f"{english} {pattern.partition('. ')[2] % values}".rstrip(), pattern, **values)


def _expected(english: str) -> tuple[str, ...]:
    """The words that pydantic names.

    >>> _expected("'people' or 'women'"), _expected("1, 2 or 3")
    (('people', 'women'), ('1', '2', '3'))
    """
    return tuple(word.strip("'") for word in english.replace(" or ", ", ").split(", "))


def _sayable(given: Any) -> Any:
    """A value as it can be said: Python refuses to write out a whole number of thousands of digits."""
    return said("This number") if isinstance(given, int) and given.bit_length() > 64 else given


@cache
def _words() -> tuple[str, ...]:
    """Every word that some part of a plan file knows."""
    every: set[str] = set()
    waiting: list[type[BaseModel]] = [Part]
    while waiting:
        part = waiting.pop()
        every |= set(part.model_fields)
        waiting += part.__subclasses__()
    return tuple(sorted(every))
