"""An .odt (OASIS OpenDocument text) into a manuscript."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from concerted.packs.manuscript.archive import Archive, locked
from concerted.packs.manuscript.links import kept
from concerted.packs.manuscript.markup import each, holds, own, parse
from concerted.packs.manuscript.odt_styles import Styles
from concerted.packs.manuscript.tree import Gathering, Manuscript, Run, words_of

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_PREFIXES = {
    _OASIS + "office:1.0": "office",
    _OASIS + "text:1.0": "text",
    _OASIS + "style:1.0": "style",
    _OASIS + "table:1.0": "table",
    _OASIS + "drawing:1.0": "draw",
    _OASIS + "xsl-fo-compatible:1.0": "fo",
    _OASIS + "manifest:1.0": "manifest",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://purl.org/dc/elements/1.1/": "dc",
}
_THROUGH = {"text:section", "text:numbered-paragraph"}
_INDEXES = {
    "text:table-of-content",
    "text:illustration-index",
    "text:table-index",
    "text:alphabetical-index",
    "text:bibliography",
}
#: Drawn things that may stand between paragraphs as well as in them.
_DRAWN = ("draw:",)
_LETTERS = {"text:tab": " ", "text:line-break": "\n"}
_SILENT = {"text:soft-page-break", "text:bookmark", "text:reference-mark", "text:tracked-changes"}
_SPACES_MOST = 20


def is_odt(archive: Archive) -> bool:
    """Whether this is a text document in OpenDocument; raises ManuscriptRefused when it is locked."""
    kind = archive.read("mimetype") or b""
    manifest = archive.read("META-INF/manifest.xml")
    if manifest is not None and holds(parse(manifest, _PREFIXES), "manifest:encryption-data"):
        raise locked()
    return kind.strip().startswith(b"application/vnd.oasis.opendocument.text") and "content.xml" in archive


def read_odt(archive: Archive) -> Manuscript:
    """The manuscript in an .odt. Annotations and what the file tells of its authors are not looked at."""
    return _Reader(archive).read()


class _Reader:
    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.content = self._part("content.xml")
        self.styles = Styles(self._part("styles.xml"), self.content)
        self.out = Gathering()
        #: Lists that were begun, counted: points of one list count on.
        self.lists = 0

    def _part(self, name: str) -> Element | None:
        content = self.archive.read(name)
        return parse(content, _PREFIXES) if content is not None else None

    def read(self) -> Manuscript:
        text = own(self.content, "office:body", "office:text")
        self._count_changes(text)
        self._blocks(text)
        title = own(self._part("meta.xml"), "office:meta", "dc:title")
        return self.out.finished((title.text or "").strip() if title is not None else "")

    def _count_changes(self, text: Element | None) -> None:
        """What was deleted stands apart from the text and is not read; what was inserted stands in it."""
        for region in each(own(text, "text:tracked-changes"), "text:changed-region"):
            for change in region:
                kind = {"text:insertion": "inserted", "text:deletion": "deleted"}.get(change.tag)
                if kind:
                    self.out.changed[kind] += 1

    def _blocks(self, parent: Element | None) -> None:
        for child in parent if parent is not None else ():
            if child.tag in ("text:p", "text:h"):
                self._paragraph(child)
            elif child.tag == "text:list":
                self.lists += 1
                self._list(child, 0, child.get("text:style-name", ""))
            elif child.tag in _THROUGH:
                self._blocks(child)
            elif child.tag == "table:table":
                self.out.place += 1
                self.out.leave_out("table")
            elif child.tag in _INDEXES:
                self.out.leave_out("contents")
            elif child.tag.startswith(_DRAWN):
                self._drawn(child)

    def _level(self, paragraph: Element) -> int | None:
        if paragraph.tag == "text:h":
            level = paragraph.get("text:outline-level", "1")
            return int(level) if level in list("123456789") else 9
        return 0 if self.styles.is_title(paragraph.get("text:style-name", "")) else None

    def _paragraph(self, paragraph: Element) -> None:
        self.out.place += 1
        level, runs = self._level(paragraph), list(self._runs(paragraph, Run("")))
        if level is None:
            self.out.paragraph(runs)
        else:
            self.out.heading(level, runs)

    def _list(self, listed: Element, depth: int, style: str) -> None:
        """A list and those inside it. A heading in a list, as numbered chapters are written, stays a heading."""
        series = f"{self.lists}.{depth}"
        for item in listed:
            first = True
            for child in item:
                if child.tag == "text:list":
                    self._list(child, depth + 1, child.get("text:style-name", "") or style)
                elif child.tag == "text:h":
                    self._paragraph(child)
                elif child.tag == "text:p":
                    self.out.place += 1
                    ordered = self.styles.is_ordered(style, depth)
                    runs = list(self._runs(child, Run("")))
                    self.out.point(runs, depth, ordered, series, follows=not first)
                    first = False

    def _runs(self, parent: Element, like: Run) -> Iterator[Run]:
        """The words inside, in the style of `like` unless a span says something else."""
        yield from self._said(parent.text, like)
        for child in parent:
            yield from self._inside(child, like)
            yield from self._said(child.tail, like)

    @staticmethod
    def _said(text: str | None, like: Run) -> Iterator[Run]:
        if text:
            # A line of the file ends where it likes; it is a blank.
            yield Run(text.replace("\n", " "), like.bold, like.italic, like.href)

    def _inside(self, child: Element, like: Run) -> Iterator[Run]:
        if child.tag == "text:span":
            yield from self._span(child, like)
        elif child.tag == "text:a":
            yield from self._runs(child, Run("", like.bold, like.italic, kept(child.get("xlink:href", ""))))
        elif child.tag in _LETTERS:
            yield Run(_LETTERS[child.tag], like.bold, like.italic, like.href)
        elif child.tag == "text:s":
            count = child.get("text:c", "1")
            yield Run(" " * min(int(count) if count.isascii() and count.isdigit() else 1, _SPACES_MOST))
        elif child.tag == "text:note":
            yield from self._note(child)
        elif child.tag == "office:annotation":
            self.out.leave_out("comment")
        elif child.tag.startswith(_DRAWN):
            self._drawn(child)
        elif child.tag.startswith("text:") and child.tag not in _SILENT:
            yield from self._runs(child, like)

    def _span(self, span: Element, like: Run) -> Iterator[Run]:
        style = span.get("text:style-name", "")
        if self.styles.is_hidden(style):
            self.out.leave_out("hidden")
            return
        bold, italic = self.styles.letters(style, like.bold, like.italic)
        yield from self._runs(span, Run("", bold, italic, like.href))

    def _note(self, note: Element) -> Iterator[Run]:
        """A footnote in brackets."""
        body = own(note, "text:note-body")
        inside = [run for paragraph in each(body, "text:p") for run in [*self._runs(paragraph, Run("")), Run(" ")]]
        if words := words_of(inside):
            self.out.changed["footnote"] += 1
            yield Run(f" ({words})")

    def _drawn(self, drawing: Element) -> None:
        if holds(drawing, "draw:text-box"):
            kind = "text-box"
        elif holds(drawing, "draw:object"):
            kind = "formula" if holds(drawing, "?:math") else "object"
        else:
            kind = "picture"
        self.out.leave_out(kind)
