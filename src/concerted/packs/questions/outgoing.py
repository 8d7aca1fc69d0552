"""A question of a bank as a file writes it: the way back from `kept`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from concerted.packs.questions.kept import QuestionKept
from concerted.packs.questions.sheet_columns import full_for
from concerted.packs.questions.soundness import FULL
from concerted.packs.questions.written import ANY, Answer, Pair, QuestionWritten, titled


def written(question: QuestionKept, *, tags: tuple[str, ...] = (), category: str = "") -> QuestionWritten:
    """The question for a file. `category`: that of all questions of a bank, its title."""
    asked = question.sections[0]
    right, wrong = question.words("right"), question.words("not-quite")
    both = right if right == wrong else ""
    answers, pairs = _PARTS[question.kind](question)
    if question.kind in ("short", "numeric") and not both:
        answers, right, wrong = _said_to(answers, right, wrong), "", ""
    return QuestionWritten(
        question.kind,
        titled(asked.title, asked.markdown),
        asked.markdown,
        answers,
        pairs,
        feedback=both,
        right="" if both else right,
        not_quite="" if both else wrong,
        tags=tags,
        category=category,
        unit=question.words("unit") if question.kind == "numeric" else "",
    )


def _said_to(answers: tuple[Answer, ...], right: str, wrong: str) -> tuple[Answer, ...]:
    """Answers that are typed, with what is said of the whole answer: other systems say it to each, and to any other."""
    said = tuple(replace(one, feedback=right) if one.weight == FULL else one for one in answers)
    return (*said, Answer(ANY, 0.0, wrong)) if wrong else said


_Parts = tuple[tuple[Answer, ...], tuple[Pair, ...]]


def _keys(question: QuestionKept, kind: str) -> list[str]:
    """The ends of the keys of the parts of a kind, in their order."""
    return [one.key.partition(".")[2] for one in question.sections if one.kind == kind]


def _chosen(question: QuestionKept) -> _Parts:
    right = question.marking["right"]
    rights = [right] if isinstance(right, str) else right
    weight = full_for(len(rights))
    return tuple(
        Answer(question.words(key), weight * (key in rights), question.words(f"{key}.why"))
        for key in _keys(question, "option")
    ), ()


def _ordering(question: QuestionKept) -> _Parts:
    return tuple(Answer(question.words(key)) for key in question.marking["order"]), ()


def _matching(question: QuestionKept) -> _Parts:
    pairs = question.marking["pairs"]
    return (), tuple(Pair(question.words(key), question.words(pairs[key])) for key in _keys(question, "left"))


def _short(question: QuestionKept) -> _Parts:
    accepted = [Answer(form, FULL) for form in _forms(question.words("accepted"))]
    slips = [
        Answer(form, 0.0, question.words(f"{key}.why"))
        for key in _keys(question, "slip")
        for form in _forms(question.words(key))
    ]
    return (*accepted, *slips), ()


def _forms(words: str) -> Iterable[str]:
    return (line.strip() for line in words.split("\n") if line.strip())


def _numeric(question: QuestionKept) -> _Parts:
    marking = question.marking
    right = Answer(marking["value"], FULL, "", marking["tolerance"])
    slips = marking.get("slips", {}).items()
    return (right, *(Answer(value, 0.0, question.words(f"{key}.why"), off) for key, (value, off) in slips)), ()


def _reflection(question: QuestionKept) -> _Parts:
    return (), ()


_PARTS: Mapping[str, Callable[[QuestionKept], _Parts]] = {
    "single": _chosen,
    "multiple": _chosen,
    "ordering": _ordering,
    "matching": _matching,
    "short": _short,
    "numeric": _numeric,
    "reflection": _reflection,
}
