from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from concerted.ledger.services import record
from concerted.text.models import Document, Section, Version
from concerted.text.rules import SectionText, hash_of, normal, version_hash
from concerted.text.services.counting import count_document


class TextRefused(Exception):
    """The text cannot be stored like this; the message says why."""


@transaction.atomic
def publish_version(
    document: Document,
    sections: Sequence[SectionText],
    *,
    summary: str = "",
    anew: bool = False,
    by: Any,
    at: datetime,
) -> Version:
    """Freeze a wording and make it the published one. The same wording again is the same version: nothing is written.

    `anew`: a version of its own even so, where something that hangs on the words has changed. Raises `TextRefused`
    when two sections have one key.
    """
    keys = [section.key for section in sections]
    twice = {key for key in keys if keys.count(key) > 1} if len(set(keys)) < len(keys) else set()
    if twice:
        raise TextRefused(_("Two sections have the key %(key)s. Give each its own.") % {"key": sorted(twice)[0]})
    Document.objects.select_for_update().get(pk=document.pk)
    digest = version_hash(sections)
    if document.published and document.published.hash == digest and not anew:
        return document.published
    no = (document.versions.aggregate(last=Max("no"))["last"] or 0) + 1
    version = Version.objects.create(
        document=document, no=no, state=Version.State.PUBLISHED, hash=digest, summary=summary, published_at=at, by=by
    )
    Section.objects.bulk_create(
        Section(
            version=version,
            key=section.key,
            place=place,
            kind=section.kind,
            title=normal(section.title),
            markdown=normal(section.markdown),
            data=section.data,
            hash=hash_of(section),
        )
        for place, section in enumerate(sections)
    )
    document.published = version
    document.save(update_fields=["published"])
    count_document(document)
    record("text published", by=by, object_kind="text version", object_id=version.pk)
    return version


def publish_words(
    document: Document, sections: Sequence[SectionText], *, anew: bool = False, by: Any, at: datetime
) -> Version:
    """Publish what a pack brings; where authors here reworded a text and the pack brings the words they started from
    or older ones, theirs stay. `anew`: in a version of its own, as in `publish_version`.
    """
    here = document.published
    if here and here.by_id and here.summary and document.versions.filter(hash=version_hash(sections)).exists():
        return (
            publish_version(document, _written(here), summary=here.summary, anew=True, by=here.by, at=at)
            if anew
            else here
        )
    return publish_version(document, sections, anew=anew, by=by, at=at)


def _written(version: Version) -> list[SectionText]:
    held = Section.objects.filter(version=version).order_by("place")
    return [SectionText(one.key, one.markdown, one.kind, one.title, one.data) for one in held]
