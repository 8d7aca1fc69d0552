from collections import Counter, defaultdict
from collections.abc import Iterable

from django.db.models import F, Q

from concerted.text.models import ContentLanguage, Document, Section, Translation, TranslationCount
from concerted.text.rules import STATES, state_in


def count_document(document: Document, languages: Iterable[str] | None = None) -> None:
    """Count again how a document's published sections stand in these languages (None: in all), in the caller's
    transaction. Sections without words need no translation and are not counted.
    """
    opened = ContentLanguage.objects.exclude(pk=document.language).values_list("pk", flat=True)
    codes = [code for code in opened if languages is None or code in set(languages)]
    if not codes or document.published_id is None:
        return
    worded = Section.objects.filter(~Q(title="") | ~Q(markdown=""), version=document.published_id)
    hashes = dict(worded.values_list("key", "hash"))
    revisions: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    waiting: Counter[str] = Counter()
    rows = Translation.objects.filter(document=document, language__in=codes).order_by("pk")
    for language, key, source, state, ready in rows.values_list("language", "key", "source_hash", "state", "ready"):
        revisions[language, key].append((source, state))
        waiting[language] += ready and hashes.get(key) == source
    for code in codes:
        stand = Counter(state_in(digest, revisions[code, key]) for key, digest in hashes.items())
        numbers = {state: stand[state] for state in STATES} | {"waiting": waiting[code]}
        held = TranslationCount.objects.filter(document=document, language_id=code)
        if not held.update(**numbers, revision=F("revision") + 1):
            TranslationCount.objects.create(document=document, language_id=code, **numbers)


def count_language(code: str) -> None:
    """Count every published document in one language: a language was added, or many texts came in at once."""
    for document in Document.objects.filter(published__isnull=False).exclude(language=code):
        count_document(document, [code])
