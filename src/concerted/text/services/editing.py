from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from concerted.kit import access
from concerted.ledger.services import record
from concerted.text.access import DRAFT, PUBLISHING
from concerted.text.models import Document, Section, SectionDraft, TextProposal
from concerted.text.rules import SectionText, normal

#: room -> what publishes a document of it: the room may have more to renew than the text (`publish_version`).
PUBLISHERS: dict[str, Callable[..., Any]] = {}


class EditRefused(Exception):
    """The text cannot be changed or published like this; the message says why and what to do."""


def token_of(draft: SectionDraft | None) -> str:
    """What a page remembers of the draft it showed, so that two people at once are told apart."""
    return f"{draft.pk}@{draft.at.isoformat()}" if draft else ""


def _locked(document: Document) -> Document:
    return Document.objects.select_for_update().get(pk=document.pk)


@transaction.atomic
def edit_section(
    document: Document,
    key: str,
    *,
    title: str,
    markdown: str,
    seen: str,
    base: str = "",
    page: str = "",
    typing: bool = False,
    by: Any,
    at: datetime,
) -> SectionDraft | None:
    """Keep another wording of a section; the published wording again takes the draft away. A proposal that waits is
    taken back, since it was made of other words. The same words again write nothing.

    `seen`: `token_of` the draft she was shown; `base`: the hash of the published words she was shown; `page`: the name
    of the page she writes on. `typing`: kept while she types, without her pressing anything; that takes no proposal
    back. Raises EditRefused when the words moved on meanwhile, when a part that had words would have none, and while
    she types for what waits for a second person.
    """
    access.allow(by, "U", DRAFT)
    document = _locked(document)
    section = Section.objects.filter(version=document.published_id, key=key).first()
    if section is None:
        raise EditRefused(_("This part is no longer in the text."))
    held = SectionDraft.objects.filter(document=document, key=key).first()
    title, markdown = normal(title), normal(markdown)
    if _said_already(section, held, title, markdown):
        return held
    _refuse_moved(held, seen, page, by)
    if base and base != section.hash:
        raise EditRefused(_("This part was published anew while you wrote. Look at it below, then save again."))
    if (section.title and not title) or (section.markdown and not markdown):
        raise EditRefused(_("A part cannot lose all its words. Write them, or leave it as it was."))
    _take_back(document, typing=typing)
    if (title, markdown) == (section.title, section.markdown):
        SectionDraft.objects.filter(document=document, key=key).delete()
        return None
    words = {"title": title, "markdown": markdown, "base_hash": section.hash, "by": by, "at": at, "page": page}
    return SectionDraft.objects.update_or_create(document=document, key=key, defaults=words)[0]


def _said_already(section: Section, held: SectionDraft | None, title: str, markdown: str) -> bool:
    """Whether these words are kept already, or were published."""
    if held:
        return (held.title, held.markdown, held.base_hash) == (title, markdown, section.hash)
    return (section.title, section.markdown) == (title, markdown)


def _refuse_moved(held: SectionDraft | None, seen: str, page: str, by: Any) -> None:
    if held is None or token_of(held) == seen:
        return
    if held.by_id != by.pk:
        raise EditRefused(
            _("Somebody else saved this part while you wrote. Her words are below yours; put them together.")
        )
    # Its own words, kept while the answer was still on its way or got lost: nothing that she has not seen.
    if not page or held.page != page:
        raise EditRefused(
            _("You saved this part in another window while you wrote here. Those words are below; put them together.")
        )


def _take_back(document: Document, *, typing: bool) -> None:
    """A proposal was made of other words. While she types, one that waits is left to the second person instead."""
    held = TextProposal.objects.filter(document=document)
    if not typing:
        held.delete()
    elif any(proposal.waits for proposal in held):
        raise EditRefused(_("This text waits for a second person. Press “Keep as a draft” to change it all the same."))


@transaction.atomic
def propose_text(document: Document, summary: str, *, by: Any, at: datetime) -> TextProposal:
    """Say that the drafts of a document are ready, and in a sentence what they change."""
    access.allow(by, "C", PUBLISHING)
    document = _locked(document)
    if not summary.strip():
        raise EditRefused(_("Say in a sentence what changes: whoever decides and whoever translates is told."))
    if not SectionDraft.objects.filter(document=document).exists():
        raise EditRefused(_("Nothing has changed yet."))
    words = {"summary": summary.strip(), "by": by, "at": at, "remark": ""}
    proposal = TextProposal.objects.update_or_create(document=document, defaults=words)[0]
    record("text proposed", by=by, object_kind="document", object_id=document.pk)
    return proposal


@transaction.atomic
def decide_text(proposal: TextProposal, *, accept: bool, remark: str = "", by: Any, at: datetime) -> TextProposal:
    """Publish what was proposed, or give it back with a remark; by another person than who proposed it.

    Raises EditRefused for one's own proposal, one that does not wait, or a draft over a wording that is gone.
    """
    access.allow(by, "C", PUBLISHING)
    document = _locked(proposal.document)
    proposal = TextProposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if not proposal.waits:
        raise EditRefused(_("This was given back already."))
    if proposal.by_id == by.pk:
        raise EditRefused(_("You proposed this. A second person publishes it."))
    if not accept:
        if not remark.strip():
            raise EditRefused(_("Say in a few words what should be changed."))
        proposal.remark = remark.strip()
        proposal.save(update_fields=["remark"])
        record("text given back", by=by, object_kind="document", object_id=document.pk, about=proposal.by)
        return proposal
    sections = _with_drafts(document)
    PUBLISHERS[document.room](document, sections, summary=proposal.summary, by=by, at=at)
    SectionDraft.objects.filter(document=document).delete()
    proposal.delete()
    return proposal


def _with_drafts(document: Document) -> list[SectionText]:
    drafts = {draft.key: draft for draft in SectionDraft.objects.filter(document=document)}
    sections = []
    for held in Section.objects.filter(version=document.published_id).order_by("place"):
        draft = drafts.pop(held.key, None)
        if draft and draft.base_hash != held.hash:
            raise EditRefused(
                _("The text has changed under a draft. Open the part “%(key)s” and save it again.") % {"key": held.key}
            )
        words = draft or held
        sections.append(SectionText(held.key, words.markdown, held.kind, words.title, held.data))
    if drafts:
        raise EditRefused(_("The part “%(key)s” is no longer in the text.") % {"key": next(iter(drafts))})
    return sections
