"""What stands in the braces of a GIFT question, kind by kind, read as Moodle reads it."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from concerted.packs.questions import weights
from concerted.packs.questions.gift_blocks import Block
from concerted.packs.questions.gift_words import FormatsOf
from concerted.packs.questions.numbers import number_in, span_in
from concerted.packs.questions.pieces import Piece
from concerted.packs.questions.soundness import FULL
from concerted.packs.questions.written import ANY, Answer, Pair

_WEIGHT = re.compile(r"%(-*)([0-9]{1,2}\.?[0-9]*)%")

#: What stands before the lines of an ordering question: how many are shown, which, how they lie and are marked.
_ORDERING = re.compile(
    r">\s*\d+(?:\s+(?:ALL|EXACT|RANDOM|REL|CONTIGUOUS|CONTIG))?(?:\s+(?:HORIZONTAL|HORI|H|1|VERTICAL|VERT|V|0))?"
    r"(?:\s+(?:[A-Z]+(?:_[A-Z]+)+|ABSOLUTE|ABS|RELATIVE|REL))?(?:\s+(?:SHOW|TRUE|YES|1|HIDE|FALSE|NO|0))?"
    r"(?:\s+(?:none|123|abc|ABCD|iii|IIII))?[^\S\n]*(?:\n|$)"
)


@dataclass(frozen=True)
class Parts:
    """The answers or the pairs of a question."""

    answers: tuple[Answer, ...] = ()
    pairs: tuple[Pair, ...] = ()


def _weighed(block: Block, piece: Piece, usual: float) -> tuple[float, Piece]:
    """The weight between per cent signs, and what follows it."""
    match = _WEIGHT.match(piece.text)
    if not match:
        return usual, piece
    line, column = block.place(piece)
    value = float(match[2]) * (-1 if match[1] else 1)
    return weights.share(value, line, column), piece.part(match.end())


def ordered(inside: Piece, words: FormatsOf) -> Parts | None:
    """`{>4 ALL VERTICAL ...` and a line for each item, in order: plain words, as in Moodle. None for another kind."""
    head = _ORDERING.match(inside.text)
    if head is None:
        return None
    items = (words.reply(line) for line in inside.part(head.end()).split("\n"))
    return Parts(tuple(Answer(item) for item in items if item))


def _said(piece: Piece) -> tuple[Piece, Piece]:
    """An answer and its feedback."""
    at = piece.text.find("#")
    return (piece, Piece("", piece.at)) if at < 0 else (piece.part(0, at), piece.part(at + 1))


def chosen(block: Block, inside: Piece, words: FormatsOf) -> Parts:
    """Options: `=` the right one, `~` another, which may have a weight."""
    found = []
    for piece in inside.begun_by("=~"):
        right, option = piece.text.startswith("="), piece
        if piece.text[:1] in ("=", "~"):
            option = piece.part(1)
        weight, option = (FULL, option) if right else _weighed(block, option.stripped(), 0.0)
        said, why = _said(option)
        text = words.of(said)
        if text:
            found.append(Answer(text, weight, words.of(why)))
        elif piece.text.strip():
            line, column = block.place(piece)
            words.findings.note(line, _("This answer has no words. It is left out."), column=column)
    return Parts(tuple(found))


def matching(block: Block, inside: Piece, words: FormatsOf) -> Parts:
    """Lines and their replies, `=line -> reply`. A weight before a line counts for nothing, to Moodle neither."""
    found = []
    for piece in _equals(inside):
        left, arrow, _right = piece.text.partition("->")
        if not arrow:
            raise block.refused(
                piece, _("This line has no reply."), _("Write it as =line -> reply, every pair after an “=”.")
            )
        _weight, line = _weighed(block, piece.part(0, len(left)).stripped(), 0.0)
        pair = Pair(words.of(line), words.reply(piece.part(len(left) + 2)))
        found.append(pair)
    return Parts(pairs=tuple(found))


def true_false(inside: Piece, words: FormatsOf) -> Parts:
    """`{T#when wrong#when right}`."""
    said, *feedback = inside.split("#", 2)
    wrong, right = [*map(words.of, feedback), "", ""][:2]
    if said.text.strip().startswith("T"):
        return Parts((Answer("true", FULL, right), Answer("false", 0.0, wrong)))
    return Parts((Answer("true", 0.0, wrong), Answer("false", FULL, right)))


def _equals(inside: Piece) -> list[Piece]:
    """The parts between equals signs; an empty first one does not count."""
    first, *rest = (piece.stripped() for piece in inside.split("="))
    return [first, *rest] if first.text else rest


def short(block: Block, inside: Piece, words: FormatsOf) -> Parts:
    """Accepted forms, each after an equals sign."""
    found = []
    for piece in _equals(inside):
        weight, form = _weighed(block, piece, FULL)
        said, why = _said(form)
        text = words.typed(said)
        if text:
            found.append(Answer(text, weight, words.of(why)))
    return Parts(tuple(found))


def numeric(block: Block, inside: Piece, words: FormatsOf) -> Parts:
    """Numbers, `3:2` with what they may be off by or `1..5` from and to; after `~` what is said of any other."""
    at = inside.text.find("~")
    wrong, inside = (inside.part(at), inside.part(0, at)) if at >= 0 else (None, inside)
    found = []
    for piece in _equals(inside):
        weight, form = _weighed(block, piece, FULL)
        said, why = _said(form)
        value, tolerance = _number(block, said.stripped())
        found.append(Answer(value, weight, words.of(why), tolerance))
    if wrong is not None:
        found.append(Answer(ANY, 0.0, words.of(_said(wrong)[1])))
    return Parts(tuple(found))


def _number(block: Block, piece: Piece) -> tuple[str, str]:
    text = words_of_number(piece)
    if text == ANY:
        return ANY, ""
    read = span_in(text) if text.find("..") > 0 else _off_by(text)
    if read is None:
        raise block.refused(
            piece,
            _("“%(value)s” is no number.") % {"value": text[:40]},
            _("Write it with a decimal point, as 3.5, 3.5:0.1 or 3..4."),
        )
    return read


def words_of_number(piece: Piece) -> str:
    """A number as it is written, its line ends and blanks taken off."""
    return "".join(piece.text.split())


def _off_by(text: str) -> tuple[str, str] | None:
    value, colon, tolerance = text.partition(":")
    read, off = number_in(value), number_in(tolerance if colon else "0")
    return (read, off) if read is not None and off is not None else None
