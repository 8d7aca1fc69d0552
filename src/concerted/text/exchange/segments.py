"""What goes out to translators and what comes back, in whatever format. No models: callers bring the words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

#: Files over this are refused before anything reads them.
BYTES_MOST = 50 * 1024 * 1024
#: Segments in one file that is read; a response has some ten thousand.
SEGMENTS_MOST = 200_000
#: BCP 47, as far as a response needs it: a language, then script, region or variant.
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
#: What XML 1.0 cannot hold (section 2.2), and the C1 controls that it advises against; U+0085 is a line end to some.
UNCARRIED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
STATES = ("missing", "draft", "machine", "reviewed", "tested")


class ExchangeRefused(Exception):
    """The whole file cannot be written or read; the message says why, `code` says it to a program."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Piece:
    """One section going out. `document` is "room/key" of its document, `source_hash` the section's hash.

    `state` is that of the target words, one of `STATES`; `note` is what a translator should know.
    """

    document: str
    key: str
    source_hash: str
    source_title: str
    source_markdown: str
    target_title: str = ""
    target_markdown: str = ""
    state: str = "missing"
    note: str = ""


@dataclass(frozen=True)
class Returned:
    """One section coming back. `state` is "machine", "draft" or "reviewed", which is what the file claims, not
    what is known.
    """

    document: str
    key: str
    source_hash: str
    title: str
    markdown: str
    state: str


@dataclass(frozen=True)
class LeftOut:
    """A segment that was not taken: its name, a reason for people and its code for programs."""

    unit: str
    code: str
    reason: str


@dataclass(frozen=True)
class Exchange:
    """What goes out: pieces whose words every format can carry, each section once."""

    source_language: str
    target_language: str
    pieces: tuple[Piece, ...]

    def by_document(self) -> dict[str, list[Piece]]:
        """The pieces under their documents, both in the order they were given."""
        found: dict[str, list[Piece]] = {}
        for piece in self.pieces:
            found.setdefault(piece.document, []).append(piece)
        return found


@dataclass(frozen=True)
class Back:
    """What came back: whole sections, and the segments that were not taken."""

    source_language: str
    target_language: str
    returned: tuple[Returned, ...]
    left_out: tuple[LeftOut, ...]


def outgoing(pieces: Iterable[Piece], source_language: str, target_language: str) -> Exchange:
    """The pieces that have words, checked.

    Raises `ExchangeRefused`: nothing-to-send, language, doubled, character, state.
    """
    worded = tuple(piece for piece in pieces if piece.source_title or piece.source_markdown)
    exchange = Exchange(known_language(source_language), known_language(target_language), worded)
    if not exchange.pieces:
        raise nothing_to_send()
    seen: set[tuple[str, str]] = set()
    for piece in exchange.pieces:
        name = f"{piece.document}#{piece.key}"
        if (piece.document, piece.key) in seen:
            raise doubled(name)
        seen.add((piece.document, piece.key))
        if piece.state not in STATES:
            raise ExchangeRefused("state", _("“%(state)s” is no state of a translation.") % {"state": piece.state})
        _check_characters(piece, name)
    return exchange


def _check_characters(piece: Piece, name: str) -> None:
    words = (piece.document, piece.key, piece.source_hash, piece.source_title, piece.source_markdown)
    for text in (*words, piece.target_title, piece.target_markdown, piece.note):
        bad = UNCARRIED.search(text)
        if bad:
            message = _("%(section)s holds the character U+%(sign)s, which no translator's file can carry. Remove it.")
            raise ExchangeRefused("character", message % {"section": name, "sign": f"{ord(bad[0]):04X}"})


def nothing_to_send() -> ExchangeRefused:
    """The refusal to write a file without a segment, which the formats do not allow or tools choke on."""
    return ExchangeRefused("nothing-to-send", _("There is no section to send."))


def doubled(name: str) -> ExchangeRefused:
    """The refusal of a name that stands twice, where each must stand once."""
    return ExchangeRefused("doubled", _("%(name)s is there twice. Each segment may stand once.") % {"name": name})


def known_language(code: str | None, known: Sequence[str] = ()) -> str:
    """`code`, if it is a language code, and one of `known` where that is given. Raises `ExchangeRefused`: language."""
    if not code or not _LANGUAGE.fullmatch(code) or (known and code not in known):
        message = _(
            "The file must name its languages, and “%(code)s” is none that is known here. Write the codes that "
            "it went out with."
        )
        raise ExchangeRefused("language", message % {"code": (code or "")[:40]})
    return code


def check_size(content: bytes) -> None:
    """Raise `ExchangeRefused` (size) for a file over the limit, before anything reads it."""
    if len(content) > BYTES_MOST:
        message = _("The file is larger than %(most)s MB. Send it in parts.")
        raise ExchangeRefused("size", message % {"most": BYTES_MOST // 1024 // 1024})


def misshapen() -> ExchangeRefused:
    """The refusal of a file that is small enough but made to wear a reader out."""
    message = _("The file is too deep or too long for what a translator's tool builds. Export it again from the tool.")
    return ExchangeRefused("shape", message)


def check_number(segments: int) -> None:
    """Raise `ExchangeRefused` (many) once a file has more segments than any of ours."""
    if segments > SEGMENTS_MOST:
        message = _("The file has more than %(most)s segments. Send it in parts.")
        raise ExchangeRefused("many", message % {"most": SEGMENTS_MOST})


class Pair:
    """The two languages of a file that is being read, which every part of it must share."""

    def __init__(self, known: Sequence[str] = ()) -> None:
        self.known = known
        self.found: tuple[str, str] | None = None

    def hear(self, source: str | None, target: str | None) -> None:
        """Take in what a part of the file says. Raises `ExchangeRefused`: language, languages."""
        pair = known_language(source, self.known), known_language(target, self.known)
        if self.found and pair != self.found:
            raise ExchangeRefused("languages", _("The file mixes several languages. Send one file a language."))
        self.found = pair

    def spoken(self) -> tuple[str, str]:
        """Source and target language. Raises `ExchangeRefused` (language) when the file named none."""
        return self.found or (known_language(None), known_language(None))
