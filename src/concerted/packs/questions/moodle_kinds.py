"""The answers of a question of Moodle XML, kind by kind."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from concerted.packs.questions.moodle_elements import QuestionElement
from concerted.packs.questions.numbers import number_in
from concerted.packs.questions.soundness import true_and_false
from concerted.packs.questions.written import ANY, Answer, Pair

Read = tuple[str, tuple[Answer, ...], tuple[Pair, ...]]


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
    if one.flag("single", "true"):
        return "single", answers, ()
    return "multiple", answers, ()


def _true_false(one: QuestionElement) -> Read:
    """The answers say "true" and "false"; in old files the words of a language, true first."""
    return "truefalse", true_and_false(_weighed(one, marked=False), one.line), ()


def _short(one: QuestionElement) -> Read:
    answers = _weighed(one, marked=False)
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
        if pair.left or pair.right:
            pairs.append(pair)
    return "matching", (), tuple(pairs)


def _ordering(one: QuestionElement) -> Read:
    answers = tuple(Answer(words) for element in one.each("answer") if (words := one.words(within=element)))
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
