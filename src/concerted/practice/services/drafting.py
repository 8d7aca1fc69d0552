"""Writing a scenario: passages kept one by one, two people at once told apart, a second person to publish it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from concerted.kit import access
from concerted.ledger.services import record
from concerted.practice.access import SCRIPT
from concerted.practice.models import PassageDraft, ScenarioDraft
from concerted.text.access import PUBLISHING


class DraftRefused(Exception):
    """The draft cannot be changed or published like this; the message says why and what to do."""


class DraftMoved(DraftRefused):
    """Somebody else, or another window, saved the same passage meanwhile: nothing of either is lost."""


def locked_draft(draft: ScenarioDraft) -> ScenarioDraft:
    """The draft as it is now, held until the caller's transaction ends."""
    held = ScenarioDraft.objects.select_for_update().filter(pk=draft.pk).first()
    if held is None:
        raise DraftRefused(_("This draft is no longer here: it was published or thrown away."))
    return held


def open_again(draft: ScenarioDraft, *, typing: bool = False) -> None:
    """A proposal was made of other words: it is taken back. While she types it is left to the second person instead."""
    if not draft.waits:
        return
    if typing:
        raise DraftRefused(_("This waits for a second person. Press “Keep” to change it all the same."))
    ScenarioDraft.objects.filter(pk=draft.pk).update(proposed_by=None, proposed_at=None)


@transaction.atomic
def begin_draft(
    code: str, *, language: str, head: str, passages: Sequence[tuple[str, str]], by: Any, at: datetime
) -> ScenarioDraft:
    """The draft of the scenario with this code, begun with these words when there is none yet.

    `passages`: (key, text) in the writer's order.
    """
    access.allow(by, "C", SCRIPT)
    held = ScenarioDraft.objects.filter(code=code).first()
    if held is not None:
        return held
    try:
        with transaction.atomic():
            draft = ScenarioDraft.objects.create(code=code, language=language, head=head, by=by, at=at)
    except IntegrityError:
        # Somebody else began it at the same moment.
        return ScenarioDraft.objects.get(code=code)
    PassageDraft.objects.bulk_create(
        PassageDraft(draft=draft, key=key, place=place, text=text, by=by, at=at)
        for place, (key, text) in enumerate(passages, start=1)
    )
    return draft


@transaction.atomic
def save_head(draft: ScenarioDraft, head: str, *, seen: int, by: Any, at: datetime) -> ScenarioDraft:
    """Keep another head. `seen`: the revision she was shown; raises `DraftMoved` when it has moved on."""
    access.allow(by, "U", SCRIPT)
    draft = locked_draft(draft)
    if head == draft.head:
        return draft
    if draft.revision != seen:
        raise DraftMoved(_("Somebody else saved this while you wrote. Her words are below yours; put them together."))
    open_again(draft)
    draft.head, draft.revision, draft.by, draft.at = head, draft.revision + 1, by, at
    draft.save(update_fields=["head", "revision", "by", "at"])
    return draft


@transaction.atomic
def save_passage(
    draft: ScenarioDraft,
    key: str,
    text: str,
    *,
    seen: int,
    page: str = "",
    typing: bool = False,
    by: Any,
    at: datetime,
) -> PassageDraft:
    """Keep another wording of a passage; the same words again write nothing.

    `seen`: the revision she was shown; `page`: the name of the page she writes on; `typing`: kept without her pressing
    anything. Raises `DraftMoved` when somebody else saved it meanwhile, `DraftRefused` when it is not there any more.
    """
    access.allow(by, "U", SCRIPT)
    draft = locked_draft(draft)
    held = PassageDraft.objects.filter(draft=draft, key=key).first()
    if held is None:
        raise DraftRefused(_("This passage is no longer in the draft."))
    if held.text == text:
        return held
    # Its own words, kept while the answer was still on its way or got lost: nothing that she has not seen.
    if held.revision != seen and not (page and held.page == page and held.by_id == by.pk):
        raise DraftMoved(
            _("Somebody else saved this passage while you wrote. Her words are below yours; put them together.")
        )
    open_again(draft, typing=typing)
    held.text, held.revision, held.page, held.by, held.at = text, held.revision + 1, page, by, at
    held.save()
    return held


@transaction.atomic
def propose_draft(draft: ScenarioDraft, summary: str, *, by: Any, at: datetime) -> ScenarioDraft:
    """Ask a second person to publish it, and say in a sentence what is new. Whoever calls has checked it."""
    access.allow(by, "C", PUBLISHING)
    draft = locked_draft(draft)
    if not summary.strip():
        raise DraftRefused(_("Say in a sentence what changes: translators and readers are told."))
    draft.summary, draft.proposed_by, draft.proposed_at, draft.remark = summary.strip(), by, at, ""
    draft.save(update_fields=["summary", "proposed_by", "proposed_at", "remark"])
    record("scenario proposed", by=by, object_kind="scenario draft", object_id=draft.pk)
    return draft


@transaction.atomic
def decide_draft(draft: ScenarioDraft, *, accept: bool, remark: str = "", by: Any) -> ScenarioDraft:
    """Say yes or no to a draft that waits; by another person than who proposed it.

    A yes leaves the draft for the caller, who publishes it in the same transaction and throws it away.
    """
    access.allow(by, "C", PUBLISHING)
    draft = locked_draft(draft)
    if not draft.waits:
        raise DraftRefused(_("This does not wait any more: it was given back or changed."))
    if by.pk == draft.proposed_by_id:
        raise DraftRefused(_("You proposed this. A second person publishes it."))
    if accept:
        return draft
    if not remark.strip():
        raise DraftRefused(_("Say in a few words what should be changed."))
    record("scenario given back", by=by, object_kind="scenario draft", object_id=draft.pk, about=draft.proposed_by)
    draft.remark, draft.proposed_by, draft.proposed_at = remark.strip(), None, None
    draft.save(update_fields=["remark", "proposed_by", "proposed_at"])
    return draft


@transaction.atomic
def drop_draft(draft: ScenarioDraft, *, by: Any) -> None:
    """Throw a draft away. What is published stays as it is."""
    access.allow(by, "U", SCRIPT)
    draft = locked_draft(draft)
    record("scenario draft dropped", by=by, object_kind="scenario draft", object_id=draft.pk)
    draft.delete()
