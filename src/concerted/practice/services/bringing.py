"""Questions brought from a file: looked at by who brought them, published into a bank by a second person."""

import re
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from concerted.kit import access
from concerted.ledger.services import record
from concerted.practice.access import BANK_PROPOSAL
from concerted.practice.models import Bank, BankProposal
from concerted.practice.services.extending import Brought, begin_bank, extend_bank

_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CODE_MOST = 60


class BringingRefused(Exception):
    """The questions cannot be proposed or published like this; the message says why and what to do."""


def check_code(code: str) -> None:
    """Raises BringingRefused for what can name no bank."""
    if not _CODE.fullmatch(code) or len(code) > _CODE_MOST:
        raise BringingRefused(_("Write the code in small letters, digits and hyphens, at most 60."))


@transaction.atomic
def bring_questions(
    code: str,
    questions: Sequence[Brought],
    *,
    language: str,
    title: str,
    told: dict[str, Any],
    digest: str,
    by: Any,
    at: datetime,
) -> BankProposal:
    """Keep the questions of a file for a bank, for who brought them alone; by a command they wait at once.

    The same file again is the one that is kept. `told`: what the room that read it has to say; `digest`: of the file.
    """
    if by is not None:
        access.allow(by, "C", BANK_PROPOSAL)
    check_code(code)
    bank = Bank.objects.select_related("document").filter(code=code).first()
    facts = {
        "bank": code,
        "language": language,
        "title": title,
        "questions": [asdict(question) | {"sections": [asdict(one) for one in parts]} for question, parts in questions],
        "told": told,
        "base": (bank.document.published_id or 0) if bank else 0,
        "at": at,
        "asked_at": at if by is None else None,
    }
    kept, made = BankProposal.objects.get_or_create(by=by, digest=digest, defaults=facts)
    if made and by is None:
        record("questions proposed", by=None, object_kind="bank proposal", object_id=kept.pk)
    return kept


@transaction.atomic
def ask_for_questions(
    proposal: BankProposal, *, title: str = "", summary: str = "", by: Any, at: datetime
) -> BankProposal:
    """Ask a second person to publish them. A new bank needs a title and what it is about.

    Raises BringingRefused for another's, for what waits already, and for what is missing.
    """
    access.allow(by, "C", BANK_PROPOSAL)
    proposal = _locked(proposal)
    if proposal.by_id != by.pk:
        raise BringingRefused(_("Somebody else brought this. She asks for it to be published."))
    if proposal.waits:
        raise BringingRefused(_("It already waits for a second person."))
    _refuse_moved(proposal)
    if not proposal.base:
        if not title.strip() or not summary.strip():
            raise BringingRefused(_("Give the new bank a title, and say in a sentence what it is about."))
        proposal.title, proposal.summary = title.strip(), summary.strip()
    proposal.asked_at, proposal.remark = at, ""
    proposal.save()
    record("questions proposed", by=by, object_kind="bank proposal", object_id=proposal.pk)
    return proposal


@transaction.atomic
def decide_questions(proposal: BankProposal, *, accept: bool, remark: str = "", by: Any, at: datetime) -> Bank | None:
    """Publish questions that wait, or give them back with a remark (None then); by another person than their bringer.

    Whoever is under way stays on the questions she began. Raises BringingRefused for one's own, for what does not wait,
    and where the bank moved on meanwhile.
    """
    access.allow(by, "C", BANK_PROPOSAL)
    proposal = _locked(proposal)
    if not proposal.waits:
        raise BringingRefused(_("This does not wait any more: it was given back."))
    if proposal.by_id == by.pk:
        raise BringingRefused(_("You proposed this. A second person publishes it."))
    if not accept:
        if not remark.strip():
            raise BringingRefused(_("Say in a few words what should be changed."))
        proposal.remark = remark.strip()
        proposal.save(update_fields=["remark"])
        record("questions given back", by=by, object_kind="bank proposal", object_id=proposal.pk, about=proposal.by)
        return None
    bank = _refuse_moved(proposal)
    published = extend_bank(bank, proposal, by=by, at=at) if bank else begin_bank(proposal, by=by, at=at)
    proposal.delete()
    return published


@transaction.atomic
def drop_questions(proposal: BankProposal, *, by: Any) -> None:
    """Throw away what one brought oneself, or what a command brought. Raises BringingRefused for another's."""
    access.allow(by, "C", BANK_PROPOSAL)
    proposal = _locked(proposal)
    if proposal.by_id is not None and proposal.by_id != by.pk:
        raise BringingRefused(_("Somebody else brought this. Give it back to her instead."))
    record("questions dropped", by=by, object_kind="bank proposal", object_id=proposal.pk)
    proposal.delete()


def _locked(proposal: BankProposal) -> BankProposal:
    """Two people who decide at once do so one after the other."""
    held = BankProposal.objects.select_for_update(of=("self",)).filter(pk=proposal.pk).first()
    if held is None:
        raise BringingRefused(_("This is no longer here: it was published or thrown away."))
    return held


def _refuse_moved(proposal: BankProposal) -> Bank | None:
    """The bank as it was when the file was held against it; None where there was none, and is none."""
    bank = Bank.objects.select_for_update(of=("self",)).select_related("document").filter(code=proposal.bank).first()
    if proposal.base != ((bank.document.published_id or 0) if bank else 0):
        raise BringingRefused(_("The bank changed since this file was read. Bring the file again."))
    return bank
