"""Instruments are published as words and a shape; what was rated by a version stays on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from concerted.kit.memory import remember
from concerted.ledger.services import record
from concerted.practice.models import Instrument, InstrumentVersion
from concerted.practice.rules.instruments import InstrumentShape, InstrumentText, as_plain, from_plain
from concerted.practice.services.renewing import renew
from concerted.text.models import Document, Version
from concerted.text.rules import SectionText, version_hash
from concerted.text.services import publish_version, publish_words


@dataclass(frozen=True)
class InstrumentPublished:
    """What publishing did: the instrument, and whether anything had changed."""

    instrument: Instrument
    changed: bool


@transaction.atomic
def publish_instrument(
    text: InstrumentText, *, language: str = "en", by: Any = None, at: datetime
) -> InstrumentPublished:
    """Publish an instrument: words frozen, a new version only if words or shape changed.

    Where a pack brings the words that authors here started from, or older ones, theirs stay.
    """
    document, _made = Document.objects.get_or_create(
        room="practice", key=f"instrument:{text.code}", defaults={"language": language}
    )
    words = publish_words(document, text.sections, by=by, at=at)
    instrument, _made = Instrument.objects.get_or_create(code=text.code, defaults={"document": document})
    if instrument.published is not None and words.hash != version_hash(text.sections):
        return InstrumentPublished(instrument, False)
    changed = _renew(instrument, words, as_plain(text.shape), by=by, at=at)
    instrument.pack, instrument.place = text.pack, text.place
    instrument.save()
    return InstrumentPublished(instrument, changed)


def _renew(instrument: Instrument, words: Version, shape: dict[str, Any], *, by: Any, at: datetime) -> bool:
    """Make a version of these words and this shape the published one; whether it is a new one."""
    if not renew(instrument, words, {"shape": shape}, told_by=(shape,), at=at):
        return False
    assert instrument.published is not None
    record("instrument published", by=by, object_kind="instrument version", object_id=instrument.published.pk)
    return True


@transaction.atomic
def reword_instrument(
    document: Document, sections: Sequence[SectionText], *, summary: str = "", by: Any, at: datetime
) -> Version:
    """Publish another wording of an instrument in the same shape. What was rated before stays on its version."""
    words = publish_version(document, sections, summary=summary, by=by, at=at)
    instrument = Instrument.objects.select_for_update(of=("self",)).select_related("published").get(document=document)
    assert instrument.published is not None
    _renew(instrument, words, instrument.published.shape, by=by, at=at)
    return words


@remember(50)
def instrument_shape(version_id: int) -> InstrumentShape:
    """The shape of a version; read once a process, since a version never changes. One query."""
    return from_plain(InstrumentVersion.objects.values_list("shape", flat=True).get(pk=version_id))
