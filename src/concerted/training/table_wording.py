"""What is said of a table: how long its moments wait, and where coordination broke."""

from typing import Any

from django.utils.translation import get_language_bidi, gettext_lazy
from django.utils.translation import gettext as _

from concerted.kit.charts.pen import isolated
from concerted.kit.digits import localise
from concerted.practice.scenario.breaks import AWAY, LATE, LOCATED, LOST, NOT_TOLD, SPILLED, UNANSWERED
from concerted.text.rules import SectionShown
from concerted.training.queries.table_back import BreakShown

#: How long a moment waits, in hours; 0: all play at the same time.
PACES: tuple[tuple[int, Any], ...] = (
    (0, gettext_lazy("Now: all of us play at the same time")),
    (24, gettext_lazy("Over days: each moment waits one day")),
    (72, gettext_lazy("Over days: each moment waits three days")),
    (168, gettext_lazy("Over weeks: each moment waits one week")),
)

#: Kind of break -> its heading, and what happened in a sentence.
_BREAKS: dict[str, tuple[Any, Any]] = {
    LOCATED: (gettext_lazy("Where she can be found was told"), gettext_lazy("%(seat)s told %(others)s.")),
    NOT_TOLD: (
        gettext_lazy("It never reached those who needed it"),
        gettext_lazy("%(seat)s knew it. %(others)s needed it."),
    ),
    LATE: (
        gettext_lazy("It was told late"),
        gettext_lazy("%(seat)s told it later than could be. Late for: %(others)s."),
    ),
    SPILLED: (
        gettext_lazy("It was told to those who did not need it"),
        gettext_lazy("%(seat)s told %(others)s."),
    ),
    LOST: (gettext_lazy("A decision cost time"), gettext_lazy("%(seat)s decided. Days lost: %(days)s.")),
    UNANSWERED: (
        gettext_lazy("A question stayed without its answer"),
        gettext_lazy("%(others)s asked %(seat)s, and needed to know."),
    ),
    AWAY: (gettext_lazy("Nothing came from a seat"), gettext_lazy("The time ran out for %(seat)s.")),
}


def _named(seat: SectionShown) -> str:
    """A seat's name within a sentence; in a line from right to left it keeps its own direction."""
    return isolated(seat.title) if get_language_bidi() else seat.title


def break_in_words(shown: BreakShown) -> tuple[str, str]:
    """Where coordination broke: a heading, and what happened."""
    heading, sentence = _BREAKS[shown.found.kind]
    told = {
        "seat": _named(shown.seat),
        "others": _(", ").join(_named(one) for one in shown.others),
        "days": localise(shown.found.days),
    }
    happened = str(sentence) % told
    if shown.found.kind == LATE and shown.found.days:
        happened += " " + _("Days gone by: %(days)s.") % told
    return str(heading), happened
