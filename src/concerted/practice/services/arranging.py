"""What stands in a draft, and in which order: passages added, put earlier, taken out."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from concerted.kit import access
from concerted.practice.access import SCRIPT
from concerted.practice.models import PassageDraft, ScenarioDraft
from concerted.practice.services.drafting import DraftRefused, locked_draft, open_again

#: So many passages a scenario may have here; a pack may bring more.
MOST_PASSAGES = 120


@transaction.atomic
def add_passage(draft: ScenarioDraft, key: str, text: str, *, after: str = "", by: Any, at: datetime) -> PassageDraft:
    """A new passage behind that with the key `after`, else at the end. Its key never changes.

    Raises `DraftRefused` when the key is used already.
    """
    access.allow(by, "U", SCRIPT)
    draft = locked_draft(draft)
    if draft.passages.filter(key=key).exists():
        raise DraftRefused(_("There is already a passage “%(key)s”. Give this one another key.") % {"key": key})
    if draft.passages.count() >= MOST_PASSAGES:
        raise DraftRefused(_("A scenario has at most %(most)s passages here. Cut it in two.") % {"most": MOST_PASSAGES})
    open_again(draft)
    before = draft.passages.filter(key=after) if after else draft.passages
    place = (before.aggregate(last=Max("place"))["last"] or 0) + 1
    draft.passages.filter(place__gte=place).update(place=F("place") + 1)
    return PassageDraft.objects.create(draft=draft, key=key, place=place, text=text, by=by, at=at)


@transaction.atomic
def take_out_passage(draft: ScenarioDraft, key: str, *, by: Any) -> None:
    """Take a passage out of a draft. What led there is found by the check."""
    access.allow(by, "U", SCRIPT)
    draft = locked_draft(draft)
    open_again(draft)
    draft.passages.filter(key=key).delete()


@transaction.atomic
def put_earlier(draft: ScenarioDraft, key: str, *, by: Any) -> None:
    """Let a passage change places with the one before it; the first stays where it is."""
    access.allow(by, "U", SCRIPT)
    draft = locked_draft(draft)
    held = draft.passages.filter(key=key).first()
    other = draft.passages.filter(place__lt=held.place).order_by("-place").first() if held else None
    if held is None or other is None:
        raise DraftRefused(_("This cannot stand earlier."))
    open_again(draft)
    held.place, other.place = other.place, held.place
    held.save(update_fields=["place"])
    other.save(update_fields=["place"])
