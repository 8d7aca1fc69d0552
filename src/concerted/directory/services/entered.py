"""Addresses that somebody enters for another person. What is told of them is the same whether they are known here."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from concerted.directory.access import OWN_PROFILE, STAFF, at_work_in, people_in
from concerted.directory.models import EnteredAddress, Person
from concerted.directory.queries.entered import entries_that_wait, owners_of
from concerted.directory.services.joining import fold
from concerted.kit import access
from concerted.ledger.services import record
from concerted.post.services import notify


class EntryAnswered(Exception):
    """She has answered already, or the entry has changed meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("This was answered in the meantime, or the entry was corrected. Nothing was changed."))


def in_her_reach(email: str, by: Person, *, but: int = 0) -> bool:
    """Whether somebody among those whose entries `by` keeps has this address, or was entered with it. One query.

    Whoever left may be entered anew, by her old agency too: she is asked whether that is she.
    """
    reach = access.reach(by, "C", STAFF)
    kept = people_in(reach).exclude(pk=but)
    if not reach.everywhere:
        kept = kept.filter(pk__in=at_work_in(reach))
    return kept.filter(Q(email__iexact=email) | Q(entered_address__email__iexact=email)).exists()


def keep_entered(person: Person, email: str | None, *, by: Person, at: datetime) -> None:
    """Keep the address entered for her; a job asks its owner, if it has another, so that nobody can time the answer."""
    from concerted.directory.jobs import ask_owners

    if not email:
        EnteredAddress.objects.filter(person=person).delete()
        return
    kept, _made = EnteredAddress.objects.update_or_create(
        person=person, defaults={"email": email, "by": by, "at": at, "answered_at": None}
    )
    ask_owners.enqueue([kept.pk])


def keep_all_entered(entered: Iterable[tuple[Person, str | None]], *, by: Person, at: datetime) -> None:
    """The same for the new people of a list, of whom some have no address."""
    from concerted.directory.jobs import ask_owners

    rows = [EnteredAddress(person=person, email=email, by=by, at=at) for person, email in entered if email]
    if rows:
        EnteredAddress.objects.bulk_create(rows)
        ask_owners.enqueue([row.pk for row in rows])


@transaction.atomic
def ask_owners_of(entered: Collection[int], *, at: datetime) -> None:
    """What the job does: whoever has an account with one of these addresses finds the question in her inbox, once."""
    rows = list(EnteredAddress.objects.filter(pk__in=entered, answered_at=None))
    owners = owners_of(row.email for row in rows)
    for row in rows:
        owner = owners.get(row.email.lower())
        if owner is not None and owner.pk != row.person_id and owner.has_account:
            _ask(owner, row, at)


@transaction.atomic
def ask_about_entries(owner: Person, *, at: datetime) -> None:
    """The same for what waits under the address that she has just shown to be hers."""
    EnteredAddress.objects.filter(person=owner).delete()
    for row in entries_that_wait(owner):
        _ask(owner, row, at)


def _ask(owner: Person, row: EnteredAddress, at: datetime) -> None:
    dedupe = f"entered:{row.pk}:{owner.pk}:{row.at:%s}"
    notify(owner, "entered_elsewhere", link=reverse("directory:entries"), dedupe=dedupe, at=at, mail=True)


@transaction.atomic
def answer_entry(entered: EnteredAddress, *, mine: bool, by: Person, at: datetime) -> None:
    """She says whether an entry under her address is she. If so, what is recorded of it is hers from now on.

    If not, it stays as it was entered, and who entered it hears nothing. Raises EntryAnswered when it waits no more.
    """
    access.allow(by, "U", OWN_PROFILE, by)
    held = entries_that_wait(by).filter(pk=entered.pk).select_for_update(of=("self",)).select_related("person")
    row = held.first()
    if row is None:
        raise EntryAnswered
    verb = "entry taken over" if mine else "entry disowned"
    record(verb, by=by, object_kind="person", object_id=row.person_id, about=by)
    if mine:
        fold(row.person, by, at=at)
    else:
        row.answered_at = at
        row.save(update_fields=["answered_at"])
