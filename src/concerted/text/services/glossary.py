from collections.abc import Sequence

from django.db import transaction

from concerted.text.models import GlossaryEntry
from concerted.text.wording import WordEntry


@transaction.atomic
def replace_glossary(pack: str, entries: Sequence[WordEntry]) -> bool:
    """Put a pack's entries in the place of those it brought before. Returns whether anything changed."""
    held = [_entry(row) for row in GlossaryEntry.objects.filter(pack=pack).order_by("place")]
    if held == list(entries):
        return False
    GlossaryEntry.objects.filter(pack=pack).delete()
    GlossaryEntry.objects.bulk_create(
        GlossaryEntry(
            pack=pack,
            language=entry.language,
            place=place,
            avoid=list(entry.avoid),
            prefer=entry.prefer,
            why=entry.why,
            terms=list(entry.terms),
            idea=entry.idea,
        )
        for place, entry in enumerate(entries)
    )
    return True


def _entry(row: GlossaryEntry) -> WordEntry:
    return WordEntry(row.language, tuple(row.avoid), row.prefer, row.why, tuple(row.terms), row.idea)
