"""XML from strangers, read in a stream: no entities, nothing from outside, bounded in size, depth and memory."""

import codecs
import re
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException, DTDForbidden
from defusedxml.ElementTree import DefusedXMLParser
from django.utils.translation import gettext as _

from concerted.text.exchange.segments import ExchangeRefused, check_size, misshapen

#: Elements inside each other, in one segment, and in all; a file of 50 MB of ours has half of the last.
DEPTH_MOST = 60
UNIT_MOST = 10_000
ALL_MOST = 1_000_000
#: A tag or text of a megabyte: heaps of attributes, and parsers before Expat 2.6 read a long tag over and over.
_ENDLESS = re.compile(rb"<[^<]{1048576}")
_GULP = 1 << 20
#: The attribute under which a segment tells the line it begins on, where that is asked for.
LINE = "{concerted}line"
XML = "{http://www.w3.org/XML/1998/namespace}"


class _Parser(DefusedXMLParser):
    """Lets a bare `<!DOCTYPE tmx SYSTEM "tmx14.dtd">` pass where a format's tools write one; it is not fetched."""

    def __init__(self, target: "_Target", doctype: str, encoding: str | None) -> None:
        super().__init__(target=target, encoding=encoding, forbid_dtd=True)
        self.doctype = doctype

    def defused_start_doctype_decl(self, name: str, sysid: str, pubid: str, has_internal_subset: int) -> None:
        if name != self.doctype or has_internal_subset:
            raise DTDForbidden(name, sysid, pubid)


class _Target:
    """What the parser tells: keeps one segment's elements at a time, and of the others only their attributes."""

    def __init__(self, check_root: Callable[[Element], None], unit: str) -> None:
        self.ready: list[tuple[str, Element]] = []
        self.check_root = check_root
        self.unit = unit
        self.depth = self.all = self.held = self.began = 0
        self.builder = TreeBuilder()
        self.line: Callable[[], int] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.all += 1
        self.held += 1
        if self.depth > DEPTH_MOST or self.all > ALL_MOST or (self.began and self.held > UNIT_MOST):
            raise misshapen()
        if self.depth == 1:
            self.check_root(Element(tag, attributes))
        if tag == self.unit and not self.began:
            self.began, self.held, self.builder = self.depth, 0, TreeBuilder()
            attributes = attributes | {LINE: str(self.line())} if self.line else attributes
        if self.began:
            self.builder.start(tag, attributes)
        else:
            self.ready.append(("start", Element(tag, attributes)))

    def data(self, text: str) -> None:
        if self.began:
            self.builder.data(text)

    def end(self, tag: str) -> None:
        if self.began:
            self.builder.end(tag)
        if self.began == self.depth:
            self.began = 0
            self.ready.append(("unit", self.builder.close()))
        self.depth -= 1

    def taken(self) -> list[tuple[str, Element]]:
        """What is ready since the last time."""
        ready, self.ready = self.ready, []
        return ready

    def close(self) -> None:
        pass


def walk(
    content: bytes, check_root: Callable[[Element], None], unit: str, *, doctype: str = "", numbered: bool = False
) -> Iterator[tuple[str, Element]]:
    """("start", element) for what stands around segments, attributes only, and ("unit", element) for each whole one.

    Everything is forgotten once it was given out. `check_root` raises when the first element is not the format's.
    `numbered`: each whole one carries the line it begins on as LINE.
    Raises `ExchangeRefused`: size, dtd, broken, shape.
    """
    check_size(content)
    target = _Target(check_root, unit)
    try:
        content, encoding = _eight_bits(content)
        parser = _Parser(target, doctype, encoding)
        if numbered:
            target.line = lambda: parser.parser.CurrentLineNumber
        for at in range(0, len(content), _GULP):
            parser.feed(content[at : at + _GULP])
            yield from target.taken()
        parser.close()
        yield from target.taken()
    except DefusedXmlException as error:
        message = _("The file declares a document type or entities, which could pull in other files. Save it without.")
        raise ExchangeRefused("dtd", message) from error
    except (ParseError, LookupError, ValueError) as error:
        message = _(
            "The file is broken or in another encoding than it says (%(error)s). Export it again from your tool."
        )
        raise ExchangeRefused("broken", message % {"error": str(error)[:200]}) from error


def _eight_bits(content: bytes) -> tuple[bytes, str | None]:
    """`content` in an encoding in which "<" is one byte, and that encoding where it is not the one that is declared."""
    encoding = None
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        content, encoding = content.decode("utf-16").encode(), "utf-8"
    if b"\0" in content:
        raise ValueError("NUL")
    if _ENDLESS.search(content):
        raise misshapen()
    return content, encoding


def wrong_root(format_name: str) -> ExchangeRefused:
    """The refusal of a file that is another format, or another version of it."""
    message = _("This is no %(format)s file. Export it from your tool as %(format)s.")
    return ExchangeRefused("format", message % {"format": format_name})
