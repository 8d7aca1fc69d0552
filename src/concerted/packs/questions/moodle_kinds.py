"""The answers of a question of Moodle XML, kind by kind."""

from collections.abc import Callable
from dataclasses import replace

from django.utils.translation import gettext as _

from concerted.packs.questions import weights
from concerted.packs.questions.moodle_elements import QuestionElement
from concerted.packs.questions.numbers import number_in
from concerted.packs.questions.written import ANY, Answer, Pair

Read = tuple[str, tuple[Answer, ...], tuple[Pair, ...]]
_FULL = 100.0


def _weighed(one: QuestionElement, *, marked: bool) -> tuple[Answer, ...]:
    """The answers with weight and feedback; those without words do not count. `marked`: their words have a format."""
    found = []
    for element in one.each("answer"):
        words = one.words(within=element) if marked else one.typed("text", within=element)
        answer = Answer(words, one.weight(element), one.words("feedback", within=element))
        if answer.words:
            found.append(answer)
    return tuple(found)


def _chosen(one: QuestionElement) -> Read:
    answers = _weighed(one, marked=True)
    if len(answers) < 2:
        raise one.refused(
            _("The question has %(count)s answers to choose from.") % {"count": len(answers)},
            _("Give it two or more, each in an <answer> with a <text>."),
        )
    if one.flag("single", "true"):
        weights.check_single(answers, one.line)
        return "single", answers, ()
    weights.check_multiple(answers, one.line)
    return "multiple", answers, ()


def _true_false(one: QuestionElement) -> Read:
    """The answers say "true" and "false"; in old files the words of a language, true first."""
    found = list(_weighed(one, marked=False))
    if len(found) != 2:
        raise one.refused(
            _("A true-or-false question has two answers; this one has %(count)s.") % {"count": len(found)},
            _("Give it an <answer> true and an <answer> false."),
        )
    if found[0].words.lower() == "false":
        found.reverse()
    found[0], found[1] = replace(found[0], words="true"), replace(found[1], words="false")
    if [answer.weight == _FULL for answer in found].count(True) != 1:
        raise one.refused(
            _("It is not clear whether true or false is right."), _('Write fraction="100" at one and 0 at the other.')
        )
    return "truefalse", tuple(found), ()


def _short(one: QuestionElement) -> Read:
    answers = _weighed(one, marked=False)
    if not answers:
        raise one.refused(_("No accepted answer is written."), _("Write one in an <answer> with a <text>."))
    weights.check_single(answers, one.line)
    return "short", answers, ()


def _numeric(one: QuestionElement) -> Read:
    found = []
    for element in one.each("answer"):
        weight, why = one.weight(element), one.words("feedback", within=element)
        value = one.typed("text", within=element) or ANY
        if value == ANY:
            found.append(Answer(ANY, weight, why))
            continue
        number, off = number_in(value), number_in(one.typed("tolerance", within=element) or "0")
        if number is None or off is None:
            raise one.refused(
                _("“%(value)s” is no number.") % {"value": value[:40]},
                _("Write it and its tolerance with a decimal point, as 3.5."),
            )
        found.append(Answer(number, weight, why, off))
    if not found:
        raise one.refused(_("No number is written."), _("Write one in an <answer> with a <text>."))
    weights.check_single(found, one.line)
    return "numeric", tuple(found), ()


def unit_of(one: QuestionElement) -> str:
    """The unit that counts once; others are told."""
    names = [one.typed("unit_name", within=unit) for unit in one.each("units/unit")]
    if len(names) > 1:
        one.findings.note(one.line, _("Left out: %(what)s.") % {"what": ", ".join(names[1:])}, _("One unit is kept."))
    return names[0] if names else ""


def _matching(one: QuestionElement) -> Read:
    pairs = []
    for element in one.each("subquestion"):
        pair = Pair(one.words(within=element), one.reply(element))
        if pair.left and not pair.right:
            raise one.refused(_("A line has no reply."), _("Write one in its <answer> with a <text>."))
        if pair.right:
            pairs.append(pair)
    if sum(bool(pair.left) for pair in pairs) < 2:
        raise one.refused(_("There are fewer than two pairs."), _("Give two or more, each in a <subquestion>."))
    return "matching", (), tuple(pairs)


def _ordering(one: QuestionElement) -> Read:
    answers = tuple(Answer(words) for element in one.each("answer") if (words := one.words(within=element)))
    if len(answers) < 2:
        raise one.refused(
            _("There are %(count)s lines to put in order.") % {"count": len(answers)},
            _("Give two or more, each in an <answer> with a <text>, in their right order."),
        )
    return "ordering", answers, ()


def _reflection(one: QuestionElement) -> Read:
    return "reflection", (), ()


#: What Moodle calls a kind -> how it is read.
READ: dict[str, Callable[[QuestionElement], Read]] = {
    "multichoice": _chosen,
    "truefalse": _true_false,
    "shortanswer": _short,
    "numerical": _numeric,
    "matching": _matching,
    "match": _matching,
    "ordering": _ordering,
    "essay": _reflection,
}
