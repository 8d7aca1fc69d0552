"""XLIFF 2.1 out and back (OASIS Standard, 13 February 2018); reads 2.0 too, which has the same names.

A document is a `<file>`, a section a `<group>`, its title and each block of its Markdown a `<unit>` of one segment.
2.1 has no `extradata`; source hash and place stand in the unit's `name`, which the standard has tools leave alone and
which, unlike metadata, belongs to the core that all of them read. Pairs are `<pc>`, single marks `<ph>`; what they are
in Markdown stands in `<originalData>`.
"""

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from concerted.text.exchange import xml_out
from concerted.text.exchange.codes import Code, Run, Runs
from concerted.text.exchange.gather import Unit, gather
from concerted.text.exchange.parts import Part, group_id, parts_of
from concerted.text.exchange.segments import Back, Pair, Piece, outgoing
from concerted.text.exchange.xml_in import walk, wrong_root

_SPACE = "urn:oasis:names:tc:xliff:document:2.0"
_NS = f"{{{_SPACE}}}"
#: XLIFF 2 has no word of its own for it.
_BY_MACHINE = "concerted:machine"
#: State going out -> attributes of the segment.
_OUT = {
    "missing": {"state": "initial"},
    "copy": {"state": "initial"},
    "draft": {"state": "translated"},
    "machine": {"state": "translated", "subState": _BY_MACHINE},
    "reviewed": {"state": "reviewed"},
    "tested": {"state": "final"},
}
_CLAIMS = {"translated": "draft", "reviewed": "reviewed", "final": "reviewed"}
_STRONGEST = ("open", "machine", "draft", "reviewed")
_PREFIX = {"open": "o", "close": "c", "alone": "p"}
_FIXED = {"canCopy": "no", "canDelete": "no"}


def write(pieces: Iterable[Piece], source_language: str, target_language: str, *, prefill: bool = False) -> bytes:
    """The pieces as an XLIFF 2.1 file; `prefill` copies the source where there is no target.

    Raises `ExchangeRefused` as `segments.outgoing` does.
    """
    exchange = outgoing(pieces, source_language, target_language)
    languages = {"srcLang": exchange.source_language, "trgLang": exchange.target_language}
    lines = [xml_out.tag("xliff", {"version": "2.1", "xmlns": _SPACE, **languages})]
    for no, (document, sections) in enumerate(exchange.by_document().items(), start=1):
        lines.append(xml_out.tag("file", {"id": f"f{no}", "original": document, "xml:space": "preserve"}))
        for piece in sections:
            units = [_unit(part, piece.note) for part in parts_of(piece, prefill=prefill)]
            group = xml_out.tag("group", {"id": group_id(piece.key), "name": piece.key})
            lines += [group, *units, "</group>"]
        lines.append("</file>")
    return xml_out.document([*lines, "</xliff>"])


def _unit(part: Part, note: str) -> str:
    notes = xml_out.tag("notes", {}, xml_out.tag("note", {}, xml_out.escaped(note))) if note else ""
    data = "".join(
        xml_out.tag("data", {"id": _PREFIX[run.kind] + run.id}, xml_out.escaped(run.mark))
        for run in part.source
        if isinstance(run, Code)
    )
    inner = notes + (xml_out.tag("originalData", {}, data) if data else "")
    sides = xml_out.tag("source", {}, _inline(part.source))
    if part.target:
        sides += xml_out.tag("target", {}, _inline(part.target))
    inner += xml_out.tag("segment", _OUT[part.state], sides)
    return xml_out.tag("unit", {"id": part.id, "name": part.mark, "canResegment": "no"}, inner)


def _inline(runs: Runs) -> str:
    """Words and codes as XML. Codes of ours never cross, so a pair is one element around its words."""
    written = []
    for run in runs:
        if isinstance(run, str):
            written.append(xml_out.escaped(run))
        elif run.kind == "alone":
            written.append(xml_out.tag("ph", {"id": run.id, **_FIXED, "dataRef": f"p{run.id}"}, ""))
        elif run.kind == "open":
            ends = {"dataRefStart": f"o{run.id}", "dataRefEnd": f"c{run.id}"}
            written.append(xml_out.tag("pc", {"id": run.id, **_FIXED, **ends}))
        else:
            written.append("</pc>")
    return "".join(written)


def read(content: bytes, *, languages: tuple[str, ...] = ()) -> Back:
    """What an XLIFF 2.0 or 2.1 file brings back; `languages`, where given, are the only ones known.

    Raises `ExchangeRefused` for a file that is hostile, broken, another format, in unknown languages, or has a segment
    twice. A segment with a fault is left out and reported, the rest is taken.
    """
    pair = Pair(languages)
    returned, left_out = gather(_units(content, pair))
    return Back(*pair.spoken(), returned, left_out)


def _units(content: bytes, pair: Pair) -> Iterator[Unit]:
    document = ""
    for event, element in walk(content, _check_root, _NS + "unit"):
        if event == "unit":
            yield _read_unit(document, element)
        elif element.tag == _NS + "file":
            document = element.get("original", "")
        elif element.tag == _NS + "xliff":
            pair.hear(element.get("srcLang"), element.get("trgLang"))


def _check_root(element: Element) -> None:
    if element.tag != _NS + "xliff" or element.get("version") not in ("2.0", "2.1"):
        raise wrong_root("XLIFF 2.1")


def _read_unit(document: str, element: Element) -> Unit:
    """A unit, put together again where a tool has cut it into several segments."""
    data = {one.get("id", ""): one.text or "" for one in element.iterfind(f"{_NS}originalData/{_NS}data")}
    source: list[Run] = []
    target: list[Run] = []
    claims: list[str] = []
    for part in element:
        if part.tag not in (_NS + "segment", _NS + "ignorable"):
            continue
        was, now = _side(part, "source", data), _side(part, "target", data)
        between = part.tag == _NS + "ignorable"
        source += was
        target += now or (was if between else ())
        if not between:
            claims.append(_claim(part) if now else "none")
    if not claims or "none" in claims:
        target = []
    claim = min((claim for claim in claims if claim != "none"), key=_STRONGEST.index, default="open")
    return Unit(document, element.get("id", ""), element.get("name"), tuple(source), tuple(target), claim)


def _claim(part: Element) -> str:
    claim = _CLAIMS.get(part.get("state", ""), "open")
    return "machine" if claim != "reviewed" and part.get("subState") == _BY_MACHINE else claim


def _side(part: Element, name: str, data: dict[str, str]) -> Runs:
    side = part.find(_NS + name)
    return tuple(_inside(side, data)) if side is not None else ()


def _inside(element: Element, data: dict[str, str]) -> Iterator[Run]:
    """Words and codes; annotations are seen through, a pair that a tool has split is two halves, others are foreign."""
    yield element.text or ""
    for child in element:
        name, mark = child.get("id", ""), child.tag.removeprefix(_NS)
        if mark == "pc":
            yield Code("open", name, data.get(child.get("dataRefStart", ""), ""))
            yield from _inside(child, data)
            yield Code("close", name, data.get(child.get("dataRefEnd", ""), ""))
        elif mark == "mrk":
            yield from _inside(child, data)
        elif mark in ("ph", "sc", "ec"):
            kind = {"ph": "alone", "sc": "open", "ec": "close"}[mark]
            yield Code(kind, child.get("startRef", name), data.get(child.get("dataRef", ""), ""))
        elif mark not in ("sm", "em"):
            yield Code("foreign", name, "")
        yield child.tail or ""
