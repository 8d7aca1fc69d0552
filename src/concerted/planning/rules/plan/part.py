"""What the parts of a plan file have in common: no unknown words, plain numbers, months and keys."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from concerted.maths.said import said


class Part(BaseModel):
    """A part of a plan file. A word that it does not know is a fault, so that a typing slip is never passed over."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, str_strip_whitespace=True)


def _sayable(value: str) -> str:
    if not 1900 <= int(value[:4]) <= 2200:
        raise ValueError(said("Write a year from 1900 to 2200."))
    return value


#: Shapes of words: a month as 2027-04; what a part is called elsewhere in the file; a currency; a language.
MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"
KEY = r"^[a-z0-9][a-z0-9_-]*$"
CURRENCY = r"^[A-Z]{3}$"
CODE = r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$"
Month = Annotated[str, StringConstraints(pattern=MONTH), AfterValidator(_sayable)]
Key = Annotated[str, StringConstraints(pattern=KEY, max_length=60)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=500)]
#: The name of a place.
Named = Annotated[str, StringConstraints(min_length=1, max_length=120)]
#: Weeks in a month of a plan.
WEEKS = 52 / 12
#: Bounds that only a slip of the finger passes. Within them no figure of a plan outgrows the whole hundredths it is
#: kept in, or is too small to divide by.
LEAST = 0.001
Some = Annotated[float, Field(ge=LEAST, le=1_000_000)]
NoneOrMore = Annotated[float, Field(ge=0, le=1_000_000)]
#: Of women or contacts: more than live on earth.
Many = Annotated[float, Field(ge=0, le=20_000_000_000)]
#: Of money, in currencies of many noughts.
Amount = Annotated[float, Field(ge=0, le=1_000_000_000_000_000)]
#: A share that can be promised: never all of it.
Promise = Annotated[float, Field(gt=0, lt=1)]
Share = Annotated[float, Field(ge=0, lt=1)]


def month_number(month: str) -> int:
    """Months since the year nought, so that months can be subtracted.

    >>> month_number("2027-04") - month_number("2026-12")
    4
    """
    return int(month[:4]) * 12 + int(month[5:]) - 1


def month_named(number: int) -> str:
    """The month with that number.

    >>> month_named(month_number("2026-12") + 4)
    '2027-04'
    """
    return f"{number // 12:04}-{number % 12 + 1:02}"
