"""A question of a file as a bank keeps it: sections under permanent keys, and how it is marked."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from concerted.packs.questions.soundness import FULL
from concerted.packs.questions.written import ANY, Answer, Findings, QuestionWritten
from concerted.text.rules import SectionText

#: Keys of options, and those of replies, which do not give the pairs away.
_LETTERS = "abcdefghijklmnopqrst"
_REPLIES = (*"uvwxyz", *(f"r{number}" for number in range(1, 15)))
#: What is said of the whole answer: the ends of their keys.
VERDICTS = ("right", "not-quite")


@dataclass(frozen=True)
class QuestionKept:
    """A question of a bank: its sections, the first of which is what it asks, and its marking (`practice.rules`)."""

    key: str
    kind: str
    aim: int
    marking: Mapping[str, Any] = field(hash=False)
    sections: tuple[SectionText, ...] = ()

    def words(self, end: str) -> str:
        """The words of a part; empty where there is none."""
        return next((one.markdown for one in self.sections if one.key == f"{self.key}.{end}"), "")


def kept(question: QuestionWritten, key: str, language: str, findings: Findings) -> QuestionKept | None:
    """How a bank in this language keeps a question; None, and why in the findings, where none can."""
    question = _verdict_of_typed(_said_in(question, language))
    if why := _why_not(question):
        told = _("“%(title)s” is left out. %(why)s") % {"title": question.title, "why": why}
        findings.note(question.line, told, _("Ask it in another way."))
        return None
    _tell_changed(question, findings)
    parts, marking = _PARTS[question.kind](question)
    asked = SectionText(key, question.stem, "question", question.title, {"kind": question.kind})
    sections = [replace(one, key=f"{key}.{one.key}") for one in [*parts, *_verdicts(question)]]
    return QuestionKept(key, question.kind, 0, marking, (asked, *sections))


def _said_in(question: QuestionWritten, language: str) -> QuestionWritten:
    """A true-or-false question is one to choose from here, in the words of the bank's language."""
    if question.kind != "truefalse":
        return question
    with override(language):
        words = _("True"), _("False")
    answers = tuple(replace(answer, words=word) for answer, word in zip(question.answers, words, strict=True))
    return replace(question, kind="single", answers=answers)


def _verdict_of_typed(question: QuestionWritten) -> QuestionWritten:
    """What is said to an accepted answer is said to all of them, and what is said to any other to all others."""
    if question.kind not in ("short", "numeric"):
        return question
    right = next((one.feedback for one in question.answers if one.weight == FULL and one.feedback), "")
    wrong = next((one.feedback for one in question.answers if one.words == ANY and one.weight != FULL), "")
    return replace(question, right=question.right or right, not_quite=question.not_quite or wrong)


def _why_not(question: QuestionWritten) -> str:
    """Why no bank can hold a question; empty where one can."""
    if max(len(question.answers), len(question.pairs)) > len(_LETTERS):
        return _("It has more than %(most)s answers.") % {"most": len(_LETTERS)}
    if question.kind == "single" and sum(answer.weight == FULL for answer in question.answers) > 1:
        return _("Several answers are right, of which one is to be chosen.")
    return ""


def _tell_changed(question: QuestionWritten, findings: Findings) -> None:
    """What a question loses here, told once for it."""
    weights = {answer.weight for answer in question.answers if answer.weight > 0}
    lost = [
        words
        for words, is_lost in (
            (_("answers that count in part count as not right"), question.kind != "multiple" and len(weights) > 1),
            (_("all right answers count alike"), question.kind == "multiple" and len(weights) > 1),
            (_("small and capital letters do not differ"), question.case),
            (_("tags are not kept yet"), bool(question.tags)),
            (_("a reply that fits no line is not offered"), any(not pair.left for pair in question.pairs)),
        )
        if is_lost
    ]
    if lost:
        told = _("“%(title)s”: %(changes)s.") % {"title": question.title, "changes": "; ".join(lost)}
        findings.note(question.line, told)


