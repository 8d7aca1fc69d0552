"""TMX 1.4b out and back (LISA OSCAR, 26 April 2005): a memory of pairs, so that earlier translations can be offered.

Only what a person translated goes out; there is nothing to fill in. What comes back, from whatever tool, are offers:
a memory does not know versions, so nothing of it becomes a translation by itself. Our own marks come back as Markdown,
those of other formats (HTML and the like) are dropped and their words kept.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from concerted.text.exchange import xml_out
from concerted.text.exchange.codes import Code, Run, Runs, is_mark, text_of
from concerted.text.exchange.gather import left_out
from concerted.text.exchange.pairing import fault_of
from concerted.text.exchange.parts import Part, parts_of
from concerted.text.exchange.segments import (
    UNCARRIED,
    ExchangeRefused,
    LeftOut,
    Piece,
    check_number,
    doubled,
    known_language,
    nothing_to_send,
    outgoing,
)
from concerted.text.exchange.xml_in import XML, walk, wrong_root

_TAGS = {"open": "bpt", "close": "ept", "alone": "ph"}
_KINDS = {tag: kind for kind, tag in _TAGS.items()}
_VERSIONS = ("1.1", "1.2", "1.3", "1.4")


@dataclass(frozen=True)
class Offer:
    """One pair of a memory: words in one language and what somebody made of them in another; `unit` is its name."""

    unit: str
    source_language: str
    target_language: str
    source: str
    target: str


@dataclass(frozen=True)
class Memory:
    """What a TMX file holds: offers, and the segments that cannot be one."""

    offers: tuple[Offer, ...]
    left_out: tuple[LeftOut, ...]


def write(pieces: Iterable[Piece], source_language: str, target_language: str, *, prefill: bool = False) -> bytes:
    """What is translated of these pieces as a TMX file. `prefill` changes nothing: a copy is no memory.

    Raises `ExchangeRefused` as `segments.outgoing` does, and when nothing is translated.
    """
    exchange = outgoing(pieces, source_language, target_language)
    header = {"creationtool": "concerted", "creationtoolversion": "1", "segtype": "block", "o-tmf": "concerted"}
    header |= {"adminlang": "en", "srclang": exchange.source_language, "datatype": "x-markdown"}
    units = [
        _unit(f"{piece.document}#{part.id}", part, (exchange.source_language, exchange.target_language))
        for piece in exchange.pieces
        for part in parts_of(piece, prefill=False)
        if part.state in ("draft", "reviewed", "tested")
    ]
    if not units:
        raise nothing_to_send()
    head = [xml_out.tag("tmx", {"version": "1.4"}), xml_out.tag("header", header, ""), "<body>"]
    return xml_out.document([*head, *units, "</body>", "</tmx>"])


def _unit(name: str, part: Part, languages: tuple[str, str]) -> str:
    sides = zip(languages, (part.source, part.target), strict=True)
    inner = "".join(
        xml_out.tag("tuv", {"xml:lang": language}, xml_out.tag("seg", {}, "".join(map(_inline, runs))))
        for language, runs in sides
    )
    return xml_out.tag("tu", {"tuid": name}, inner)


def _inline(run: Run) -> str:
    if isinstance(run, str):
        return xml_out.escaped(run)
    pair = {} if run.kind == "alone" else {"i": run.id}
    again = {} if run.kind == "close" else {"x": run.id}
    return xml_out.tag(_TAGS[run.kind], pair | again, xml_out.escaped(run.mark))


def read(content: bytes) -> Memory:
    """The pairs of a TMX file, in any languages; which of them are of use is the caller's to say.

    Raises `ExchangeRefused` for a file that is hostile, broken, another format, with languages that are none, without a
    source language, or with a unit's name twice. A `<!DOCTYPE tmx SYSTEM ...>` is passed over and never fetched: OmegaT
    writes one.
    """
    offers: list[Offer] = []
    out: list[LeftOut] = []
    seen: set[str] = set()
    for no, (name, source, unit) in enumerate(_units(content), start=1):
        check_number(no)
        if name and name in seen:
            raise doubled(name)
        seen.add(name)
        name = name or f"tu {no}"
        found, faults = _offers(name, unit, source)
        offers += found
        out += [left_out(name, fault) for fault in faults]
    return Memory(tuple(offers), tuple(out))


def _units(content: bytes) -> Iterator[tuple[str, str, Element]]:
    """Name, source language and element of each unit."""
    source = ""
    for event, element in walk(content, _check_root, "tu", doctype="tmx"):
        if event == "unit":
            if not (element.get("srclang") or source):
                raise _headless()
            yield element.get("tuid", ""), element.get("srclang") or source, element
        elif element.tag == "header":
            source = element.get("srclang", "")


def _check_root(element: Element) -> None:
    if element.tag != "tmx" or element.get("version") not in _VERSIONS:
        raise wrong_root("TMX 1.4")


def _headless() -> ExchangeRefused:
    message = _("The memory does not say which language it is translated from. Export it again with its header.")
    return ExchangeRefused("header", message)


def _offers(name: str, unit: Element, source: str) -> tuple[list[Offer], list[str]]:
    """The pairs of a unit with its source side, and the faults of sides that cannot be in one."""
    sides: dict[str, Runs] = {}
    for side in unit.iter("tuv"):
        segment = side.find("seg")
        language = known_language(side.get(XML + "lang") or side.get("lang"))
        if segment is not None:
            sides.setdefault(language, tuple(_inside(segment)))
    first = _source_of(sides, source)
    if first is None:
        return [], ["no-source"]
    faults = [fault for runs in sides.values() if (fault := _fault(runs))]
    words = text_of(sides[first])
    good = {language: text_of(runs) for language, runs in sides.items() if language != first and not _fault(runs)}
    if not words.strip() or _fault(sides[first]):
        good = {}
    return [Offer(name, first, language, words, text) for language, text in good.items() if text.strip()], faults


def _source_of(sides: dict[str, Runs], source: str) -> str | None:
    """The language of the source side: the one named, whatever its capitals; the first where any may be it."""
    if source.lower() == "*all*":
        return next(iter(sides), None)
    return next((language for language in sides if language.lower() == source.lower()), None)


def _fault(runs: Runs) -> str:
    """Single marks need no name in a memory, so they are not told apart here but against the words they are for."""
    pairs = tuple(run for run in runs if isinstance(run, Code) and run.kind != "alone")
    return fault_of(pairs, pairs) or ("character" if UNCARRIED.search(text_of(runs)) else "")


def _inside(element: Element) -> Iterator[Run]:
    yield element.text or ""
    for child in element:
        mark = child.text or ""
        if child.tag == "hi":
            yield from _inside(child)
        elif child.tag in _KINDS and is_mark(mark):
            kind = _KINDS[child.tag]
            yield Code(kind, child.get("x" if kind == "alone" else "i") or "", mark)
        yield child.tail or ""
