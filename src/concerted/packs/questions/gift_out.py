"""Questions as GIFT. Words go out as Markdown, which Moodle reads when it is told so at the start of the question."""

import re
from collections.abc import Iterable, Iterator

from concerted.kit.markdown import plain
from concerted.packs.questions.losses import tell_left_out, tell_losses
from concerted.packs.questions.weights import shown
from concerted.packs.questions.written import ANY, Answer, Findings, QuestionWritten

_CARRIED = frozenset({"answers' feedback", "feedback", "weights", "tags", "category"})
_SIGNS = re.compile(r"[\\#=~{}:]")
#: Words that begin like a format or a weight are taken for one, by some readers at any sign of per cent.
_BEGINS = re.compile(r"\[(?:moodle|html|plain|markdown)\]|%")
_MARKDOWN = "[markdown]"
_FULL = 100.0


def write_gift(questions: Iterable[QuestionWritten], findings: Findings) -> str:
    """The text of a GIFT file; what it cannot carry is in the notes of `findings`."""
    blocks = []
    category = ""
    for question in questions:
        if not _writable(question):
            tell_left_out(question, "GIFT", findings)
            continue
        tell_losses(question, _CARRIED, findings)
        if question.category != category:
            category = question.category
            blocks.append(f"$CATEGORY: {category or 'top'}\n")
        blocks.append(_block(question))
    return "\n".join(blocks)


def _writable(question: QuestionWritten) -> bool:
    """GIFT has no escape for an arrow: it would make pairs of accepted forms, or cut a line in two."""
    if question.kind == "short":
        return not any("->" in answer.words + answer.feedback for answer in question.answers)
    return question.kind != "ordering" and not any("->" in pair.left for pair in question.pairs)


def _block(question: QuestionWritten) -> str:
    lines = [f"// {' '.join(map(_tag, question.tags))}\n"] if question.tags else []
    lines.append(f"::{_escaped(question.title)}::{_MARKDOWN}{_escaped(question.stem)}")
    inside = "".join(f"\n\t{line}" for line in _answers(question))
    if question.kind == "truefalse":
        inside = _true_false(question)
    elif question.kind == "numeric":
        inside = f"#{inside}"
    if question.feedback:
        inside += ("\n\t" if question.answers or question.pairs else "") + f"####{_words(question.feedback)}"
    return "".join([*lines, "{", inside, "\n}\n" if "\n" in inside else "}\n"])


def _answers(question: QuestionWritten) -> Iterator[str]:
    if question.kind in ("single", "multiple"):
        for answer in question.answers:
            yield _option(answer, single=question.kind == "single")
    for pair in question.pairs:
        yield f"={_words(pair.left)} -> {_escaped(plain(pair.right))}"
    if question.kind in ("short", "numeric"):
        for answer in question.answers:
            yield _typed(answer, number=question.kind == "numeric")


def _option(answer: Answer, *, single: bool) -> str:
    if single and answer.weight == _FULL:
        mark = "="
    elif answer.weight:
        mark = f"~%{shown(answer.weight)}%"
    else:
        mark = "~"
    return f"{mark}{_words(answer.words)}{_why(answer)}"


def _typed(answer: Answer, *, number: bool) -> str:
    if number and answer.words == ANY:
        return f"~{_why(answer) or '#'}"
    words = f"{answer.words}:{answer.tolerance or '0'}" if number else _words(answer.words)
    return f"=%{shown(answer.weight)}%{words}{_why(answer)}"


def _true_false(question: QuestionWritten) -> str:
    true, false = question.answers
    right, wrong = (true, false) if true.weight else (false, true)
    feedback = f"#{_words(wrong.feedback)}" if wrong.feedback or right.feedback else ""
    feedback += f"#{_words(right.feedback)}" if right.feedback else ""
    return ("TRUE" if true.weight else "FALSE") + feedback


def _why(answer: Answer) -> str:
    return f"#{_words(answer.feedback)}" if answer.feedback else ""


def _words(text: str) -> str:
    """Words below a question that is Markdown: the format is named again only before those that begin like a mark."""
    return (_MARKDOWN if _BEGINS.match(text) else "") + _escaped(text)


def _escaped(text: str) -> str:
    return _SIGNS.sub(r"\\\g<0>", text).replace("\n", "\\n")


def _tag(tag: str) -> str:
    return f"[tag:{tag.translate({ord('['): '(', ord(']'): ')'})}]"
