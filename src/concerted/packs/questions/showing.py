"""Questions that wait, as a page shows them to whoever decides: what is right, and what is said to each answer."""

from collections.abc import Iterable
from dataclasses import dataclass

from concerted.packs.questions.kept import VERDICTS, QuestionKept
from concerted.packs.questions.outgoing import written
from concerted.packs.questions.written import ANY


@dataclass(frozen=True)
class AnswerShown:
    """An answer in Markdown, or a pair; `right`: None where the question is not of right and wrong ones."""

    words: str
    right: bool | None = None
    why: str = ""
    reply: str = ""


@dataclass(frozen=True)
class QuestionShown:
    """A question with its answers, and what is said of the whole answer."""

    title: str
    stem: str
    kind: str
    answers: tuple[AnswerShown, ...]
    said: tuple[str, ...]

    @property
    def plain(self) -> bool:
        """Whether its answers are typed, and so no Markdown."""
        return self.kind in ("short", "numeric")


def shown(questions: Iterable[QuestionKept]) -> list[QuestionShown]:
    """The questions for a page, in their order."""
    return [_shown(one) for one in questions]


def _shown(question: QuestionKept) -> QuestionShown:
    out = written(question)
    marked = question.kind != "ordering"
    said_once = {question.words(end) for end in VERDICTS}
    answers = [
        AnswerShown(
            _number(one.words, one.tolerance),
            one.weight > 0 if marked else None,
            "" if one.feedback in said_once else one.feedback,
        )
        for one in out.answers
        if one.words != ANY
    ]
    answers += [AnswerShown(pair.left, None, "", pair.right) for pair in out.pairs]
    said = dict.fromkeys(words for end in VERDICTS if (words := question.words(end)))
    return QuestionShown(out.title, out.stem, question.kind, tuple(answers), tuple(said))


def _number(words: str, tolerance: str) -> str:
    return f"{words} ± {tolerance}" if tolerance not in ("", "0") else words
