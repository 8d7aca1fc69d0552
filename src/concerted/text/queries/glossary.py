from concerted.text.models import GlossaryEntry
from concerted.text.wording import WordEntry


def glossary_of(language: str) -> list[WordEntry]:
    """The entries of a language, in the order of their packs. One query."""
    return [
        WordEntry(row.language, tuple(row.avoid), row.prefer, row.why, tuple(row.terms))
        for row in GlossaryEntry.objects.filter(language=language).order_by("pack", "place")
    ]
