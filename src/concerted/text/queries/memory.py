"""What translation memories have for a section: offered beside the box she writes in, never filled in."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F

from concerted.text.exchange.memory import plain_hash, sources_of
from concerted.text.exchange.pairing import fault_in_words
from concerted.text.models import Document, Offer, Section
from concerted.text.queries.bench import Row

#: Offers shown for one piece of the source; a memory can hold many.
SHOWN_MOST = 3
#: Memories listed on one page; whoever has more takes old ones away.
MEMORIES_MOST = 50


@dataclass(frozen=True)
class Remembered:
    """A piece of a section's source, and what memories have for it, the latest first."""

    source: str
    offers: tuple[str, ...]


@dataclass(frozen=True)
class Memory:
    """What one file brought for a language: when, and how many pairs of it are offered."""

    at: datetime
    pairs: int

    @property
    def mark(self) -> str:
        """Its moment as a form sends it back, to the microsecond."""
        return self.at.isoformat()


def memories_in(language: str) -> list[Memory]:
    """The memories whose pairs are offered in a language, the latest first. One query."""
    kept = Offer.objects.filter(language=language).order_by("-at").values_list("at").annotate(pairs=Count("pk"))
    return [Memory(at, pairs) for at, pairs in kept[:MEMORIES_MOST]]


def remembered(row: Row, document: Document, language: str) -> list[Remembered]:
    """What is offered for a section's title and blocks, without the words that stand in her boxes already.

    What lost a mark that the source has is left out: she could not finish it. One query.
    """
    shown = set(sources_of(row.shown.title, row.shown.markdown)) if row.shown else set()
    sources = {plain_hash(words): words for words in sources_of(row.section.title, row.section.markdown)}
    kept = Offer.objects.filter(language=language, source_language=document.language, source_hash__in=sources)
    found: dict[str, list[str]] = defaultdict(list)
    for digest, words in kept.order_by("-pk").values_list("source_hash", "words")[:100]:
        here = found[sources[digest]]
        if len(here) < SHOWN_MOST and words not in shown and not fault_in_words(sources[digest], words):
            here.append(words)
    return [Remembered(source, tuple(found[source])) for source in sources.values() if found[source]]


def sources_today() -> dict[tuple[str, str], set[str]]:
    """(language, hash of the plain words) -> the pieces of published sections that read so. One query."""
    held = Section.objects.filter(version=F("version__document__published")).exclude(title="", markdown="")
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for language, title, markdown in held.order_by().values_list("version__document__language", "title", "markdown"):
        for words in sources_of(title, markdown):
            found[language, plain_hash(words)].add(words)
    return found
