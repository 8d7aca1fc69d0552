"""Marks the words of a glossary in a text that is ready to be shown. Pure: safe HTML in, the same HTML with marks out.

Nothing but `<mark>` and links to the notes below is put in, at places between the letters; take them away and what went
in is there again, sign for sign.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from concerted.text.wording import WordEntry, avoided_in, phrases_of, stands_in, terms_in

# A tag (its values stand in double quotes, as our renderer writes them), one entity, a run of words, or a lone sign.
_PIECE = re.compile(r"<[^<>\"]*(?:\"[^\"]*\"[^<>\"]*)*>|&#?\w+;|[^<&]+|[<&]")
_NAME = re.compile(r"</?([a-zA-Z0-9]*)")
#: Tags inside a line; any other begins a new one, and no phrase goes on across it.
_INLINE = frozenset({"a", "abbr", "code", "del", "em", "ins", "mark", "strong", "sub", "sup"})
# No blank, so that no phrase is found across it, and no sign of a word.
_BREAK = "\x00"


@dataclass(frozen=True)
class Note:
    """What a glossary says of a word that is marked: to avoid it and what to write instead, or that it is a term.

    `id`: of the note in its page; `words`: as they stand in the text. For a term `prefer` is what the other language
    says for it, empty where it says nothing.
    """

    id: str
    words: str
    avoid: bool
    prefer: str
    why: str = ""


@dataclass(frozen=True)
class Hint:
    """A term of the source whose translation does not stand in the words written so far."""

    words: str
    prefer: str


@dataclass(frozen=True)
class _Hit:
    """A word of the glossary where it stands; `of`: the entry of a term."""

    start: int
    words: str
    avoid: bool
    prefer: str
    why: str = ""
    of: WordEntry | None = None


@dataclass(frozen=True)
class _Span:
    begins: int
    ends: int
    note: str


@dataclass(frozen=True)
class _Piece:
    """A bit of HTML, the words it shows, and where they begin in the plain text."""

    raw: str
    words: str
    begins: int
    linked: bool


def mark_words(
    shown: str, language: str, entries: Sequence[WordEntry], name: str, *, terms: bool = False, into: str = ""
) -> tuple[str, tuple[Note, ...]]:
    """Safe HTML with the words to avoid marked, and with `terms` the terms too; and the notes the marks lead to.

    `name` begins the ids of the notes; `into` is the language that terms are to be translated into, if any.

    >>> entry = WordEntry("en", ("confess*",), "said", "It sounds like guilt.")
    >>> mark_words("<p>She confessed.</p>", "en", [entry], "w")[0]
    '<p>She <mark><a href="#w1" aria-describedby="w1">confessed</a></mark>.</p>'
    """
    pieces = list(_pieces(shown))
    plain = "".join(piece.words for piece in pieces)
    spans, notes = _found(plain, language, entries, name, terms=terms, into=into)
    return "".join(_marked(piece, spans) for piece in pieces), notes


def hints_for(source: str, written: str, language: str, into: str, entries: Sequence[WordEntry]) -> tuple[Hint, ...]:
    """The terms of a source whose translation the glossary knows and the words written so far do not hold.

    >>> english = WordEntry("en", (), "", "", ("disclosure",), "told")
    >>> entries = [english, WordEntry("fr", (), "", "", ("révélation",), "told")]
    >>> hints_for("After disclosure, listen.", "Ensuite, écoutez.", "en", "fr", entries)
    (Hint(words='disclosure', prefer='révélation'),)
    """
    hints: dict[str, Hint] = {}
    for found in terms_in(source, language, entries):
        phrases = _phrases_for(found.entry, into, entries)
        if phrases and not stands_in(written, into, phrases):
            hints.setdefault(found.entry.idea, Hint(found.words, _said(phrases)))
    return tuple(hints.values())


def _phrases_for(entry: WordEntry, into: str, entries: Sequence[WordEntry]) -> tuple[str, ...]:
    """What another language says for the idea of an entry."""
    if not entry.idea:
        return ()
    same = (one for one in entries if one.language == into and one.idea == entry.idea)
    return tuple(phrase for one in same for phrase in one.terms or phrases_of(one.prefer))


def _said(phrases: Sequence[str]) -> str:
    return " / ".join(phrase.replace("*", "") for phrase in phrases)


def _pieces(shown: str) -> Iterator[_Piece]:
    begins, linked = 0, 0
    for match in _PIECE.finditer(shown):
        raw = match[0]
        if raw[0] == "<" and len(raw) > 1:
            tag = _NAME.match(raw)
            named = tag[1].lower() if tag else ""
            words = "" if named in _INLINE else _BREAK
            if named == "a":
                linked += -1 if raw[1] == "/" else 1
        else:
            words = html.unescape(raw) if raw[0] == "&" else raw
        yield _Piece(raw, words, begins, linked > 0)
        begins += len(words)


def _found(
    plain: str, language: str, entries: Sequence[WordEntry], name: str, *, terms: bool, into: str
) -> tuple[list[_Span], tuple[Note, ...]]:
    """Where the marks go, in order and none over another, and one note for each idea."""
    hits = [_Hit(one.start, one.words, True, one.prefer, one.why) for one in avoided_in(plain, language, entries)]
    for term in terms_in(plain, language, entries) if terms else ():
        hits.append(_Hit(term.start, term.words, False, _said(_phrases_for(term.entry, into, entries)), of=term.entry))
    spans: list[_Span] = []
    notes: dict[tuple[bool, str, str, WordEntry | None], Note] = {}
    ends = 0
    # What is to be avoided goes first where both begin.
    for hit in sorted(hits, key=lambda hit: (hit.start, not hit.avoid)):
        if hit.start < ends:
            continue
        fresh = Note(f"{name}{len(notes) + 1}", hit.words, hit.avoid, hit.prefer, hit.why)
        note = notes.setdefault((hit.avoid, hit.prefer, hit.why, hit.of), fresh)
        ends = hit.start + len(hit.words)
        spans.append(_Span(hit.start, ends, note.id))
    return spans, tuple(notes.values())


def _marked(piece: _Piece, spans: Sequence[_Span]) -> str:
    """A piece with its part of every mark that reaches into it. An entity is one sign and is marked whole."""
    if not piece.words or (piece.raw[0] == "<" and len(piece.raw) > 1):
        return piece.raw
    ends = piece.begins + len(piece.words)
    within = [span for span in spans if span.begins < ends and span.ends > piece.begins]
    if piece.raw != piece.words:
        return _mark(piece.raw, within[0].note, piece.linked) if within else piece.raw
    out, at = [], 0
    for span in within:
        first, last = max(span.begins - piece.begins, 0), min(span.ends, ends) - piece.begins
        out += [piece.raw[at:first], _mark(piece.raw[first:last], span.note, piece.linked)]
        at = last
    return "".join([*out, piece.raw[at:]])


def _mark(raw: str, note: str, linked: bool) -> str:
    # A link in a link is no HTML; the note stands below all the same.
    if linked:
        return f"<mark>{raw}</mark>"
    return f'<mark><a href="#{note}" aria-describedby="{note}">{raw}</a></mark>'
