import re
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from concerted.capacity.models import Credential
from concerted.kit import access
from concerted.ledger.services import record
from concerted.text.rules import SectionText
from concerted.training.access import MODULE_PROPOSAL
from concerted.training.models import ModuleProposal
from concerted.training.rules import ModuleText, UnitText
from concerted.training.services.publishing import Published, publish_module

_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CODE_MOST = 40
#: Behind every module that a pack gave a place.
_AT_THE_END = 99


class ProposalRefused(Exception):
    """The module cannot be proposed or published like this; the message says why and what to do."""


@transaction.atomic
def bring_module(
    units: Sequence[UnitText],
    *,
    title: str,
    summary: str,
    language: str,
    told: dict[str, Any],
    digest: str,
    by: Any,
    at: datetime,
) -> ModuleProposal:
    """Keep what a document holds, for its author alone to look at; the same document again is the one that is kept.

    `told`: what the room that read it has to say of it, in codes; `digest`: of the file.
    """
    access.allow(by, "C", MODULE_PROPOSAL)
    facts = {
        "title": title,
        "summary": summary,
        "language": language,
        "units": [asdict(unit) for unit in units],
        "told": told,
        "at": at,
    }
    return ModuleProposal.objects.get_or_create(by=by, digest=digest, defaults=facts)[0]


@transaction.atomic
def ask_for_module(
    proposal: ModuleProposal, *, code: str, summary: str, aims: Sequence[str], by: Any, at: datetime
) -> ModuleProposal:
    """Ask a second person to publish a module, under this code. Asked again it says what was changed since.

    Raises ProposalRefused for another's module, one that waits already, and what is missing.
    """
    access.allow(by, "C", MODULE_PROPOSAL)
    proposal = _locked(proposal)
    if proposal.by_id != by.pk:
        raise ProposalRefused(_("Somebody else brought this. She asks for it to be published."))
    if proposal.waits:
        raise ProposalRefused(_("It already waits for a second person."))
    if not _CODE.fullmatch(code) or len(code) > _CODE_MOST:
        raise ProposalRefused(_("Write the code in small letters, digits and hyphens, at most 40."))
    _refuse_taken(code)
    said = [aim.strip() for aim in aims if aim.strip()]
    if not summary.strip() or not said:
        raise ProposalRefused(_("Say in a sentence what it is about, and name one aim or more."))
    proposal.code, proposal.summary, proposal.aims = code, summary.strip(), said
    proposal.asked_at, proposal.remark = at, ""
    proposal.save()
    record("module proposed", by=by, object_kind="module proposal", object_id=proposal.pk)
    return proposal


@transaction.atomic
def decide_module(
    proposal: ModuleProposal, *, accept: bool, remark: str = "", by: Any, at: datetime
) -> Published | None:
    """Publish a module that waits, or give it back with a remark (None then); by another person than who brought it.

    Raises ProposalRefused for one's own, one that does not wait, and a code that was taken meanwhile.
    """
    access.allow(by, "C", MODULE_PROPOSAL)
    proposal = _locked(proposal)
    if not proposal.waits:
        raise ProposalRefused(_("This does not wait any more: it was given back."))
    if proposal.by_id == by.pk:
        raise ProposalRefused(_("You proposed this. A second person publishes it."))
    if not accept:
        if not remark.strip():
            raise ProposalRefused(_("Say in a few words what should be changed."))
        proposal.remark = remark.strip()
        proposal.save(update_fields=["remark"])
        record("module given back", by=by, object_kind="module proposal", object_id=proposal.pk, about=proposal.by)
        return None
    _refuse_taken(proposal.code)
    published = publish_module(module_text(proposal), language=proposal.language, by=by, at=at)
    proposal.delete()
    return published


@transaction.atomic
def drop_module(proposal: ModuleProposal, *, by: Any) -> None:
    """Throw away what one brought oneself. Raises ProposalRefused for another's."""
    access.allow(by, "C", MODULE_PROPOSAL)
    proposal = _locked(proposal)
    if proposal.by_id != by.pk:
        raise ProposalRefused(_("Somebody else brought this. Give it back to her instead."))
    proposal.delete()


def module_text(proposal: ModuleProposal) -> ModuleText:
    """The module of a proposal, as it would be published."""
    head = [
        SectionText("title", proposal.title, "title"),
        SectionText("summary", proposal.summary, "summary"),
        *(SectionText(f"aim-{number}", aim, "aim") for number, aim in enumerate(proposal.aims, start=1)),
    ]
    units = [
        UnitText(
            f"{proposal.code}.{number}",
            unit["minutes"],
            tuple(SectionText(**section) for section in unit["sections"]),
        )
        for number, unit in enumerate(proposal.units, start=1)
    ]
    return ModuleText(proposal.code, tuple(head), tuple(units), place=_AT_THE_END)


def _locked(proposal: ModuleProposal) -> ModuleProposal:
    """Two people who decide at once do so one after the other."""
    held = ModuleProposal.objects.select_for_update().filter(pk=proposal.pk).first()
    if held is None:
        raise ProposalRefused(_("This is no longer here: it was published or thrown away."))
    return held


def _refuse_taken(code: str) -> None:
    """Never over another module, programme or kind of training: whoever holds that would seem to have taken this."""
    if Credential.objects.filter(code=code).exists():
        raise ProposalRefused(_("The code %(code)s is already used. Choose another.") % {"code": code})
