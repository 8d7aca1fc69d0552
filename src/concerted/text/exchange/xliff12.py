"""XLIFF 1.2 out and back (OASIS Standard, 1 February 2008), the format that translators' tools read best.

A document is a `<file>`, a section a `<group>`, its title and each block of its Markdown a `<trans-unit>` whose
`extradata` holds the source hash and the segment's place: the standard keeps that attribute for the maker of the file,
and tools that merge groups still keep a segment's own attributes. Inline marks are `<bpt>`/`<ept>` pairs and `<ph>`.
"""

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from concerted.text.exchange import xml_out
from concerted.text.exchange.codes import Code, Run, Runs
from concerted.text.exchange.gather import Unit, gather
from concerted.text.exchange.parts import Part, group_id, parts_of
from concerted.text.exchange.segments import Back, Pair, Piece, outgoing
from concerted.text.exchange.xml_in import walk, wrong_root

_SPACE = "urn:oasis:names:tc:xliff:document:1.2"
_NS = f"{{{_SPACE}}}"
_TAGS = {"open": "bpt", "close": "ept", "alone": "ph"}
_KINDS = {_NS + tag: kind for kind, tag in _TAGS.items()}
#: State going out -> attributes of the target; `approved` stands on the unit.
_OUT = {
    "copy": {"state": "needs-translation"},
    "draft": {"state": "translated"},
    "machine": {"state": "needs-review-translation", "state-qualifier": "mt-suggestion"},
    "reviewed": {"state": "signed-off"},
    "tested": {"state": "final"},
}
_OPEN = {None, "", "new", "needs-translation"}
_REVIEWED = {"signed-off", "final"}
#: What tools say of words that a machine put in and nobody has confirmed.
_BY_MACHINE = {"mt-suggestion", "leveraged-mt"}


def write(pieces: Iterable[Piece], source_language: str, target_language: str, *, prefill: bool = False) -> bytes:
    """The pieces as an XLIFF 1.2 file; `prefill` copies the source where there is no target, as many tools need.

    Raises `ExchangeRefused` as `segments.outgoing` does.
    """
    exchange = outgoing(pieces, source_language, target_language)
    lines = [xml_out.tag("xliff", {"version": "1.2", "xmlns": _SPACE})]
    languages = {"source-language": exchange.source_language, "target-language": exchange.target_language}
    for document, sections in exchange.by_document().items():
        lines += [xml_out.tag("file", {"original": document, **languages, "datatype": "x-markdown"}), "<body>"]
        for piece in sections:
            units = [_unit(part, piece.note) for part in parts_of(piece, prefill=prefill)]
            group = xml_out.tag("group", {"id": group_id(piece.key), "resname": piece.key})
            lines += [group, *units, "</group>"]
        lines += ["</body>", "</file>"]
    return xml_out.document([*lines, "</xliff>"])


def _unit(part: Part, note: str) -> str:
    attributes = {"id": part.id, "extradata": part.mark, "xml:space": "preserve"}
    if part.state in ("reviewed", "tested"):
        attributes["approved"] = "yes"
    inner = xml_out.tag("source", {}, _inline(part.source))
    if part.target:
        inner += xml_out.tag("target", _OUT[part.state], _inline(part.target))
    if note:
        inner += xml_out.tag("note", {}, xml_out.escaped(note))
    return xml_out.tag("trans-unit", attributes, inner)


def _inline(runs: Runs) -> str:
    return "".join(
        xml_out.escaped(run)
        if isinstance(run, str)
        else xml_out.tag(_TAGS[run.kind], {"id": run.id}, xml_out.escaped(run.mark))
        for run in runs
    )


def read(content: bytes, *, languages: tuple[str, ...] = ()) -> Back:
    """What an XLIFF 1.2 file brings back; `languages`, where given, are the only ones known.

    Raises `ExchangeRefused` for a file that is hostile, broken, another format, in unknown or several languages, or
    has a segment twice. A segment with a fault is left out and reported, the rest is taken.
    """
    pair = Pair(languages)
    returned, left_out = gather(_units(content, pair))
    return Back(*pair.spoken(), returned, left_out)


def _units(content: bytes, pair: Pair) -> Iterator[Unit]:
    document = ""
    for event, element in walk(content, _check_root, _NS + "trans-unit"):
        if event == "unit":
            yield _read_unit(document, element)
        elif element.tag == _NS + "file":
            document = element.get("original", "")
            pair.hear(element.get("source-language"), element.get("target-language"))


def _check_root(element: Element) -> None:
    if element.tag != _NS + "xliff" or element.get("version") != "1.2":
        raise wrong_root("XLIFF 1.2")


def _read_unit(document: str, element: Element) -> Unit:
    source, target = element.find(_NS + "source"), element.find(_NS + "target")
    state = target.get("state") if target is not None else None
    approved = element.get("approved") == "yes" and state in (None, "translated")
    claim = "reviewed" if state in _REVIEWED or approved else "open" if state in _OPEN else "draft"
    if target is not None and claim != "reviewed" and target.get("state-qualifier") in _BY_MACHINE:
        claim = "machine"
    mark = element.get("extradata")
    return Unit(document, element.get("id", ""), mark, _runs(source), _runs(target), claim)


def _runs(element: Element | None) -> Runs:
    return tuple(_inside(element)) if element is not None else ()


def _inside(element: Element) -> Iterator[Run]:
    """Words and codes; `<mrk>`, a tool's own marker, is seen through, and any other code is a foreign one."""
    yield element.text or ""
    for child in element:
        if child.tag == _NS + "mrk":
            yield from _inside(child)
        else:
            kind = _KINDS.get(child.tag, "foreign")
            name = child.get("rid") or child.get("id") or ""
            yield Code(kind, name, child.text or "")
        yield child.tail or ""
