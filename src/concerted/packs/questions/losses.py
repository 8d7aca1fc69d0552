"""What a format has no place for is told, question by question, when it is written."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concerted.packs.questions.written import Findings, QuestionWritten

_FULL = (0.0, 100.0)
#: Part of a question -> its name, and whether a question has it.
_PARTS: dict[str, tuple[Any, Callable[[QuestionWritten], bool]]] = {
    "answers' feedback": (
        gettext_lazy("feedback of answers"),
        lambda one: any(answer.feedback for answer in one.answers),
    ),
    "feedback": (gettext_lazy("feedback of the question"), lambda one: bool(one.feedback)),
    "verdicts": (
        gettext_lazy("what is said of a right or wrong answer as a whole"),
        lambda one: bool(one.right or one.partly or one.not_quite),
    ),
    "weights": (
        gettext_lazy("answers that count in part"),
        lambda one: any(answer.weight not in _FULL for answer in one.answers),
    ),
    "tags": (gettext_lazy("tags"), lambda one: bool(one.tags)),
    "category": (gettext_lazy("the category"), lambda one: bool(one.category)),
    "unit": (gettext_lazy("the unit"), lambda one: bool(one.unit)),
    "case": (gettext_lazy("that small and capital letters differ"), lambda one: one.case),
}


def tell_losses(question: QuestionWritten, carried: frozenset[str], findings: Findings) -> None:
    """Note what of a question does not go out in a format that carries only these parts."""
    lost = [str(name) for part, (name, has) in _PARTS.items() if part not in carried and has(question)]
    if lost:
        message = _("“%(title)s” goes out without: %(parts)s.")
        findings.note(
            question.line,
            message % {"title": question.title, "parts": ", ".join(lost)},
            _("Take Moodle XML, which carries everything."),
        )


def tell_left_out(question: QuestionWritten, format_name: str, findings: Findings) -> None:
    """Note that a question does not go out at all."""
    findings.left_out += 1
    message = _("“%(title)s” is left out: %(format)s has no way to write such a question.")
    findings.note(
        question.line,
        message % {"title": question.title, "format": format_name},
        _("Take Moodle XML, which carries everything."),
    )
