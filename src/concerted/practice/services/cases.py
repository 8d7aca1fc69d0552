"""Case studies are published as words and a shape; whoever has begun stays on her version."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from concerted.directory.models import Sector
from concerted.kit.memory import remember
from concerted.ledger.services import record
from concerted.practice.models import Case, CaseVersion
from concerted.practice.rules import CaseShape, CaseText
from concerted.practice.rules.cases import as_plain, from_plain
from concerted.practice.services.renewing import renew
from concerted.text.models import Document, Version
from concerted.text.rules import SectionText, version_hash
from concerted.text.services import publish_version, publish_words


@dataclass(frozen=True)
class CasePublished:
    """What publishing did: the case study, and whether anything had changed."""

    case: Case
    changed: bool


@transaction.atomic
def publish_case(text: CaseText, *, language: str = "en", by: Any = None, at: datetime) -> CasePublished:
    """Publish a case study: words frozen, a new version only if words, shape or minutes changed.

    Where a pack brings the words that authors here started from, or older ones, theirs stay.
    """
    document, _made = Document.objects.get_or_create(
        room="practice", key=f"case:{text.code}", defaults={"language": language}
    )
    words = publish_words(document, text.sections, by=by, at=at)
    case, _made = Case.objects.get_or_create(code=text.code, defaults={"document": document})
    if case.published is not None and words.hash != version_hash(text.sections):
        return CasePublished(case, False)
    changed = _renew(case, words, as_plain(text.shape), text.minutes, by=by, at=at)
    case.pack, case.place = text.pack, text.place
    case.save()
    case.sectors.set(Sector.objects.filter(code__in=text.sectors))
    return CasePublished(case, changed)


def _renew(case: Case, words: Version, shape: dict[str, Any], minutes: int, *, by: Any, at: datetime) -> bool:
    """Make a version of these words, this shape and these minutes the published one; whether it is a new one."""
    facts = {"shape": shape, "minutes": minutes}
    if not renew(case, words, facts, told_by=(shape, minutes), at=at):
        return False
    assert case.published is not None
    record("case published", by=by, object_kind="case version", object_id=case.published.pk)
    return True


@transaction.atomic
def reword_case(
    document: Document, sections: Sequence[SectionText], *, summary: str = "", by: Any, at: datetime
) -> Version:
    """Publish another wording of a case study in the same shape. Who is under way stays on the version she began."""
    words = publish_version(document, sections, summary=summary, by=by, at=at)
    case = Case.objects.select_for_update(of=("self",)).select_related("published").get(document=document)
    assert case.published is not None
    _renew(case, words, case.published.shape, case.published.minutes, by=by, at=at)
    return words


@remember(200)
def shape_of(version_id: int) -> CaseShape:
    """The shape of a version; read once a process, since a version never changes. One query."""
    return from_plain(CaseVersion.objects.values_list("shape", flat=True).get(pk=version_id))
