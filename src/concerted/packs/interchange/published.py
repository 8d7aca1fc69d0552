"""A published scenario as a file, in a reader's language and with what is filled in here."""

from django.utils import timezone

from concerted.packs.interchange import KINDS
from concerted.packs.interchange.tale import Tale
from concerted.practice.models import Scenario
from concerted.practice.services import story_of
from concerted.text import queries as text
from concerted.text.rules import SectionText
from concerted.training.queries.book import BookFile, in_turn
from concerted.training.queries.local import in_place, local_words


def published_tale(code: str, reading: text.ReadingLanguage, *, local: bool = True) -> Tale | None:
    """The published scenario for one player with this code, as she reads it. Five queries at most.

    `local`: what is filled in here stands in it; without, the places for it stay, as another response needs them.
    """
    found = Scenario.objects.filter(code=code, seats=0, published__isnull=False).select_related("published").first()
    if found is None or found.published is None:
        return None
    version = found.published
    sections = text.read_sections([version.version_id], reading.code)[version.version_id]
    words = local_words() if local and any("{" in one.markdown for one in sections) else {}
    placed = [in_place(one, words, reading.interface) for one in sections]
    return Tale(
        code=code,
        language=reading.interface,
        minutes=version.minutes,
        sectors=tuple(found.sectors.values_list("code", flat=True)),
        story=story_of(version.pk),
        words={one.key: SectionText(one.key, one.markdown, one.kind, one.title, one.data) for one in placed},
        foreign={one.key: one.language for one in placed if one.language != reading.interface},
        missing=any(one.missing or one.behind for one in placed),
        on=timezone.localdate(version.published_at),
    )


def published_file(code: str, kind: str, reading: text.ReadingLanguage) -> BookFile | None:
    """The scenario as a file of this kind, one of `KINDS`; None where none is published.

    Raises `BookRefused` when the file cannot be made; its message says what to take instead.
    """
    tale = published_tale(code, reading, local=kind != "twee")
    if tale is None:
        return None
    made = KINDS[kind]
    content = in_turn(lambda: made.write(tale)) if made.drawn else made.write(tale)
    return BookFile(content, made.media, f"{code}.{made.ending}")
