"""What the workbench shows: a document by section in another language, with what was before and what is offered."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from django.db.models import Subquery

from concerted.text.models import Document, Section, Translation, Version
from concerted.text.rules import READABLE, SectionShown, state_in


@dataclass(frozen=True)
class Piece:
    """A run of words in a comparison: `kind` is same, gone or new."""

    kind: str
    words: str


def compare(before: str, after: str) -> list[Piece]:
    """What became of a text, word by word; what is gone stands before what is new.

    >>> [(piece.kind, piece.words) for piece in compare("Ring her today", "Ask her today")]
    [('gone', 'Ring'), ('new', 'Ask'), ('same', ' her today')]
    """
    one, other = _words(before), _words(after)
    pieces: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(one[a:b])))
            continue
        if a < b:
            pieces.append(Piece("gone", "".join(one[a:b])))
        if c < d:
            pieces.append(Piece("new", "".join(other[c:d])))
    return pieces


def _words(text: str) -> list[str]:
    return re.findall(r"\S+|\s+", text)


@dataclass(frozen=True)
class Row:
    """One section of a document in a language: its source, its state, its latest revision for this very wording."""

    section: SectionShown
    state: str
    latest: Translation | None
    readable: Translation | None
    older: Translation | None

    @cached_property
    def waiting(self) -> bool:
        return self.latest is not None and self.latest.ready

    @property
    def shown(self) -> Translation | None:
        """The words a page about this section shows beside the source."""
        return self.latest or self.readable or self.older


def rows_of(document: Document, language: str) -> list[Row]:
    """Every section with words of the published version, in order. Two queries."""
    by_key: dict[str, list[Translation]] = defaultdict(list)
    for translation in Translation.objects.filter(document=document, language=language).order_by("pk"):
        by_key[translation.key].append(translation)
    sections = Section.objects.filter(version=document.published_id).order_by("place")
    worded = [section for section in sections if section.title or section.markdown]
    return [_row(section, by_key[section.key], document.language) for section in worded]


def _row(section: Section, revisions: Sequence[Translation], language: str) -> Row:
    state = state_in(section.hash, [(one.source_hash, one.state) for one in revisions])
    current = [one for one in revisions if one.source_hash == section.hash]
    readable = [one for one in current if one.state in READABLE]
    older = [one for one in revisions if one.source_hash != section.hash]
    shown = SectionShown(
        section.key, section.kind, section.title, section.markdown, section.data, section.hash, language
    )
    return Row(
        shown,
        state,
        current[-1] if current else None,
        readable[-1] if readable else None,
        # What readers were shown last is the better start than a draft nobody finished.
        next((one for one in reversed(older) if one.state in READABLE), older[-1] if older else None),
    )


def wording_before(document: Document, key: str, source_hash: str) -> Section | None:
    """The wording a translation was made from, as it stood last in an earlier version. One query."""
    held = Section.objects.filter(version__document=document, key=key, hash=source_hash).select_related("version")
    return held.order_by("-version__no").first()


def said_since(before: Section, now: str) -> list[Version]:
    """What authors said of the versions that made another wording of a section, oldest first; `now`: its hash today.

    One query.
    """
    others = Version.objects.filter(document=before.version.document_id, no__gt=before.version.no)
    as_now = others.filter(sections__key=before.key, sections__hash=now).order_by("no").values("no")[:1]
    return list(others.filter(no__lte=Subquery(as_now)).exclude(summary="").order_by("no"))


def neighbours(rows: Sequence[Row], row: Row) -> tuple[str, str]:
    """The keys of the parts before and after one; empty at an end."""
    place = rows.index(row)
    before, after = rows[place - 1 : place] if place else [], rows[place + 1 : place + 2]
    return "".join(one.section.key for one in before), "".join(one.section.key for one in after)


def above(rows: Sequence[Row], row: Row) -> list[SectionShown]:
    """The parts a part belongs to, outermost first: the answer q1.a stands under the question q1."""
    return [one.section for one in rows if row.section.key.startswith(f"{one.section.key}.")]


def offers(row: Row, document: Document, language: str) -> list[Translation]:
    """Reviewed translations of the same words elsewhere: offered, never applied. One query."""
    same = Translation.objects.filter(source_hash=row.section.hash, language=language, state__in=READABLE)
    found: dict[tuple[str, str], Translation] = {}
    for one in same.exclude(document=document, key=row.section.key).select_related("document").order_by("-pk")[:20]:
        found.setdefault((one.title, one.markdown), one)
    return list(found.values())[:3]


def next_to_do(rows: Sequence[Row], key: str) -> str:
    """The key of the next section that is missing, outdated or drafted by a machine alone, after this one or from the
    start; empty when none is.
    """
    to_do = ("missing", "outdated", "machine")
    keys = [row.section.key for row in rows if row.state in to_do or row.section.key == key]
    if key not in keys:
        return keys[0] if keys else ""
    after = keys[keys.index(key) + 1 :] + keys[: keys.index(key)]
    return after[0] if after else ""
