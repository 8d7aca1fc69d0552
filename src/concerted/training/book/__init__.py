"""A module to take along: one description (`shape`), its layout (`layout`), and a writer for each kind of file."""

from collections.abc import Callable

from concerted.training.book.epub import as_epub
from concerted.training.book.html import as_html
from concerted.training.book.pdf import as_pdf
from concerted.training.book.shape import Book, BookRefused

#: Kind of file -> what its content is called, and who writes it.
KINDS: dict[str, tuple[str, Callable[[Book], bytes]]] = {
    "html": ("text/html; charset=utf-8", as_html),
    "epub": ("application/epub+zip", as_epub),
    "pdf": ("application/pdf", as_pdf),
}

__all__ = ["KINDS", "Book", "BookRefused"]
