"""What an answer may weigh, as Moodle has it: it refuses other shares."""

from django.utils.translation import gettext as _

from concerted.packs.questions.written import Refused

#: Per cent. A share such as a third is written with five places at least.
SHARES = (
    100.0, 90.0, 83.33333, 80.0, 75.0, 70.0, 66.66667, 60.0, 50.0, 40.0, 33.33333,
    30.0, 25.0, 20.0, 16.66667, 14.28571, 12.5, 11.11111, 10.0, 5.0, 0.0,
)  # fmt: skip
_NEAR = 0.001


def share(value: float, line: int, column: int | str = "") -> float:
    """The share that is meant. Raises Refused for one that Moodle does not know.

    >>> share(33.333333, 1), share(-50, 1)
    (33.33333, -50.0)
    """
    for known in SHARES:
        if abs(abs(value) - known) < _NEAR:
            return -known if value < 0 and known else known
    raise Refused(
        _("An answer cannot weigh %(weight)s %%.") % {"weight": f"{value:g}"},
        _("Use 100, 50, 33.33333, 25, 20 or another share that Moodle offers."),
        line,
        column,
    )


def shown(weight: float) -> str:
    """A weight as files write it.

    >>> shown(50.0), shown(33.33333)
    ('50', '33.33333')
    """
    return f"{weight:.5f}".rstrip("0").rstrip(".")
