"""What an answer may weigh, as Moodle has it: it refuses other shares, and sums that do not come to the full mark."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from concerted.packs.questions.written import Answer, Refused

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


def check_single(answers: Sequence[Answer], line: int) -> None:
    """Of one choice, and of what is typed, an answer must be worth the full mark."""
    best = max((answer.weight for answer in answers), default=0.0)
    if best != SHARES[0]:
        raise Refused(
            _("No answer is worth the full mark; the best is worth %(best)s %%.") % {"best": shown(best)},
            _("Mark the right answer with “=”, or give it 100 %."),
            line,
        )


def check_multiple(answers: Sequence[Answer], line: int) -> None:
    """Where several fit, together they are worth the full mark."""
    total = sum(answer.weight for answer in answers if answer.weight > 0)
    if round(total) != round(SHARES[0]):
        raise Refused(
            _("The right answers are worth %(total)s %% together.") % {"total": f"{total:g}"},
            _("Give them 100 % in all; or mark the one right answer with “=”."),
            line,
        )
