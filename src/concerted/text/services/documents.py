from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from concerted.ledger.services import record
from concerted.text.models import Document, Section, Translation, Version
from concerted.text.rules import SectionText, hash_of, normal, version_hash


class TextRefused(Exception):
    """The text cannot be stored like this; the message says why."""


@transaction.atomic
def publish_version(
    document: Document, sections: Sequence[SectionText], *, summary: str = "", by: Any, at: datetime
) -> Version:
    """Freeze a wording and make it the published one. The same wording again is the same version: nothing is written.

    Raises `TextRefused` when two sections have one key.
    """
    keys = [section.key for section in sections]
    twice = {key for key in keys if keys.count(key) > 1} if len(set(keys)) < len(keys) else set()
    if twice:
        raise TextRefused(_("Two sections have the key %(key)s. Give each its own.") % {"key": sorted(twice)[0]})
    Document.objects.select_for_update().get(pk=document.pk)
    digest = version_hash(sections)
    if document.published and document.published.hash == digest:
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
    record("text published", by=by, object_kind="text version", object_id=version.pk)
    return version


@transaction.atomic
def save_translation(
    document: Document,
    key: str,
    source_hash: str,
    language: str,
    *,
    title: str = "",
    markdown: str = "",
    state: str = Translation.State.DRAFT,
    by: Any,
    reviewed_by: Any = None,
    at: datetime,
) -> Translation:
    """Store a section's words in another language, for this exact wording. The same words again change nothing."""
    of = Translation.objects.filter(document=document, key=key, source_hash=source_hash, language=language)
    last = of.order_by("-revision").first()
    title, markdown = normal(title), normal(markdown)
    if last and (last.title, last.markdown, last.state) == (title, markdown, state):
        return last
    return Translation.objects.create(
        document=document,
        key=key,
        source_hash=source_hash,
        language=language,
        revision=last.revision + 1 if last else 1,
        title=title,
        markdown=markdown,
        state=state,
        by=by,
        reviewed_by=reviewed_by,
        at=at,
    )
