"""The book as EPUB 3, written with zipfile. The same book gives the same bytes."""

import uuid
import zipfile
from dataclasses import dataclass
from datetime import date
from html import escape
from io import BytesIO

from django.utils import translation
from django.utils.translation import gettext as _

from concerted.training.book.html import STYLE, Html, contents, marked
from concerted.training.book.layout import Page, Pages, direction, laid_out
from concerted.training.book.shape import Asked, Book, Picture

#: The earliest time a zip file can hold: when it was packed says nothing about the book.
_TIME = (1980, 1, 1, 0, 0, 0)
_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


def as_epub(book: Book) -> bytes:
    """The book as an EPUB 3 file with what a reading device should know about its accessibility."""
    spoken = any(
        not isinstance(piece, Asked) and piece.kind == "audio" for chapter in book.chapters for piece in chapter.pieces
    )
    address = f"{book.address}?version={book.no}&language={book.language}"
    about = About(book.language, tuple(_languages(book)), address, book.address, book.published_on, spoken)
    return pages_as_epub(laid_out(book, level=1), about)


@dataclass(frozen=True)
class About:
    """What a reading device is told of a book. `languages`: its own first; `address`: what names it and no other.

    `spoken`: there is sound in it, written out.
    """

    language: str
    languages: tuple[str, ...]
    address: str
    source: str
    on: date
    spoken: bool = False


def pages_as_epub(pages: Pages, about: About) -> bytes:
    """Pages as an EPUB 3 file, their units at level 1."""
    pictures = _pictures(pages)
    html = Html({picture.name: name for name, picture in pictures.items()}, xml=True)
    files: dict[str, bytes] = {
        "META-INF/container.xml": _CONTAINER.encode(),
        "book/package.opf": _package(about, pages, pictures).encode(),
        "book/nav.xhtml": _nav(pages).encode(),
        "book/style.css": STYLE.encode(),
    }
    for page in (pages.front, *pages.units):
        files[f"book/{page.name}.xhtml"] = _page(pages, page, html).encode()
    for name, picture in pictures.items():
        files[f"book/{name}"] = picture.content
    return _packed(files)


def _packed(files: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        # First and not compressed, so that the kind of file stands at a known place.
        book.writestr(zipfile.ZipInfo("mimetype", _TIME), "application/epub+zip")
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            book.writestr(entry, content)
    return out.getvalue()


def _pictures(pages: Pages) -> dict[str, Picture]:
    """Name of a file in the book -> the picture; the names of a pack may hold anything."""
    found: dict[str, Picture] = {}
    for page in pages.units:
        for picture in page.pictures:
            ending = picture.name.rpartition(".")[2].lower()
            if picture not in found.values():
                found[f"picture-{len(found) + 1}.{ending}"] = picture
    return found


def _languages(book: Book) -> list[str]:
    """The book's language, then the others that parts of it stand in."""
    words = [book.title, *book.aims, *(chapter.title for chapter in book.chapters)]
    words += [piece.words for chapter in book.chapters for piece in chapter.pieces]
    return list(dict.fromkeys([book.language, *(one.language for one in words)]))


def _package(book: About, pages: Pages, pictures: dict[str, Picture]) -> str:
    name = uuid.uuid5(uuid.NAMESPACE_URL, book.address)
    names = [page.name for page in (pages.front, *pages.units)]
    items = [f'<item id="{one}" href="{one}.xhtml" media-type="application/xhtml+xml"/>' for one in names]
    items += [
        f'<item id="{one.partition(".")[0]}" href="{one}" media-type="{picture.media}"/>'
        for one, picture in pictures.items()
    ]
    languages = "".join(f"<dc:language>{escape(one)}</dc:language>" for one in book.languages)
    about = f"<dc:description>{escape(pages.about)}</dc:description>" if pages.about else ""
    spine = "".join(f'<itemref idref="{one}"/>' for one in names)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="name" xml:lang="{pages.language}" \
prefix="schema: http://schema.org/" dir="{direction(pages.language)}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="name">urn:uuid:{name}</dc:identifier>
<dc:title{_told_of_title(pages)}>{escape(pages.title)}</dc:title>
{languages}{about}
<dc:date>{book.on.isoformat()}</dc:date>
<dc:source>{escape(book.source)}</dc:source>
<meta property="dcterms:modified">{book.on.isoformat()}T00:00:00Z</meta>
{_accessibility(pages.language, book.spoken, bool(pictures))}
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="style" href="style.css" media-type="text/css"/>
{"".join(items)}
</manifest>
<spine page-progression-direction="{direction(book.language)}">{spine}</spine>
</package>
"""


def _told_of_title(pages: Pages) -> str:
    language = pages.title_language
    if language == pages.language:
        return ""
    return f' xml:lang="{escape(language)}" dir="{direction(language)}"'


def _accessibility(language: str, spoken: bool, pictures: bool) -> str:
    """What is there for readers who do not see the page; nothing is claimed that nobody has certified."""
    facts = [("accessMode", "textual"), *([("accessMode", "visual")] if pictures else [])]
    facts += [("accessModeSufficient", "textual"), ("accessibilityHazard", "none")]
    features = ["structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability"]
    features += ["alternativeText", "longDescription"] if pictures else []
    facts += [("accessibilityFeature", one) for one in [*features, *(["transcript"] if spoken else [])]]
    with translation.override(language):
        summary = _("All of it is text with headings. Every picture is described and every sound is written out.")
    facts.append(("accessibilitySummary", summary))
    return "\n".join(f'<meta property="schema:{name}">{escape(value)}</meta>' for name, value in facts)


def _whole(pages: Pages, title: str, body: str) -> str:
    language = f'xml:lang="{pages.language}"{marked(pages.language)}'
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" {language}>
<head><title>{escape(title)}</title><link rel="stylesheet" type="text/css" href="style.css"/></head>
<body>
{body}</body>
</html>
"""


def _page(pages: Pages, page: Page, html: Html) -> str:
    return _whole(pages, page.title, html.all(page.inside))


def _nav(pages: Pages) -> str:
    heading = f"<h1>{escape(pages.contents)}</h1>"
    listed = contents(pages, "", ".xhtml").replace("<ol>", f"<ol>{_first(pages)}", 1)
    return _whole(pages, pages.contents, f'<nav epub:type="toc" id="toc">{heading}{listed}</nav>\n')


def _first(pages: Pages) -> str:
    front = pages.front
    return f'<li><a href="{front.name}.xhtml"{marked(front.title_language)}>{escape(front.title)}</a></li>'
