from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.directory.access import GROUP, MEMBER, people_to_add
from concerted.directory.models import Group, Membership, Person, Role, Territory
from concerted.kit import access
from concerted.ledger.services import record
from concerted.post.services import notify


class GroupRefused(Exception):
    """The group cannot be made, joined, left or closed so; the message says why and what to do."""


@transaction.atomic
def make_group(name: str, kind: str, territory: Territory, *, by: Person | None, at: datetime) -> Group:
    """Make an open group that belongs to a territory. It has no members yet, and opens nothing to anybody."""
    group = Group(name=name, kind=kind, territory=territory)
    if by is not None:
        access.allow(by, "C", GROUP, group)
    group.name = _name(name, territory)
    group.save()
    record("group made", by=by, object_kind="group", object_id=group.pk)
    return group


def _name(name: str, territory: Territory, *, but: int = 0) -> str:
    """The name as it is stored. Raises GroupRefused for none, and for that of another group of the territory."""
    name = " ".join(name.split())[:120]
    if not name:
        raise GroupRefused(_("Give the group a name."))
    # Two who enter the same name at once: the second waits here and is told.
    Territory.objects.select_for_update().get(pk=territory.pk)
    if Group.objects.filter(territory=territory, name__iexact=name).exclude(pk=but).exists():
        raise GroupRefused(_("A group with this name already belongs to this territory. Choose another name."))
    return name


@transaction.atomic
def rename_group(group: Group, name: str, *, by: Person | None, at: datetime) -> Group:
    """Give an open group another name; what it was called before stays with the line in the ledger."""
    if by is not None:
        access.allow(by, "U", GROUP, group)
    group = _held(group)
    before, group.name = group.name, _name(name, group.territory, but=group.pk)
    if group.name != before:
        group.save(update_fields=["name"])
        record("group renamed", by=by, object_kind="group", object_id=group.pk, words={"before": before})
    return group


def _held(group: Group) -> Group:
    """The group as it is stored, held until we are through, so that nobody closes it meanwhile."""
    group = Group.objects.select_for_update().get(pk=group.pk)
    if group.closed_on is not None:
        raise GroupRefused(_("This group is closed."))
    return group


@transaction.atomic
def add_member(group: Group, person: Person, *, by: Person | None, at: datetime) -> Membership:
    """Add a person to a group from today on. She hears of it, and can leave by herself.

    Http404 for a person who works outside what `by` makes groups for.
    """
    if by is not None:
        access.allow(by, "C", MEMBER, Membership(group=group, person=person))
        if not people_to_add(by).filter(pk=person.pk).exists():
            raise Http404
    group, today = _held(group), timezone.localdate(at)
    if _memberships(group, today).filter(person=person).exists():
        raise GroupRefused(_("She is in this group already."))
    membership = Membership.objects.create(group=group, person=person, since=today, by=by)
    record("member added", by=by, object_kind="membership", object_id=membership.pk, about=person)
    if by is None or by.pk != person.pk:
        link = reverse("directory:group", args=[group.public])
        notify(person, "group_joined", link=link, dedupe=f"group_joined:{membership.pk}", at=at, mail=True)
    _forget(person)
    return membership


def _memberships(group: Group, on: date) -> QuerySet[Membership]:
    """Those that did not end by that day."""
    return Membership.objects.filter(Q(until=None) | Q(until__gt=on), group=group)


@transaction.atomic
def end_membership(membership: Membership, *, by: Person | None, at: datetime) -> Membership:
    """End a membership from today on: she leaves, or who keeps the group takes her out of it."""
    membership = (
        Membership.objects.select_for_update(of=("self",)).select_related("group", "person").get(pk=membership.pk)
    )
    if by is not None:
        access.allow(by, "U", MEMBER, membership)
    today = timezone.localdate(at)
    if membership.until is not None and membership.until <= today:
        raise GroupRefused(_("This membership has already ended."))
    membership.until = today
    membership.save(update_fields=["until"])
    record("membership ended", by=by, object_kind="membership", object_id=membership.pk, about=membership.person)
    _forget(membership.person)
    if by is not None:
        _forget(by)  # who leaves by herself is the same person, read twice
    return membership


@transaction.atomic
def close_group(group: Group, *, by: Person | None, at: datetime) -> Group:
    """Close a group from today on: its memberships and the roles given for it end with it, waiting ones too."""
    if by is not None:
        access.allow(by, "U", GROUP, group)
    group, today = _held(group), timezone.localdate(at)
    group.closed_on = today
    group.save(update_fields=["closed_on"])
    record("group closed", by=by, object_kind="group", object_id=group.pk)
    for membership in _memberships(group, today).select_related("person"):
        membership.until = today
        membership.save(update_fields=["until"])
        record("membership ended", by=by, object_kind="membership", object_id=membership.pk, about=membership.person)
    held = Role.objects.filter(Q(until=None) | Q(until__gt=today), scope_kind="group", scope_id=group.pk)
    for role in held.select_related("person"):
        role.until = today
        role.save(update_fields=["until"])
        record("role ended", by=by, object_kind="role", object_id=role.pk, about=role.person)
    return group


@transaction.atomic
def reopen_group(group: Group, *, by: Person | None, at: datetime) -> Group:
    """Open a closed group again. Memberships and roles that ended with it stay ended."""
    if by is not None:
        access.allow(by, "U", GROUP, group)
    group = Group.objects.select_for_update().get(pk=group.pk)
    if group.closed_on is None:
        raise GroupRefused(_("This group is open."))
    group.closed_on = None
    group.save(update_fields=["closed_on"])
    record("group reopened", by=by, object_kind="group", object_id=group.pk)
    return group


def _forget(person: Person) -> None:
    """Her groups are kept for a request; what changed must bite at once."""
    person.__dict__.pop("member_of", None)
