"""A .docx (ECMA-376 WordprocessingML) into a manuscript."""

import posixpath
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from concerted.packs.manuscript.archive import Archive
from concerted.packs.manuscript.docx_fields import Fields
from concerted.packs.manuscript.docx_styles import Styles, is_on
from concerted.packs.manuscript.links import kept
from concerted.packs.manuscript.markup import each, holds, own, parse, value
from concerted.packs.manuscript.refusal import damaged_text, no_text
from concerted.packs.manuscript.tree import Gathering, Manuscript, Run, words_of

_OFFICE = "http://schemas.openxmlformats.org/"
#: The usual namespaces, and those of "Strict" files.
_PREFIXES = {
    _OFFICE + "wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    _OFFICE + "officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    _OFFICE + "officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://purl.org/dc/elements/1.1/": "dc",
    _OFFICE + "package/2006/relationships": "rel",
}
_THROUGH = {"w:smartTag", "w:fldSimple", "w:sdt", "w:sdtContent", "w:customXml", "w:dir", "w:bdo"}
_INSERTED, _DELETED = {"w:ins", "w:moveTo"}, {"w:del", "w:moveFrom"}
_DRAWN = {"w:drawing", "w:pict", "mc:AlternateContent"}
_LETTERS = {"w:tab": " ", "w:cr": "\n", "w:noBreakHyphen": "\u2011"}
_NOTES = {"w:footnoteReference": "w:footnote", "w:endnoteReference": "w:endnote"}
_CONTENTS = "Table of Contents"
_MAIN = re.compile(r"/officeDocument$")


def _folded(base: str, target: str) -> str:
    """The name of a part that another one names, from its folder or from the root."""
    return posixpath.normpath(posixpath.join("/", base, target)).lstrip("/")


def main_part(archive: Archive) -> str:
    """The name of the part that an office file begins with; empty when this is none."""
    content = archive.read("_rels/.rels")
    links = parse(content, _PREFIXES) if content else None
    named = (link.get("Target", "") for link in each(links, "rel:Relationship") if _MAIN.search(link.get("Type", "")))
    name = _folded("", next(named, ""))
    return name if name in archive else ""


def read_docx(archive: Archive, main: str) -> Manuscript:
    """The manuscript in the part `main`. Comments and what the file tells of its authors are not looked at."""
    return _Reader(archive, main).read()


class _Reader:
    def __init__(self, archive: Archive, main: str) -> None:
        self.archive, self.folder = archive, posixpath.dirname(main)
        self.document = self._part(main)
        if self.document is None or self.document.tag != "w:document":
            raise no_text()
        self.styles = Styles(self._beside("styles.xml"), self._beside("numbering.xml"))
        links = self._part(f"{self.folder}/_rels/{posixpath.basename(main)}.rels")
        self.links = {link.get("Id", ""): link.get("Target", "") for link in each(links, "rel:Relationship")}
        self.notes = {
            (note.tag, note.get("w:id", "")): note
            for name in ("footnotes", "endnotes")
            for note in (self._beside(f"{name}.xml") or ())
        }
        self.out = Gathering()
        self.fields = Fields()

    def _part(self, name: str) -> Element | None:
        content = self.archive.read(name)
        return parse(content, _PREFIXES) if content is not None else None

    def _beside(self, name: str) -> Element | None:
        return self._part(_folded(self.folder, name))

    def read(self) -> Manuscript:
        self._blocks(own(self.document, "w:body"))
        if self.fields.is_contents:
            # What follows would be taken for the table of contents, and lost without a word.
            raise damaged_text()
        title = own(self._part("docProps/core.xml"), "dc:title")
        return self.out.finished((title.text or "").strip() if title is not None else "")

    def _blocks(self, parent: Element | None) -> None:
        for child in parent if parent is not None else ():
            if child.tag == "w:p":
                self._paragraph(child)
            elif child.tag == "w:tbl":
                self.out.place += 1
                self.out.leave_out("table")
            elif value(child, "w:sdtPr", "w:docPartObj", "w:docPartGallery", name="w:val") == _CONTENTS:
                self.out.leave_out("contents")
            elif child.tag in _THROUGH:
                self._blocks(child)

    def _paragraph(self, paragraph: Element) -> None:
        self.out.place += 1
        properties = own(paragraph, "w:pPr")
        if self.styles.is_contents(properties):
            self.out.leave_out_once("contents")
            return
        level = self.styles.level(properties)
        runs = list(self._runs(paragraph))
        if level is not None:
            self.out.heading(level, runs)
        elif numbered := self.styles.numbered(properties):
            self.out.point(runs, numbered.depth, numbered.ordered, numbered.series)
        else:
            self.out.paragraph(runs)

    def _runs(self, parent: Element, href: str = "") -> Iterator[Run]:
        for child in parent:
            if child.tag == "w:r":
                yield from self._run(child, href)
            elif child.tag == "w:hyperlink":
                yield from self._runs(child, kept(self.links.get(child.get("r:id", ""), "")))
            elif child.tag in _INSERTED:
                self.out.changed["inserted"] += 1
                yield from self._runs(child, href)
            elif child.tag in _DELETED:
                self.out.changed["deleted"] += 1
            elif child.tag in _THROUGH:
                yield from self._runs(child, href)
            elif child.tag in ("m:oMath", "m:oMathPara"):
                self.out.leave_out("formula")
            elif child.tag in _DRAWN:
                self._drawn(child)

    def _run(self, run: Element, href: str) -> Iterator[Run]:
        properties = own(run, "w:rPr")
        bold, italic = self.styles.is_strong(properties, "w:b"), self.styles.is_strong(properties, "w:i")
        words = "".join(self._letters(run))
        if not words or self.fields.is_contents:
            return
        if is_on(properties, "w:vanish"):
            self.out.leave_out("hidden")
            return
        yield Run(words, bold, italic, href or kept(self.fields.href))

    def _letters(self, run: Element) -> Iterator[str]:
        """The words of a run; whatever else stands in it is noted on the way."""
        for child in run:
            if child.tag == "w:t":
                yield child.text or ""
            elif child.tag in _LETTERS:
                yield _LETTERS[child.tag]
            elif child.tag == "w:br" and child.get("w:type", "textWrapping") == "textWrapping":
                yield "\n"
            elif child.tag in _NOTES:
                yield self._note(_NOTES[child.tag], child.get("w:id", ""))
            elif child.tag in ("w:fldChar", "w:instrText"):
                if self.fields.take(child):
                    self.out.leave_out_once("contents")
            elif child.tag == "w:commentReference":
                self.out.leave_out("comment")
            elif child.tag == "w:object":
                self.out.leave_out("object")
            elif child.tag in _DRAWN:
                self._drawn(child)

    def _drawn(self, drawing: Element) -> None:
        self.out.leave_out("text-box" if holds(drawing, "w:txbxContent") else "picture")

    def _note(self, kind: str, number: str) -> str:
        """A footnote in brackets. Taken once: one that calls itself would never end."""
        note = self.notes.pop((kind, number), None)
        words = words_of(run for paragraph in each(note, "w:p") for run in [*self._runs(paragraph), Run(" ")])
        if words:
            self.out.changed["footnote"] += 1
        return f" ({words})" if words else ""
