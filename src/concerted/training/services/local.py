from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from concerted.kit import access
from concerted.ledger.services import record
from concerted.text.rules import normal
from concerted.training.access import LOCAL
from concerted.training.models import LocalWords
from concerted.training.queries.local import around_of, held_in
from concerted.training.slots import KNOWN, SLOT


class LocalRefused(Exception):
    """The words cannot stand in the slot like this; the message says why."""


@transaction.atomic
def fill_slot(slot: str, language: str, markdown: str, source: str, *, by: Any, at: datetime) -> LocalWords | None:
    """Write what holds here into a slot, in one language; empty words empty it. The same again writes nothing new
    unless the text around it has changed: then it says that it still holds.

    Raises LocalRefused without a source, with a slot inside, or for an unknown slot.
    """
    if by is not None:
        access.allow(by, "U", LOCAL)
    if slot not in KNOWN:
        raise LocalRefused(_("There is no such slot."))
    markdown, source = normal(markdown).strip(), source.strip()
    if SLOT.search(markdown):
        raise LocalRefused(_("A slot cannot stand inside another. Write the words themselves."))
    if markdown and not source:
        raise LocalRefused(_("Say where this is written down or who confirmed it."))
    around, held = around_of(slot), held_in(slot).get(language)
    if held is None and not markdown:
        return None
    if held and (held.markdown, held.source, held.around) == (markdown, source if markdown else "", around):
        return held
    written = LocalWords.objects.create(
        slot=slot,
        language=language,
        markdown=markdown,
        source=source if markdown else "",
        around=around,
        by=by,
        at=at,
    )
    record("local words written", by=by, object_kind="slot", object_id=slot, words={"language": language})
    return written
