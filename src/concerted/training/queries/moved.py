"""What has changed around a local slot since somebody filled it in."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef

from concerted.text import queries as text
from concerted.text.models import Section


@dataclass(frozen=True)
class PlaceMoved:
    """A text whose words around a slot are new, its title, and the paragraphs the slot stands in now."""

    title: text.TitleShown
    words: str
    language: str


def places_moved(slot: str, since: datetime, language: str) -> list[PlaceMoved]:
    """Where the words around a slot are none that stood there at `since`, text by text. At most three queries."""
    then = Section.objects.filter(
        version__document=OuterRef("version__document"),
        version__published_at__lte=since,
        key=OuterRef("key"),
        hash=OuterRef("hash"),
    )
    held = (
        Section.objects.filter(
            ~Exists(then.order_by()),
            version=F("version__document__published"),
            version__document__room__in=("training", "practice"),
            markdown__contains=f"{{{slot}}}",
        )
        .order_by("version__document", "place")
        .values_list("version__document", "version__document__language", "markdown")
    )
    rows = list(held)
    titles = text.titles_shown({document for document, _written, _words in rows}, language) if rows else {}
    return [
        PlaceMoved(titles.get(document, text.TitleShown("", written)), _around(slot, words), written)
        for document, written, words in rows
    ]


def _around(slot: str, markdown: str) -> str:
    return "\n\n".join(part for part in markdown.split("\n\n") if f"{{{slot}}}" in part)
