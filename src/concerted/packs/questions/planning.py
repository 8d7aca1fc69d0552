"""What a file of questions would do to a bank: which are new, which change, which are there already."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from concerted.kit.markdown import plain
from concerted.packs.manuscript.keys import key_of, unlike
from concerted.packs.questions.kept import QuestionKept, kept
from concerted.packs.questions.merging import equal, merged
from concerted.packs.questions.written import WHOLE, Findings, QuestionWritten, one_line

#: Questions that a bank may have here.
QUESTIONS_MOST = 1_000
#: Signs that a question, an answer or a piece of feedback may have.
SIGNS_MOST = 8_000


@dataclass(frozen=True)
class Planned:
    """A file against a bank, in the order of the file."""

    create: tuple[QuestionKept, ...]
    change: tuple[QuestionKept, ...]
    skip: int
    findings: Findings

    @property
    def questions(self) -> tuple[QuestionKept, ...]:
        return (*self.create, *self.change)

    def plain(self) -> dict[str, Any]:
        """The result as plain values, in the words of every import."""
        return {
            "create": len(self.create),
            "change": len(self.change),
            "skip": self.skip,
            "errors": [vars(fault) for fault in self.findings.faults],
            "notes": [vars(note) for note in self.findings.notes],
        }


def plan(
    questions: Iterable[QuestionWritten],
    held: Sequence[QuestionKept],
    *,
    language: str,
    kinds: Iterable[str],
    findings: Findings,
) -> Planned:
    """Hold the questions of a file against those of a bank in this language.

    A question is the same as one that has its title, or else its words. `kinds`: those that can be asked here.
    """
    finder = _Finder(held)
    create: list[QuestionKept] = []
    change: list[QuestionKept] = []
    skip = 0
    for question in questions:
        old = finder.found(question)
        new = kept(question, old.key if old else finder.fresh(question), language, findings)
        if new is None or _refused_long(new, question, findings):
            continue
        if new.kind not in kinds:
            told = _("“%(title)s” is not taken yet: questions of the kind “%(kind)s” are not asked here.")
            findings.note(question.line, told % {"title": question.title, "kind": new.kind})
            continue
        new = merged(new, old) if old else new
        if old is None:
            create.append(new)
        elif equal(new, old):
            skip += 1
        else:
            change.append(new)
    if len(held) + len(create) > QUESTIONS_MOST:
        findings.refuse(
            WHOLE,
            _("A bank has at most %(most)s questions; this one would have %(count)s.")
            % {"most": QUESTIONS_MOST, "count": len(held) + len(create)},
            _("Cut the file in two, and make two banks."),
        )
    _tell_untold(create, findings)
    return Planned(tuple(create), tuple(change), skip, findings)


def _refused_long(new: QuestionKept, question: QuestionWritten, findings: Findings) -> bool:
    """Whether a part of a question is longer than anybody reads; it is a fault then."""
    if all(len(one.markdown) <= SIGNS_MOST for one in new.sections):
        return False
    findings.refuse(
        question.line,
        _("“%(title)s” has a part of more than %(most)s signs.") % {"title": question.title, "most": SIGNS_MOST},
        _("Shorten it, or look whether a brace or a quote is missing."),
    )
    return True


def _tell_untold(questions: Iterable[QuestionKept], findings: Findings) -> None:
    """Answers that nothing is said to teach nothing: how many questions have them is told to who decides."""
    count = sum(not any(one.kind == "feedback" and one.markdown for one in question.sections) for question in questions)
    if count:
        told = _("New questions without any feedback: %(count)s.") % {"count": count}
        findings.note(WHOLE, told, _("Say at least why wrong answers tempt, and what they cost."))


class _Finder:
    """The questions of a bank by what people know them by; each is found once."""

    def __init__(self, held: Sequence[QuestionKept]) -> None:
        self.titles = {one_line(one.sections[0].title): one for one in reversed(held)}
        self.words = {plain(one.sections[0].markdown): one for one in reversed(held)}
        self.keys = {one.key for one in held}
        self.met: set[str] = set()

    def found(self, question: QuestionWritten) -> QuestionKept | None:
        old = self.titles.get(one_line(question.title)) or self.words.get(plain(question.stem))
        if old is None or old.key in self.met:
            return None
        self.met.add(old.key)
        return old

    def fresh(self, question: QuestionWritten) -> str:
        key = unlike(key_of(question.title), self.keys)
        self.keys.add(key)
        return key
