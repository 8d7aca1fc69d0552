"""Moodle XML, read as Moodle reads it; its HTML becomes Markdown, pictures and hints are left out and told."""

import re
from xml.etree.ElementTree import Element, ParseError

from django.utils.translation import gettext as _

from concerted.packs.questions import moodle_kinds as kinds
from concerted.packs.questions.gift_in import category_of
from concerted.packs.questions.moodle_elements import QuestionElement
from concerted.packs.questions.soundness import check
from concerted.packs.questions.written import Findings, QuestionWritten, Refused, tags_of, titled
from concerted.text.exchange.segments import ExchangeRefused
from concerted.text.exchange.xml_in import walk, wrong_root

#: Files inside a question in base 64: they are not read, and one of them is larger than all the words.
_FILE = re.compile(rb"(<(file|image_base64)\b[^<>]*>)([A-Za-z0-9+/=\s]*)(</\2>)")
#: What Moodle takes and nothing here can hold.
_LEFT_OUT = frozenset(
    (
        *("description", "cloze", "multianswer", "calculated", "calculatedsimple", "calculatedmulti", "random"),
        *("gapselect", "ddwtos", "ddimageortext", "ddmarker", "randomsamatch"),
    )
)


def read_moodle(content: bytes, findings: Findings) -> tuple[QuestionWritten, ...]:
    """The questions of a Moodle XML file; what is wrong with the others is in `findings`.

    Raises Refused for what is no such XML, or not safe to read.
    """
    found = []
    category = ""
    try:
        for what, element in walk(_without_files(content), _check_root, "question", numbered=True):
            if what != "unit":
                continue
            one = QuestionElement(element, findings)
            if one.kind == "category":
                category = category_of(one.typed("category/text") or one.typed("category"))
            elif (question := _taken(one, category)) is not None:
                found.append(question)
    except ExchangeRefused as refused:
        cause = refused.__cause__
        line = cause.position[0] if isinstance(cause, ParseError) else 1
        raise Refused(str(refused), "", line) from refused
    return tuple(found)


def _without_files(content: bytes) -> bytes:
    """The file with its pictures emptied; their line ends stay, so that lines still count."""
    return _FILE.sub(lambda match: match[1] + b"\n" * match[3].count(b"\n") + match[4], content)


def _check_root(root: Element) -> None:
    if root.tag != "quiz":
        raise wrong_root("Moodle XML")


def _taken(one: QuestionElement, category: str) -> QuestionWritten | None:
    """A question; None, and why in the findings, where it is left out or refused."""
    try:
        if one.kind in _LEFT_OUT:
            one.findings.note(
                one.line,
                _("There are no questions of the kind “%(kind)s” here. It is left out.") % {"kind": one.kind},
                _("Ask it in another way."),
            )
            return None
        return _question(one, category)
    except Refused as refused:
        one.findings.refuse(refused.line or one.line, refused.message, refused.remedy, refused.column)
        return None


def _question(one: QuestionElement, category: str) -> QuestionWritten:
    if one.kind not in kinds.READ:
        raise one.refused(
            _("There is no kind of question “%(kind)s”.") % {"kind": one.kind[:40]},
            _('Write type="multichoice", truefalse, shortanswer, numerical, matching, ordering or essay.'),
        )
    if one.element.find("name/text") is None:
        raise one.refused(_("The question has no name."), _("Write <name><text>...</text></name>."))
    title, stem = one.typed("name/text"), one.words("questiontext")
    if not title and not stem:
        raise one.refused(_("The question asks nothing."), _("Write what is asked in <questiontext>."))
    kind, answers, pairs = kinds.READ[one.kind](one)
    check(kind, answers, pairs, one.line)
    if one.element.find("hint") is not None:
        one.findings.note(one.line, _("Left out: %(what)s.") % {"what": _("hints between attempts")})
    return QuestionWritten(
        kind,
        titled(title, stem),
        stem or title,
        answers,
        pairs,
        one.words("generalfeedback"),
        one.words("correctfeedback"),
        one.words("partiallycorrectfeedback"),
        one.words("incorrectfeedback"),
        tags_of(one.typed("text", within=tag) for tag in one.each("tags/tag")),
        category,
        kinds.unit_of(one) if kind == "numeric" else "",
        kind == "short" and one.flag("usecase", "0"),
        line=one.line,
    )
