"""Questions as Moodle XML, which carries everything. Words go out as Markdown, told by their format."""

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from concerted.kit.markdown import plain
from concerted.packs.questions.weights import shown
from concerted.packs.questions.written import ANY, Answer, Findings, QuestionWritten
from concerted.text.exchange.segments import UNCARRIED

_TYPES = {
    "single": "multichoice",
    "multiple": "multichoice",
    "truefalse": "truefalse",
    "short": "shortanswer",
    "numeric": "numerical",
    "matching": "matching",
    "ordering": "ordering",
    "reflection": "essay",
}
#: What Moodle asks of a question of this kind besides its words.
_FACTS = {
    "single": ("<single>true</single>", "<shuffleanswers>true</shuffleanswers>"),
    "multiple": ("<single>false</single>", "<shuffleanswers>true</shuffleanswers>"),
    "matching": ("<shuffleanswers>true</shuffleanswers>",),
    "ordering": (
        "<layouttype>VERTICAL</layouttype>",
        "<selecttype>ALL</selecttype>",
        "<selectcount>0</selectcount>",
        "<gradingtype>ALL_OR_NOTHING</gradingtype>",
    ),
}


def write_moodle(questions: Iterable[QuestionWritten], findings: Findings) -> str:
    """The text of a Moodle XML file. `findings`: as for other formats; this one leaves nothing out."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>"]
    category = ""
    for question in questions:
        if question.category != category:
            category = question.category
            path = f"$course$/top/{category}".rstrip("/")
            lines.append(f'<question type="category"><category><text>{_escaped(path)}</text></category></question>')
        lines += [
            f'<question type="{_TYPES[question.kind]}">',
            *(f"  {line}" for line in _parts(question)),
            "</question>",
        ]
    return "\n".join([*lines, "</quiz>", ""])


def _parts(question: QuestionWritten) -> Iterator[str]:
    yield f"<name><text>{_escaped(question.title)}</text></name>"
    yield _marked("questiontext", question.stem)
    yield _marked("generalfeedback", question.feedback)
    yield from _FACTS.get(question.kind, ())
    if question.kind == "short":
        yield f"<usecase>{int(question.case)}</usecase>"
    for name, words in (
        ("correctfeedback", question.right),
        ("partiallycorrectfeedback", question.partly),
        ("incorrectfeedback", question.not_quite),
    ):
        if words:
            yield _marked(name, words)
    for answer in question.answers:
        yield _answer(question.kind, answer)
    for pair in question.pairs:
        reply = f"<answer><text>{_escaped(plain(pair.right))}</text></answer>"
        yield _marked("subquestion", pair.left, reply)
    if question.unit:
        unit = f"<multiplier>1</multiplier><unit_name>{_escaped(question.unit)}</unit_name>"
        yield f"<units><unit>{unit}</unit></units>"
    if question.tags:
        tags = "".join(f"<tag><text>{_escaped(tag)}</text></tag>" for tag in question.tags)
        yield f"<tags>{tags}</tags>"


def _answer(kind: str, answer: Answer) -> str:
    if kind == "ordering":
        return _marked("answer", answer.words)
    why = _marked("feedback", answer.feedback) if answer.feedback else ""
    if kind == "numeric" and answer.words != ANY:
        why += f"<tolerance>{answer.tolerance or '0'}</tolerance>"
    form = "markdown" if kind in ("single", "multiple") else "moodle_auto_format"
    return _marked("answer", answer.words, why, fraction=shown(answer.weight), form=form)


def _marked(name: str, words: str, more: str = "", *, fraction: str = "", form: str = "markdown") -> str:
    weight = f' fraction="{fraction}"' if fraction else ""
    return f'<{name}{weight} format="{form}"><text>{_escaped(words)}</text>{more}</{name}>'


def _escaped(words: str) -> str:
    return UNCARRIED.sub("", escape(words))
