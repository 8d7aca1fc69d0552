"""A gamebook as tagged PDF, as an e-book, and as a web page."""

from datetime import date

from django.conf import settings
from django.urls import reverse

from concerted.packs.interchange.gamebook.laying import laid_out
from concerted.packs.interchange.tale import Tale
from concerted.training.book.epub import About, pages_as_epub
from concerted.training.book.html import pages_as_html
from concerted.training.book.pdf import pages_as_pdf

#: A scenario that is no more than a file says no day; the same file gives the same book all the same.
NO_DAY = date(2000, 1, 1)


def as_pdf(tale: Tale) -> bytes:
    """The gamebook as PDF/UA-1. Raises `BookRefused` where our fonts lack the letters of its language."""
    return pages_as_pdf(laid_out(tale, level=2), tale.on or NO_DAY)


def as_html(tale: Tale) -> bytes:
    """The gamebook as one web page, its numbers as links."""
    return pages_as_html(laid_out(tale, level=2))


def as_epub(tale: Tale) -> bytes:
    """The gamebook as an e-book, its numbers as links."""
    source = settings.SITE_URL + reverse("training:scenario", args=[tale.code])
    languages = tuple(dict.fromkeys([tale.language, *tale.foreign.values()]))
    address = f"{source}?gamebook&language={tale.language}"
    return pages_as_epub(laid_out(tale, level=1), About(tale.language, languages, address, source, tale.on or NO_DAY))
