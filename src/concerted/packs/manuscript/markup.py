"""XML from strangers as a tree: no entities, nothing from outside, bounded in depth and number."""

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser
from django.utils.translation import gettext as _

from concerted.packs.manuscript.refusal import ManuscriptRefused, damaged_text, save_again

#: Elements inside each other: text boxes in tables in tables stay below 100, and readers call themselves for each.
DEPTH_MOST = 150
ELEMENTS_MOST = 400_000


class _Target:
    """Builds the tree with short names ("w:p"), so that readers need not know that a format has two namespaces."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self.prefixes = prefixes
        self.builder = TreeBuilder()
        self.depth = self.count = 0
        self.names: dict[str, str] = {}

    def short(self, name: str) -> str:
        if name not in self.names:
            uri, _brace, local = name.removeprefix("{").rpartition("}")
            self.names[name] = f"{self.prefixes.get(uri, '?')}:{local}" if uri else local
        return self.names[name]

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.count += 1
        if self.depth > DEPTH_MOST:
            raise ManuscriptRefused(_("The parts of this document are nested too deep."), save_again())
        if self.count > ELEMENTS_MOST:
            raise ManuscriptRefused(_("The document is too long to be read at once."), _("Cut it in two."))
        self.builder.start(self.short(tag), {self.short(name): value for name, value in attributes.items()})

    def data(self, text: str) -> None:
        self.builder.data(text)

    def end(self, tag: str) -> None:
        self.depth -= 1
        self.builder.end(self.short(tag))

    def close(self) -> Element:
        return self.builder.close()


def parse(content: bytes, prefixes: Mapping[str, str]) -> Element:
    """The root of a part. `prefixes`: namespace -> the short name it is given here; others become "?".

    Raises ManuscriptRefused for entities, for what is no XML, and for what is too deep or too much.
    """
    parser = DefusedXMLParser(target=_Target(prefixes), forbid_dtd=True)
    try:
        # All at once: parsers before Expat 2.6 read a long tag again with every piece they are fed.
        parser.feed(content)
        root: Element = parser.close()
    except DefusedXmlException as error:
        raise ManuscriptRefused(
            _("The document declares entities, which could pull in other files."), save_again()
        ) from error
    except (ParseError, LookupError, ValueError) as error:
        raise damaged_text() from error
    return root


def own(element: Element | None, *path: str) -> Element | None:
    """The first element down a path of children; None where one is missing."""
    for name in path:
        element = next((child for child in element if child.tag == name), None) if element is not None else None
    return element


def value(element: Element | None, *path: str, name: str) -> str:
    """An attribute of the element down a path; empty where there is none."""
    found = own(element, *path)
    return found.get(name, "") if found is not None else ""


def holds(element: Element, name: str) -> bool:
    """Whether an element of that name stands anywhere inside."""
    return next(element.iter(name), None) is not None


def each(element: Element | None, name: str) -> Iterator[Element]:
    """The children of that name."""
    return (child for child in (element if element is not None else ()) if child.tag == name)
