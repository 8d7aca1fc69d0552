"""XML from strangers, read in a stream: no entities, nothing from outside, bounded in size, depth and memory."""

import io
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element, ParseError, iterparse

from defusedxml.common import DefusedXmlException, DTDForbidden
from defusedxml.ElementTree import DefusedXMLParser
from django.utils.translation import gettext as _

from concerted.text.exchange.segments import ExchangeRefused, check_size

#: Elements inside each other, and within one segment; the formats need a dozen and a few hundred.
DEPTH_MOST = 60
UNIT_MOST = 10_000
XML = "{http://www.w3.org/XML/1998/namespace}"


class _Parser(DefusedXMLParser):
    """Lets a bare `<!DOCTYPE tmx SYSTEM "tmx14.dtd">` pass where a format's tools write one; it is not fetched."""

    def __init__(self, doctype: str) -> None:
        super().__init__(forbid_dtd=True)
        self.doctype = doctype

    def defused_start_doctype_decl(self, name: str, sysid: str, pubid: str, has_internal_subset: int) -> None:
        if name != self.doctype or has_internal_subset:
            raise DTDForbidden(name, sysid, pubid)


def walk(
    content: bytes, check_root: Callable[[Element], None], unit: str, *, doctype: str = ""
) -> Iterator[tuple[str, Element]]:
    """("start", element) for what stands around segments, attributes only, and ("unit", element) for each whole one.

    Everything is forgotten once it was given out. `check_root` raises when the first element is not the format's.
    Raises `ExchangeRefused`: size, dtd, broken, deep.
    """
    check_size(content)
    try:
        yield from _walk(content, check_root, unit, doctype)
    except DefusedXmlException as error:
        message = _("The file declares a document type or entities, which could pull in other files. Save it without.")
        raise ExchangeRefused("dtd", message) from error
    except (ParseError, LookupError, UnicodeError, ValueError) as error:
        message = _("The file is broken or in another encoding than it says: %(error)s")
        raise ExchangeRefused("broken", message % {"error": str(error)[:200]}) from error


def _walk(
    content: bytes, check_root: Callable[[Element], None], unit: str, doctype: str
) -> Iterator[tuple[str, Element]]:
    above: list[Element] = []
    held = 0
    inside = False
    # The parser is defusedxml's; only its loop is the standard library's.
    for event, element in iterparse(io.BytesIO(content), ("start", "end"), _Parser(doctype)):  # noqa: S314
        if event == "start":
            if not above:
                check_root(element)
            held = held + 1 if inside else 0
            inside = inside or element.tag == unit
            if not inside:
                yield "start", element
            above.append(element)
            if held > UNIT_MOST or len(above) > DEPTH_MOST:
                raise ExchangeRefused("deep", _("The file nests or heaps up elements as no translator's tool does."))
            continue
        above.pop()
        if element.tag == unit and inside:
            inside = False
            yield "unit", element
        if above and not inside:
            above[-1].remove(element)


def wrong_root(format_name: str) -> ExchangeRefused:
    """The refusal of a file that is another format, or another version of it."""
    message = _("This is no %(format)s file. Export it from your tool as %(format)s.")
    return ExchangeRefused("format", message % {"format": format_name})
