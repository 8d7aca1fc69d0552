"""What the reader of YAML finds wrong, in words of a reader of a page; the command tells its own English."""

import re

from concerted.maths.said import Said, instead_of

#: What it says -> what a page says. All that is not here is said as the last.
PROBLEMS = {
    r"mapping values are not allowed here": "a colon stands where none can",
    r"could not find expected ':'": "a colon is missing",
    r"mapping keys are not allowed here": "a question mark stands where none can",
    r"sequence entries are not allowed here": "a list begins where none can",
    r"expected <block end>, but found .+": "this line does not begin where those above it do",
    r"expected '<document start>', but found .+": "this line belongs to no part of the plan",
    r"but found another document": "a second file begins here",
    r"expected ',' or '[\]}]', but got .+": "a comma or a closing bracket is missing",
    r"expected the node content, but found .+": "a value is missing",
    r"found unexpected end of stream": "a quote is not closed",
    r"found unknown escape character .+": "a backslash stands in double quotes; use single ones",
    r"found character '(?P<sign>.+)' that cannot start any token": "a value that begins with %(sign)s needs quotes",
    # A tag is nothing that somebody writes by mistake: it is told as it stands.
    r"could not determine a constructor for the tag (?P<tag>.+)": (
        "could not determine a constructor for the tag %(tag)s"
    ),
    r".*": "it cannot be read",
}


def problem_of(english: str) -> Said:
    """A piece of a sentence that says what is wrong.

    >>> found = problem_of("mapping values are not allowed here")
    >>> found, found.pattern
    ('mapping values are not allowed here', 'a colon stands where none can')
    """
    for shape, pattern in PROBLEMS.items():
        if found := re.fullmatch(shape, english, re.DOTALL):
            return instead_of(english, pattern, **found.groupdict())
    raise AssertionError(english)  # the last shape is that of everything