def _verdicts(question: QuestionWritten) -> list[SectionText]:
    """What is said of the whole answer. Feedback of the question is said to everybody."""
    right = "\n\n".join(filter(None, (question.right, question.feedback)))
    wrong = "\n\n".join(filter(None, (question.not_quite or question.partly, question.feedback)))
    return [SectionText(key, words, "feedback") for key, words in zip(VERDICTS, (right, wrong), strict=True) if words]


_Parts = tuple[list[SectionText], dict[str, Any]]


def _chosen(question: QuestionWritten) -> _Parts:
    keyed = dict(zip(_LETTERS, question.answers, strict=False))
    sections = []
    for key, answer in keyed.items():
        sections.append(SectionText(key, answer.words, "option"))
        sections += _why(key, answer)
    if question.kind == "single":
        return sections, {"right": next(key for key, one in keyed.items() if one.weight == FULL), "tags": {}}
    return sections, {"right": [key for key, one in keyed.items() if one.weight > 0], "tags": {}}


def _why(key: str, answer: Answer) -> list[SectionText]:
    return [SectionText(f"{key}.why", answer.feedback, "feedback")] if answer.feedback else []


def _ordering(question: QuestionWritten) -> _Parts:
    keyed = dict(zip(_LETTERS, question.answers, strict=False))
    return [SectionText(key, one.words, "option") for key, one in keyed.items()], {"order": list(keyed), "tag": ""}


def _matching(question: QuestionWritten) -> _Parts:
    """Lines that share a reply share its key."""
    keyed = dict(zip(_LETTERS, (pair for pair in question.pairs if pair.left), strict=False))
    replies = dict(zip(dict.fromkeys(pair.right for pair in keyed.values()), _REPLIES, strict=False))
    sections = [SectionText(key, pair.left, "left") for key, pair in keyed.items()]
    sections += [SectionText(key, words, "reply", data={"id": key}) for words, key in replies.items()]
    return sections, {"pairs": {key: replies[pair.right] for key, pair in keyed.items()}, "tag": ""}


def _short(question: QuestionWritten) -> _Parts:
    """Accepted forms, one a line; foreseen wrong ones with what is said to them. A star alone is any other answer."""
    accepted = [answer.words for answer in question.answers if answer.weight == FULL]
    sections = [SectionText("accepted", "\n".join(accepted), "accepted")]
    # Forms that are told the same, one after the other, are one slip.
    told = groupby(_slips(question), lambda one: one.feedback)
    for key, (why, forms) in zip(_LETTERS, told, strict=False):
        words = "\n".join(one.words for one in forms)
        sections += [SectionText(key, words, "slip"), SectionText(f"{key}.why", why, "feedback")]
    return sections, {"tags": {}, "tag": ""}


def _numeric(question: QuestionWritten) -> _Parts:
    right = next(answer for answer in question.answers if answer.weight == FULL)
    sections = [SectionText("unit", question.unit, "unit")] if question.unit else []
    marking: dict[str, Any] = {"value": right.words, "tolerance": right.tolerance or "0", "slips": {}}
    for key, answer in zip(_LETTERS, _slips(question), strict=False):
        marking["slips"][key] = [answer.words, answer.tolerance or "0"]
        sections += _why(key, answer)
    return sections, marking | {"tags": {}, "tag": ""}


def _slips(question: QuestionWritten) -> list[Answer]:
    return [one for one in question.answers if one.weight != FULL and one.words != ANY and one.feedback]


def _reflection(question: QuestionWritten) -> _Parts:
    return [], {}


_PARTS: Mapping[str, Any] = {
    "single": _chosen,
    "multiple": _chosen,
    "ordering": _ordering,
    "matching": _matching,
    "short": _short,
    "numeric": _numeric,
    "reflection": _reflection,
}
