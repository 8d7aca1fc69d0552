"""Two entries of one person become one: everything kept about the entry that goes is the other's from then on."""

from datetime import datetime

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.directory import hooks, joined
from concerted.directory.access import JOINING
from concerted.directory.models import EnteredAddress, Membership, Person, Position, Role
from concerted.directory.queries.entered import address_shown
from concerted.directory.services.positions import all_overlapping
from concerted.directory.services.roles import may_give_again
from concerted.kit import access
from concerted.ledger.services import record
from concerted.post.services import notify


class JoiningRefused(Exception):
    """These two cannot become one entry so; the message says why and what to do."""


def refusal_of(one: Person, other: Person, *, by: Person) -> str | None:
    """Why `by` cannot join these two, whichever of them remains, and what to do; None when she can."""
    if one.pk == other.pk:
        return _("This is one entry, not two. Choose another one to join it with.")
    if by.pk in (one.pk, other.pk):
        return _("This is about yourself. Another coordinator decides.")
    if one.has_account and other.has_account:
        return _(
            "Both can sign in, each with an address of its own, so nobody else can say that they are one. Ask her which"
            " of the two she uses, and end the posts of the other."
        )
    held = Role.objects.filter(Q(until=None) | Q(until__gt=timezone.localdate()), person__in=(one, other))
    if not all(may_give_again(role, by=by) for role in held):
        return _("One of the two holds a role that you cannot give. Ask somebody who can to join them.")
    return None


@transaction.atomic
def join_entries(gone: Person, kept: Person, *, reason: str, by: Person, at: datetime) -> Person:
    """Join the entry `gone` to `kept`, and tell her, if she has an account. Returns the entry that remains.

    Raises JoiningRefused for what `refusal_of` says, without a reason, for an entry that signs in and is to go, and
    when one of the two is gone already; Http404 for entries outside her reach.
    """
    for person in (gone, kept):
        access.allow(by, "U", JOINING, person)
    # Locked in order of id and read again: somebody may join them the other way round, or she may sign in meanwhile.
    locked = {
        row.pk: row for row in Person.objects.select_for_update().filter(pk__in=(gone.pk, kept.pk)).order_by("pk")
    }
    gone, kept = locked[gone.pk], locked[kept.pk]
    reason = " ".join(reason.split())
    if gone.erased_at or kept.erased_at:
        raise JoiningRefused(_("One of these entries was joined in the meantime. Nothing was changed."))
    refusal = refusal_of(gone, kept, by=by)
    if refusal:
        raise JoiningRefused(refusal)
    if not reason:
        raise JoiningRefused(_("Say how you know that both are one person: whoever looks into it later reads it."))
    if gone.has_account:
        raise JoiningRefused(_("She signs in with this entry. Let it remain, and join the other to it."))
    words = {"reason": reason, "name": gone.name}
    record("entries joined", by=by, object_kind="person", object_id=gone.pk, about=kept, words=words)
    fold(gone, kept, at=at)
    if kept.has_account:
        link, dedupe = reverse("directory:person", args=[kept.public]), f"joined:{gone.pk}"
        notify(kept, "entries_joined", link=link, dedupe=dedupe, at=at)
    return kept


def fold(entry: Person, person: Person, *, at: datetime) -> None:
    """Make everything kept about the entry the person's, as `directory.joined` says, and leave an empty row behind.

    The caller holds the transaction and has decided that both are one.
    """
    # All of both, in the order in which whoever writes evidence locks them, so that two writers never cross.
    both = list(Position.objects.select_for_update().filter(person__in=(entry, person)).order_by("pk"))
    for position in sorted((one for one in both if one.person_id == entry.pk), key=lambda one: one.since):
        _hand_over(position, person)
    _hand_over_groups(entry, person, at)
    # Who gives a role knows whom she gives it to: it is given anew, not handed on.
    today = timezone.localdate(at)
    for role in Role.objects.filter(Q(until=None) | Q(until__gt=today), person=entry):
        record("role ended", by=None, object_kind="role", object_id=role.pk, about=person)
        Role.objects.filter(pk=role.pk).update(until=today)
    hooks.tell_people_joined(entry, person, at)
    for rule in joined.RULES:
        if rule.how is joined.How.MOVES:
            _move(rule.column, entry, person)
    _leave_empty(entry, person, at)
    hooks.tell_positions_changed(Position.objects.filter(person=person).order_by("pk").values_list("pk", flat=True))
    for remembered in ("works_at", "member_of", "held_roles"):
        person.__dict__.pop(remembered, None)


def _hand_over(position: Position, person: Person) -> None:
    """Give her the position. Where she holds it already on some of its days, hers takes in its days, and it goes."""
    same = list(all_overlapping(person, position))
    if not same:
        position.person = person
        position.save(update_fields=["person"])
        return
    first, double = same[0], [*same[1:], position]
    ends = [one.until for one in (*same, position)]
    first.since = min(first.since, position.since)
    first.until = None if None in ends else max(day for day in ends if day)
    ids = [one.pk for one in double]
    hooks.tell_positions_leaving(ids)
    for leaving in ids:
        record("position joined", by=None, object_kind="position", object_id=leaving, about=person)
    Position.objects.filter(pk__in=ids).delete()
    first.save(update_fields=["since", "until"])


def _hand_over_groups(entry: Person, person: Person, at: datetime) -> None:
    today = timezone.localdate(at)
    there = Membership.held_on(today).filter(person=person).order_by().values("group")
    Membership.held_on(today).filter(person=entry, group__in=there).update(until=today)
    Membership.objects.filter(person=entry).exclude(group__in=there).update(person=person)


def _move(column: str, entry: Person, person: Person) -> None:
    """Point each row of this column to her; one that she has already stays where it is."""
    app, model, field = column.split(".")
    rows = apps.get_model(app, model)._base_manager
    for pk in list(rows.filter(**{field: entry}).order_by("pk").values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                rows.filter(pk=pk).update(**{field: person})
        except IntegrityError:
            continue


def _leave_empty(entry: Person, person: Person, at: datetime) -> None:
    """The address stays with her if she has none yet; if she has, nobody is written to under the other any more."""
    shown, hers = address_shown(entry), entry.email is not None
    needed = address_shown(person) is None
    email = entry.email
    Person.objects.filter(joined_to=entry).update(joined_to=person)
    Person.objects.filter(pk=entry.pk).update(
        name="", email=None, language="", is_active=False, erased_at=at, joined_to=person
    )
    if needed:
        Person.objects.filter(pk=person.pk).update(email=email)
        person.email = email
        EnteredAddress.objects.filter(person=entry).update(person=person)
        hooks.tell_address_changed(entry, None, hers)
    else:
        EnteredAddress.objects.filter(person=entry).delete()
        hooks.tell_address_changed(entry, shown, hers)
