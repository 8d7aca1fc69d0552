from concerted.text.models import GlossaryEntry
from concerted.text.wording import WordEntry


def glossary_of(*languages: str) -> list[WordEntry]:
    """The entries of these languages, in the order of their packs. One query."""
    return [
        WordEntry(row.language, tuple(row.avoid), row.prefer, row.why, tuple(row.terms), row.idea)
        for row in GlossaryEntry.objects.filter(language__in=languages).order_by("pack", "place")
    ]
