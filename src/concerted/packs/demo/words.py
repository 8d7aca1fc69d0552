"""Two translators, and drafts of the first that wait for the second."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F

from concerted.directory.models import Person
from concerted.text.models import ContentLanguage, Section, Translator
from concerted.text.services import write_draft

#: Words of a title in the starter pack, and what they are in French.
_DRAFTS = {"Coercive control": "Le contrôle coercitif"}


def write_drafts(translators: Sequence[Person], at: datetime) -> None:
    """Enter them for French and Arabic; the first has finished what is in _DRAFTS."""
    for language in ContentLanguage.objects.filter(pk__in=["fr", "ar"]):
        for person in translators:
            Translator.objects.create(person=person, language=language)
    published = Section.objects.filter(version=F("version__document__published"), key="title", markdown__in=_DRAFTS)
    for section in published.select_related("version__document"):
        document = section.version.document
        if document.translations.filter(key="title", language="fr", source_hash=section.hash).exists():
            continue
        write_draft(
            document,
            "title",
            "fr",
            source_hash=section.hash,
            markdown=_DRAFTS[section.markdown],
            ready=True,
            seen="",
            by=translators[0],
            at=at,
        )
