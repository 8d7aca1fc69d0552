"""Numbers as files write them: read exactly, written the shortest way."""

import re
from decimal import Decimal

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?")
#: Digits of a number; longer ones are no measure of anything.
_DIGITS_MOST = 25


def number_in(text: str) -> str | None:
    """A number written with a decimal point, the shortest way; None for what is none.

    >>> number_in("3.50"), number_in("1e3"), number_in("3,5")
    ('3.5', '1000', None)
    """
    text = text.strip()
    if not _NUMBER.fullmatch(text) or len(text) > _DIGITS_MOST:
        return None
    return shortest(Decimal(text))


def shortest(value: Decimal) -> str:
    """A number without an exponent and without noughts at its end."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def span_in(text: str) -> tuple[str, str] | None:
    """`1..5` as its middle and what one may be off by; None where an end is no number.

    >>> span_in("1..5"), span_in("3.141..3.142")
    (('3', '2'), ('3.1415', '0.0005'))
    """
    low, _dots, high = text.partition("..")
    ends = number_in(low), number_in(high)
    if ends[0] is None or ends[1] is None:
        return None
    first, last = Decimal(ends[0]), Decimal(ends[1])
    return shortest((first + last) / 2), shortest(abs(last - first) / 2)
