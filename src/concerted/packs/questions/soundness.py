"""Whether a question can be answered and marked, as Moodle asks when it takes one in."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from concerted.packs.questions.weights import shown
from concerted.packs.questions.written import CHOSEN, Answer, Pair, Refused

FULL = 100.0


def check(kind: str, answers: Sequence[Answer], pairs: Sequence[Pair], line: int, column: int | str = "") -> None:
    """Raises Refused, at this place, for too few answers and for weights that do not come to the full mark."""
    if kind in CHOSEN and len(answers) < 2:
        raise Refused(
            _("Answers to choose from: %(count)s.") % {"count": len(answers)},
            _("Give it two or more."),
            line,
            column,
        )
    if kind == "ordering" and len(answers) < 2:
        raise Refused(
            _("Lines to put in order: %(count)s.") % {"count": len(answers)},
            _("Give two or more, in their right order."),
            line,
            column,
        )
    if kind in ("short", "numeric") and not answers:
        raise Refused(_("No accepted answer is written."), _("Write one or more."), line, column)
    if kind == "matching":
        _check_pairs(pairs, line, column)
    if kind in ("single", "short", "numeric"):
        _check_best(answers, line, column)
    elif kind == "multiple":
        _check_total(answers, line, column)


def _check_pairs(pairs: Sequence[Pair], line: int, column: int | str) -> None:
    if not all(pair.right for pair in pairs):
        raise Refused(_("A line has no reply."), _("Write the reply that fits it."), line, column)
    if sum(bool(pair.left) for pair in pairs) < 2:
        raise Refused(_("There are fewer than two pairs."), _("Give two pairs or more, better three."), line, column)


def _check_best(answers: Sequence[Answer], line: int, column: int | str) -> None:
    best = max(answer.weight for answer in answers)
    if best != FULL:
        raise Refused(
            _("No answer is worth the full mark; the best is worth %(best)s %%.") % {"best": shown(best)},
            _("Mark the right answer as right, or give it 100 per cent."),
            line,
            column,
        )


def _check_total(answers: Sequence[Answer], line: int, column: int | str) -> None:
    total = sum(answer.weight for answer in answers if answer.weight > 0)
    if round(total) != round(FULL):
        raise Refused(
            _("The right answers are worth %(total)s %% together.") % {"total": f"{total:g}"},
            _("Give them 100 per cent in all; where only one is right, mark it as the one."),
            line,
            column,
        )


def true_and_false(answers: Sequence[Answer], line: int) -> tuple[Answer, ...]:
    """The two answers of a true-or-false question, true first. In old files they have the words of a language.

    Raises Refused where there are not two, or where not exactly one of them is right.
    """
    found = list(answers)
    if len(found) != 2:
        raise Refused(
            _("Answers to a true-or-false question: %(count)s.") % {"count": len(found)},
            _("Write true and false, and which of them is right."),
            line,
        )
    if found[0].words.lower() == "false":
        found.reverse()
    if [answer.weight == FULL for answer in found].count(True) != 1:
        raise Refused(
            _("It is not clear whether true or false is right."), _("Give one of them 100 and the other 0."), line
        )
    return replace(found[0], words="true"), replace(found[1], words="false")
