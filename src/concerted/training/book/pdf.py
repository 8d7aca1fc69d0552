"""The book as a tagged PDF (PDF/UA-1). Words reach typst as data, never as markup."""

import json
import re
import subprocess
import sys
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from concerted.training.book.drawing import MOST_SECONDS
from concerted.training.book.layout import Page, Pages, direction, laid_out
from concerted.training.book.letters import INSTEAD, drawable, fonts, without_vowels
from concerted.training.book.shape import Book, BookRefused, Picture
from concerted.training.book.tree import Inside, Node

TEMPLATE = Path(__file__).parent / "book.typ"
DRAWING = Path(__file__).parent / "drawing.py"
#: Longer words may be broken anywhere, or they would run off the page.
LONGEST = 30
_LONG = re.compile(rf"\S{{{LONGEST}}}(?=\S)")
#: From this share of letters on that our fonts lack, the file would tell nothing.
_MOST_LACKING = 0.2


def as_pdf(book: Book) -> bytes:
    """The book as PDF/UA-1; the same book gives the same bytes.

    Raises `BookRefused` when our fonts lack the letters of its language.
    """
    return pages_as_pdf(laid_out(book, level=2, answers_last=True), book.published_on)


def pages_as_pdf(pages: Pages, on: date) -> bytes:
    """Pages as PDF/UA-1, their units at level 2. `on`: the day the file says it was made."""
    pictures = list(dict.fromkeys(picture for page in pages.units for picture in page.pictures))
    try:
        return _drawn(pages, pictures, on)
    except _NotDrawn:
        pass
    try:  # a picture that cannot be drawn, most likely: its description is there in words
        return _drawn(_without_pictures(pages), [], on)
    except _NotDrawn as error:
        raise BookRefused(_said(pages.language, lacking_all=True)) from error


def _drawn(pages: Pages, pictures: list[Picture], on: date) -> bytes:
    names = {one.name: f"picture-{n}" for n, one in enumerate(pictures)}
    plain = _Plain(names)
    facts = plain.pages(pages)
    if plain.lacking > _MOST_LACKING * max(1, plain.letters):
        raise BookRefused(_said(pages.language, lacking_all=True))
    if plain.lacking:
        facts["front"].append({"k": "box", "c": [_said(pages.language)]})
    return _compiled(facts, {names[one.name]: one.content for one in pictures}, on)


def _said(language: str, *, lacking_all: bool = False) -> str:
    with translation.override(language):
        if lacking_all:
            return _("A PDF of this module cannot be made in this language. Take the web page or the e-book instead.")
        said = _("This file lacks some letters and shows %(sign)s for them. The web page and the e-book have them all.")
        return said % {"sign": INSTEAD}


class _NotDrawn(Exception):
    """typst cannot draw this, or not in the time it is given."""


def _compiled(facts: dict[str, Any], pictures: dict[str, bytes], on: date) -> bytes:
    content = {"main": TEMPLATE.read_bytes(), "book.json": json.dumps(facts, ensure_ascii=False).encode()}
    asked = {
        "files": {name: b64encode(one).decode() for name, one in (content | pictures).items()},
        "fonts": [str(folder) for folder in fonts()],
        "at": datetime.combine(on, time(), UTC).isoformat(),
    }
    try:
        drawn = subprocess.run(  # noqa: S603  our own program; what it is asked stands in its input, not its arguments
            [sys.executable, "-I", str(DRAWING)],
            input=json.dumps(asked).encode(),
            capture_output=True,
            timeout=MOST_SECONDS * 2,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _NotDrawn from error
    if drawn.returncode:
        raise _NotDrawn(drawn.stderr.decode(errors="replace"))
    return drawn.stdout


def _without_pictures(pages: Pages) -> Pages:
    return replace(pages, units=tuple(replace(one, inside=_undrawn(one.inside)) for one in pages.units))


def _undrawn(inside: Inside) -> Inside:
    return tuple(
        one if isinstance(one, str) else replace(one, inside=_undrawn(one.inside))
        for one in inside
        if isinstance(one, str) or one.kind != "picture"
    )


class _Plain:
    """Nodes as plain lists and words, and how many letters they hold that our fonts lack."""

    def __init__(self, pictures: dict[str, str]) -> None:
        self.pictures = pictures
        self.letters = self.lacking = 0

    def pages(self, pages: Pages) -> dict[str, Any]:
        return {
            "lang": pages.language,
            "dir": direction(pages.language),
            "title": self.words(pages.title),
            "contents": self.words(pages.contents),
            "front": self.all(pages.front.inside),
            "units": [self._page(page) for page in pages.units],
        }

    def _page(self, page: Page) -> list[Any]:
        return self.all(page.inside)

    def words(self, words: str) -> str:
        """The words as they are drawn."""
        drawn = drawable(without_vowels(words))
        self.letters += len(drawn)
        self.lacking += drawn.count(INSTEAD)
        return drawn

    def all(self, inside: Inside) -> list[Any]:
        found: list[Any] = []
        for one in inside:
            if isinstance(one, str):
                pieces = _LONG.sub(lambda match: f"{match[0]}\0", self.words(one)).split("\0")
                for n, piece in enumerate(pieces):
                    found += [{"k": "cut", "c": []}, piece] if n else [piece]
            else:
                found.append(self._one(one))
        return found

    def _one(self, node: Node) -> dict[str, Any]:
        plain: dict[str, Any] = {"k": node.kind, "c": self.all(node.inside)}
        if node.kind == "heading":
            plain |= {"n": min(node.level, 6), "o": node.listed}
            if node.name:
                plain["t"] = node.name
        elif node.kind == "jump":
            plain["t"] = node.name
        elif node.kind == "numbers":
            plain["n"] = node.level
        if node.language:
            plain |= {"lang": node.language, "dir": direction(node.language)}
        if node.address:
            plain["a"] = node.address
        if node.kind == "picture":
            plain |= {"file": self.pictures[node.name], "alt": self.words(node.alt)}
        return plain
