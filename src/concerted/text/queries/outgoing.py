"""What goes out to a translator's own tool: published sections with what stands there in her language."""

from django.db.models import F

from concerted.text.exchange.segments import Piece
from concerted.text.models import Document, Section, Translation
from concerted.text.rules import READABLE


def pieces_of(language: str, *, document: Document | None = None, only_to_do: bool = False) -> list[Piece]:
    """Every section with words of one document or of all, in order, with its latest words in `language`. Two queries.

    `only_to_do` leaves out what readers are shown already.
    """
    held = Section.objects.filter(version=F("version__document__published")).exclude(title="", markdown="")
    held = held.exclude(version__document__language=language)
    made = Translation.objects.filter(language=language)
    if document is not None:
        held, made = held.filter(version__document=document), made.filter(document=document)
    latest: dict[tuple[int, str, str], tuple[str, str, str]] = {}
    readable: set[tuple[int, str, str]] = set()
    for of, key, source, title, markdown, state in made.order_by("pk").values_list(
        "document_id", "key", "source_hash", "title", "markdown", "state"
    ):
        latest[of, key, source] = (title, markdown, state)
        if state in READABLE:
            readable.add((of, key, source))
    rows = held.order_by("version__document__room", "version__document__key", "place").values_list(
        "version__document_id",
        "version__document__room",
        "version__document__key",
        "key",
        "hash",
        "title",
        "markdown",
        "kind",
    )
    return [
        Piece(f"{room}/{name}", key, digest, title, markdown, *latest.get((of, key, digest), ("", "", "missing")), kind)
        for of, room, name, key, digest, title, markdown, kind in rows
        if not (only_to_do and (of, key, digest) in readable)
    ]


def source_language_of(language: str) -> str:
    """The language most texts that go out were written in."""
    spoken = Document.objects.filter(published__isnull=False).exclude(language=language)
    return spoken.order_by("language").values_list("language", flat=True).first() or "en"
