"""GIFT, read as Moodle reads it: which marks stand in the braces says of what kind a question is."""

import re

from django.utils.translation import gettext as _

from concerted.packs.questions import gift_answers as answers
from concerted.packs.questions.decoding import text_of
from concerted.packs.questions.gift_blocks import Block, blocks_of, plain
from concerted.packs.questions.gift_words import FormatsOf
from concerted.packs.questions.pieces import Piece
from concerted.packs.questions.soundness import check
from concerted.packs.questions.written import Findings, QuestionWritten, Refused, titled

_CATEGORY = re.compile(r"\$CATEGORY:(.*)")
_GENERAL = "####"
#: What a missing word leaves in the question.
GAP = "_____"
#: What begins an answer, and how many of them a question may have: far more than anybody reads.
_MARKS, MARKS_MOST = "=~", 200
_TRUE_FALSE = ("T", "TRUE", "F", "FALSE")


def read_gift(content: bytes, findings: Findings) -> tuple[QuestionWritten, ...]:
    """The questions of a GIFT file; what is wrong with the others is in `findings`."""
    found = []
    category = ""
    for block in blocks_of(text_of(content)):
        piece = block.piece.stripped()
        match = _CATEGORY.match(piece.text)
        if match:
            category = category_of(plain(match[1]))
            piece = piece.part(match.end()).stripped()
            if piece.text:
                findings.note(
                    block.place(piece)[0],
                    _("This question follows its category without a blank line; Moodle would lose it."),
                    _("Put a blank line between them."),
                )
        if not piece.text:
            continue
        try:
            question = _question(block, piece, category, findings)
        except Refused as refused:
            findings.refuse(refused.line or block.line, refused.message, refused.remedy, refused.column)
            continue
        if question is not None:
            found.append(question)
    return tuple(found)


def category_of(path: str) -> str:
    """A category without what stands for the place it was taken from.

    >>> category_of("$course$/top/Danger/Signs")
    'Danger/Signs'
    """
    parts = [part.strip() for part in path.split("/")]
    return "/".join(part for part in parts if part and part != "top" and not part.startswith("$"))


def _question(block: Block, piece: Piece, category: str, findings: Findings) -> QuestionWritten | None:
    line = block.place(piece)[0]
    title, piece = _named(piece)
    inside = _braces(block, piece)
    words = FormatsOf(line, findings)
    if inside is None:
        findings.note(
            line, _("This describes and asks nothing. It is left out."), _("Put it into the question it is about.")
        )
        return None
    stem = words.stem(_asked(piece, inside))
    if not stem and not title:
        raise block.refused(piece, _("The question asks nothing."), _("Write what is asked before the braces."))
    inside = inside.stripped()
    at = inside.text.rfind(_GENERAL)
    feedback = words.of(inside.part(at + len(_GENERAL))) if at >= 0 else ""
    inside = inside.part(0, at).stripped() if at >= 0 else inside
    kind, parts = _answers(block, inside, words)
    check(kind, parts.answers, parts.pairs, *block.place(inside))
    return QuestionWritten(
        kind,
        titled(title, stem),
        stem or title,
        parts.answers,
        parts.pairs,
        feedback,
        tags=block.tags,
        category=category,
        line=line,
    )


def _named(piece: Piece) -> tuple[str, Piece]:
    """The title between two pairs of colons, and what follows it."""
    if not piece.text.startswith("::"):
        return "", piece
    piece = piece.part(2)
    ends = piece.text.find("::")
    if ends < 0:
        return "", piece
    return plain(piece.text[:ends]), piece.part(ends + 2).stripped()


def _braces(block: Block, piece: Piece) -> Piece | None:
    """What stands in the braces; None where there are none."""
    opens, closes = piece.text.find("{"), piece.text.find("}")
    if opens < 0 and closes < 0:
        return None
    if opens < 0:
        raise block.refused(
            piece.part(closes),
            _("A brace closes here that was never opened."),
            _("Open the answers with “{”, or write “\\}” for the sign. A blank line ends a question."),
        )
    if closes < 0:
        raise block.refused(
            piece.part(opens),
            _("The brace that opens here is never closed."),
            _("Close the answers with “}”. A blank line ends a question, also between its answers."),
        )
    if closes < opens:
        raise block.refused(
            piece.part(closes),
            _("A brace closes here before one is opened."),
            _("Put the answers between “{” and “}”, and write “\\}” for the sign."),
        )
    return piece.part(opens + 1, closes)


def _asked(piece: Piece, inside: Piece) -> Piece:
    """The question without its answers; a gap where words follow them."""
    before = piece.text[: inside.at - piece.at - 1]
    after = piece.text[inside.at - piece.at + len(inside.text) + 1 :]
    return Piece(f"{before}{GAP}{after}" if after.strip() else before, piece.at)


def _answers(block: Block, inside: Piece, words: FormatsOf) -> tuple[str, answers.Parts]:
    """The kind of a question by the marks in its braces, in Moodle's order, and its answers."""
    text = inside.text
    if sum(map(text.count, _MARKS)) > MARKS_MOST:
        raise block.refused(
            inside,
            _("There are more than %(most)s answers in one question.") % {"most": MARKS_MOST},
            _("Look whether a brace or a blank line is missing, or cut the question in two."),
        )
    if not text:
        return "reflection", answers.Parts()
    if text.startswith("#"):
        return "numeric", answers.numeric(block, inside.part(1), words)
    if (items := answers.ordered(inside, words)) is not None:
        return "ordering", items
    if "~" in text:
        kind = "single" if "=" in text else "multiple"
        return kind, answers.chosen(block, inside, words)
    if "=" in text and "->" in text:
        return "matching", answers.matching(block, inside, words)
    if text.partition("#")[0].strip() in _TRUE_FALSE:
        return "truefalse", answers.true_false(inside, words)
    return "short", answers.short(block, inside, words)
