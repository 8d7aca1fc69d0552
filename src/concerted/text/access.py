"""Who may do what with texts and their translations."""

from typing import Any

from concerted.kit.access import Where, row
from concerted.text.models import Translator


def _where_language(language: Any) -> Where:
    """A language belongs to those who translate into it."""
    code = getattr(language, "pk", language)
    return Where(owned=lambda by: Translator.objects.filter(person=by.pk, language=code).exists())


#: "o-lang" of the matrix: a translator writes and reviews in the languages she was entered for.
TRANSLATION = row(
    "translation",
    where=_where_language,
    practitioner="R",
    translator="R; CU o",
)
#: Which words to write and to avoid, and why: authors for every language, a translator for her own.
GLOSSARY = row(
    "glossary",
    where=_where_language,
    practitioner="R",
    author="CUD",
    translator="CUD o",
)
#: Another wording of a published text, before anybody reads it.
DRAFT = row(
    "draft of a text",
    author="RCU",
    trainer="R",
    translator="R",
    national_coordinator="R",
    auditor="R",
)
#: Publishing it: one proposes, a second person publishes.
PUBLISHING = row("publishing of a text", author="C→2", national_coordinator="C→2")
#: Which languages there are, and who translates into them.
LANGUAGE = row(
    "language of texts",
    national_coordinator="CU",
)
