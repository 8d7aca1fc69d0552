"""Scenarios taken to other programs and brought from them: Twee 3, a page that plays by itself, a gamebook."""

from collections.abc import Callable
from dataclasses import dataclass

from concerted.packs.interchange.gamebook import writing as gamebook
from concerted.packs.interchange.page import as_page
from concerted.packs.interchange.tale import Tale
from concerted.packs.interchange.twee.writing import as_twee


@dataclass(frozen=True)
class Kind:
    """A kind of file a scenario can become."""

    media: str
    ending: str
    write: Callable[[Tale], bytes]
    #: Drawing it takes the processor for a while, so one is drawn at a time.
    drawn: bool = False


KINDS = {
    "gamebook": Kind("application/pdf", "pdf", gamebook.as_pdf, drawn=True),
    "gamebook-epub": Kind("application/epub+zip", "epub", gamebook.as_epub),
    "gamebook-html": Kind("text/html; charset=utf-8", "html", gamebook.as_html),
    "html": Kind("text/html; charset=utf-8", "html", as_page),
    "twee": Kind("text/plain; charset=utf-8", "twee", lambda tale: as_twee(tale).encode()),
}
