"""What is wrong with a plan, in English, and in a way that a page can say in the reader's language."""

from typing import Any


class Said(str):
    """A sentence that still knows the pattern it was made of, and what stands in its gaps."""

    pattern: str
    values: dict[str, Any]


def said(pattern: str, **values: Any) -> Said:
    """The pattern with its gaps filled.

    >>> said("“%(name)s” is missing. Write it.", name="people")
    '“people” is missing. Write it.'
    """
    made = Said(pattern % values)
    made.pattern, made.values = pattern, values
    return made
