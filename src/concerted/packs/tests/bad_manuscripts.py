"""Documents that are refused: how each is made, and the exact message and remedy it must be answered with."""

import io
import zipfile
from collections.abc import Callable, Iterable
from typing import NamedTuple

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from concerted.packs.manuscript import archive, markup
from concerted.packs.tests.documents import docx_of, odt_of, saved

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
MAIN, CONTENT = "word/document.xml", "content.xml"
AGAIN = "Open it in your word processor and save it as .docx or .odt."
DAMAGED, DAMAGED_TEXT = "The file is damaged: it does not open.", "The text inside the document is damaged."
LOCKED = "The document is locked with a password."
TAKE_OFF = "Take the password off in your word processor and save it."
ENTITIES = "The document declares entities, which could pull in other files."
NO_TEXT, DEEP = "This is no text document in .docx or .odt.", "The parts of this document are nested too deep."
SWOLLEN = "Unpacked, the text of this file is larger than 20 MB."
CUT = "Cut the document in two, or save it anew."
NO_KEY = "Use small letters, digits and hyphens, at most 40; not title, note, summary, head or aim-1."


class BadManuscript(NamedTuple):
    kind: str
    what: str
    make: Callable[[], bytes]
    message: str
    remedy: str


def packed(content: bytes, name: str, change: Callable[[bytes], bytes], *more: str) -> bytes:
    """The document with one of its parts changed, and parts named `more` added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, change(old.read(entry)) if entry == name else old.read(entry))
        for other in more:
            new.writestr(other, b"x")
    return out.getvalue()


def _docx(change: Callable[[bytes], bytes], *more: str) -> bytes:
    return packed(docx_of(), MAIN, change, *more)


def _odt(change: Callable[[bytes], bytes]) -> bytes:
    return packed(odt_of(), CONTENT, change)


def _written(*headings: tuple[str, int], body: bool = True) -> bytes:
    document = docx.Document()
    for words, level in headings:
        document.add_heading(words, level)
        if body:
            document.add_paragraph("Words.")
    return saved(document)


def _plain() -> bytes:
    document = docx.Document()
    document.add_paragraph("A TITLE IN LARGE LETTERS").runs[0].bold = True
    return saved(document)


def _doctype(text: bytes) -> bytes:
    cut = text.index(b"?>") + 2
    return text[:cut] + b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + text[cut:]


def _inside(before: bytes, extra: bytes) -> Callable[[bytes], bytes]:
    def change(text: bytes) -> bytes:
        assert before in text
        return text.replace(before, before + extra, 1)

    return change


def _nested(name: bytes, times: int) -> bytes:
    return b"<%s>" % name * times + b"</%s>" % name * times


def _locked_entry() -> bytes:
    """The document with the mark of a password on its text, in both of the places where a zip file has it."""
    content = bytearray(docx_of())
    for mark, flags, length in ((b"PK\x03\x04", 6, 30), (b"PK\x01\x02", 8, 46)):
        at = content.index(mark)
        while content[at + length : at + length + len(MAIN)] != MAIN.encode():
            at = content.index(mark, at + 1)
        content[at + flags] |= 1
    return bytes(content)


def _lying() -> bytes:
    """A bomb that says of itself that it is small."""
    content = bytearray(_docx(lambda text: text + b" " * (archive.UNPACKED_MOST + 1)))
    at = content.index(b"PK\x01\x02")
    while content[at + 46 : at + 46 + len(MAIN)] != MAIN.encode():
        at = content.index(b"PK\x01\x02", at + 1)
    content[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    return bytes(content)


def _torn() -> bytes:
    content = bytearray(docx_of())
    at = content.index(MAIN.encode()) + 60
    content[at : at + 40] = b"\xff" * 40
    return bytes(content)


def _zip_of(names: Iterable[str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, b"")
    return out.getvalue()


def _twice() -> bytes:
    out = io.BytesIO(docx_of())
    with zipfile.ZipFile(out, "a") as made:
        made._didModify = True
        made.NameToInfo.pop(MAIN)
        made.writestr(MAIN, b"<other/>")
    return out.getvalue()


def _manifest() -> bytes:
    mark = b'<manifest:encryption-data xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    end = b"</manifest:manifest>"
    return packed(odt_of(), "META-INF/manifest.xml", lambda text: text.replace(end, mark + end))


def _fields(inside: str) -> bytes:
    return docx_of(lambda d: d.add_paragraph()._p.append(parse_xml(f"<w:r {nsdecls('w')}>{inside}</w:r>")))


BEGIN = '<w:fldChar w:fldCharType="begin"/>'
BAD = [
    BadManuscript("no document", "an empty file", lambda: b"", NO_TEXT, AGAIN),
    BadManuscript("no document", "a text file", lambda: b"# Title\n\nWords.\n", NO_TEXT, AGAIN),
    BadManuscript("no document", "a web page", lambda: b"<html><h1>Title</h1></html>", NO_TEXT, AGAIN),
    BadManuscript("no document", "a PDF", lambda: b"%PDF-1.7\n",
                  "This is a PDF: it no longer knows its headings.", "Bring the document itself."),
    BadManuscript("no document", "a .doc of long ago", lambda: OLE,
                  "This is a document of an old kind (.doc).", AGAIN),
    BadManuscript("no document", "a zip file of something else",
                  lambda: _zip_of(["a.txt"]), NO_TEXT, AGAIN),
    BadManuscript("no document", "a spreadsheet", lambda: packed(odt_of(), "mimetype",
                  lambda text: b"application/vnd.oasis.opendocument.spreadsheet"), NO_TEXT, AGAIN),
    BadManuscript("no document", "slides in an office file",
                  lambda: _docx(lambda text: b'<p:presentation xmlns:p="x"/>'), NO_TEXT, AGAIN),
    BadManuscript("a locked document", "a .docx with a password", lambda: OLE + "EncryptedPackage".encode("utf-16-le"),
                  LOCKED, TAKE_OFF),
    BadManuscript("a locked document", "an .odt with a password", _manifest, LOCKED, TAKE_OFF),
    BadManuscript("a locked document", "a zip file with a password", _locked_entry, LOCKED, TAKE_OFF),
    BadManuscript("a damaged document", "half a file", lambda: docx_of()[:9000], DAMAGED, AGAIN),
    BadManuscript("a damaged document", "bytes turned on the way", _torn, DAMAGED, AGAIN),
    BadManuscript("a damaged document", "XML that ends too soon", lambda: _docx(lambda text: text[:-30]),
                  DAMAGED_TEXT, AGAIN),
    BadManuscript("a damaged document", "a NUL in the text", lambda: _odt(lambda text: text.replace(b"door", b"do\0r")),
                  DAMAGED_TEXT, AGAIN),
    BadManuscript("a damaged document", "a table of contents without end",
                  lambda: _fields(BEGIN + "<w:instrText>TOC \\o</w:instrText>"), DAMAGED_TEXT, AGAIN),
    BadManuscript("a bomb", "fields in fields in fields", lambda: _fields(BEGIN * 51), DAMAGED_TEXT, AGAIN),
    BadManuscript("a bomb", "21 MB of blanks", lambda: _docx(lambda text: text + b" " * archive.UNPACKED_MOST),
                  SWOLLEN, CUT),
    BadManuscript("a bomb", "a size that is a lie", _lying, DAMAGED, AGAIN),
    BadManuscript("a bomb", "five thousand parts", lambda: _zip_of(map(str, range(archive.ENTRIES_MOST + 1))),
                  SWOLLEN, CUT),
    BadManuscript("a bomb", "half a million elements",
                  lambda: _docx(_inside(b"<w:body>", b"<w:p/>" * (markup.ELEMENTS_MOST + 1))),
                  "The document is too long to be read at once.", "Cut it in two."),
    BadManuscript("a bomb", "tables in tables in tables", lambda: _docx(_inside(b"<w:body>", _nested(b"w:tbl", 5000))),
                  DEEP, AGAIN),
    BadManuscript("a bomb", "lists in lists in lists",
                  lambda: _odt(_inside(b"<office:text>", _nested(b"text:list", 5000))), DEEP, AGAIN),
    BadManuscript("a file too large", "more than 50 MB", lambda: b"PK" + bytes(archive.BYTES_MOST),
                  "The file is larger than 50 MB.",
                  "Take its pictures out: they are not taken along. Or cut it in two."),
    BadManuscript("a trick", "entities in a .docx", lambda: _docx(_doctype), ENTITIES, AGAIN),
    BadManuscript("a trick", "entities in an .odt", lambda: _odt(_doctype), ENTITIES, AGAIN),
    BadManuscript("a trick", "a part outside the file", lambda: _docx(bytes, "../../etc/cron.d/x"),
                  "The file holds a part whose name leads out of it.", AGAIN),
    BadManuscript("a trick", "a part at the root of the disk", lambda: _docx(bytes, "/etc/cron.d/x"),
                  "The file holds a part whose name leads out of it.", AGAIN),
    BadManuscript("a trick", "two texts of one name", _twice, "The file holds two parts of one name.", AGAIN),
    BadManuscript("a document without shape", "no headings", _plain, "The document has no headings.",
                  "Give its titles the styles “Heading 1”, “2” and “3”: large or bold letters are not enough."),
    BadManuscript("a document without shape", "headings without words",
                  lambda: _written(("One", 1), ("Two", 2), body=False),
                  "There are no words below the headings.", "Write them, then bring it again."),
    BadManuscript("a document without shape", "a hundred units",
                  lambda: _written(*[(f"Unit {n}", 1) for n in range(100)]),
                  "The document would make more than 99 units.",
                  "Cut it in two, or give its smaller headings a lower level."),
    BadManuscript("a document without shape", "two hundred sections in a unit",
                  lambda: _written(("U", 1), *[("Why", 2)] * 201, ("V", 1)),
                  "A unit would have more than 200 sections.",
                  "Give it more headings of the level above, so that it becomes several units."),
    BadManuscript("a document without shape", "a heading as long as a paragraph",
                  lambda: _written(("A " * 61, 1), ("B", 1)),
                  f"The heading “{('A ' * 20)}…” in paragraph 1 is longer than 120 signs.",
                  "Shorten it, or make it a paragraph."),
    BadManuscript("something said twice", "a key in one unit",
                  lambda: _written(("U", 1), ("A {#k}", 2), ("B {#k}", 2), ("V", 1)),
                  "The key “k” in paragraph 5 stands in this unit already.",
                  "Give each section a key of its own, or leave the keys out."),
    BadManuscript("a document without shape", "a key that is none",
                  lambda: _written(("U", 1), ("A {#../k}", 2), ("V", 1)),
                  "“../k” in paragraph 3 cannot be a key.", NO_KEY),
    BadManuscript("a document without shape", "a key of the unit's own head",
                  lambda: _written(("U", 1), ("A {#title}", 2), ("V", 1)),
                  "“title” in paragraph 3 cannot be a key.", NO_KEY),
]  # fmt: skip
