from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.directory import rules
from concerted.directory.access import ROLES
from concerted.directory.models import Group, Person, Role
from concerted.directory.queries.seconds import roles_in_force
from concerted.directory.rules import Scope
from concerted.directory.services.alone import begin_waiting
from concerted.directory.services.scopes import RoleRefused, scope_of
from concerted.kit import access
from concerted.kit.access import HeldRole
from concerted.ledger.services import record


def _givers(by: Person, role: str, scope: Scope) -> list[HeldRole]:
    """The roles by which `by` may give this one for this scope."""
    return [held for held in by.held_roles if rules.may_give(held.role, held.scope_kind, held.scope_id, role, scope)]


def may_give_again(role: Role, *, by: Person) -> bool:
    """Whether `by` could give this role herself; never where its agency, territory or group is gone."""
    try:
        return bool(_givers(by, role.role, scope_of(role.scope_kind, role.scope_id)))
    except RoleRefused:
        return False


def roles_to_give(by: Person) -> set[str]:
    """Every role `by` may give to somebody, somewhere."""
    return {role for held in by.held_roles for role in rules.GIVES.get(held.role, ())}


def _refuse_double(person: Person, role: str, scope: Scope, on: date) -> None:
    same = Role.objects.filter(person=person, role=role, scope_kind=scope.kind, scope_id=scope.id)
    if same.filter(until=None).exists() or same.filter(until__gt=on).exists():
        raise RoleRefused(_("She already has this role, or it waits for a second person. Look under Roles."))


def _refuse_closed(scope: Scope) -> None:
    """A closed group takes no role. Held until we are through, so that nobody closes it meanwhile."""
    if scope.kind == "group" and Group.objects.select_for_update().get(pk=scope.id or 0).closed_on:
        raise RoleRefused(_("This group is closed. Choose another."))


@transaction.atomic
def grant_role(
    person: Person,
    role: str,
    scope_kind: str = "everywhere",
    scope_id: int | None = None,
    *,
    since: date | None = None,
    until: date | None = None,
    by: Person | None,
    at: datetime,
) -> Role:
    """Give a role. A manager's invitation to her own agency holds at once; every other waits for a second person.

    Where nobody else could be that person it takes effect a day later, announced, unless somebody withdraws it.
    Nobody gives herself a role, and nobody gives what lies outside what she holds (Http404). What the system gives
    (`by` None: the first start, a demonstration) holds at once.
    """
    if role not in rules.SCOPES_OF or scope_kind not in rules.SCOPES_OF[role]:
        raise RoleRefused(_("This role cannot be held there. Choose another place."))
    scope = scope_of(scope_kind, scope_id)
    givers: list[HeldRole] = []
    if by is not None:
        if by.pk == person.pk:
            raise RoleRefused(_("Nobody can give herself a role. Ask a colleague who may."))
        givers = _givers(by, role, scope)
        if not givers:
            raise Http404
    _refuse_closed(scope)
    on = since or timezone.localdate(at)
    if until is not None and until <= on:
        raise RoleRefused(_("A role must end after it starts. Write a later last day."))
    _refuse_double(person, role, scope, on)
    alone = any(held.role in rules.ALONE for held in givers)
    given = Role.objects.create(
        person=person,
        role=role,
        scope_kind=scope.kind,
        scope_id=scope.id,
        since=on,
        until=until,
        by=by,
        confirmed_by=by if alone else None,
    )
    record("role given", by=by, object_kind="role", object_id=given.pk, about=person, words={"role": role})
    if by is not None and not alone:
        begin_waiting(given, scope, at=at)
    _forget(person)
    return given


@transaction.atomic
def confirm_role(role: Role, *, by: Person, at: datetime) -> Role:
    """Let a role open its doors, as the second person: neither who gave it nor who gets it, and one who may give it."""
    role = Role.objects.select_for_update(of=("self",)).select_related("person").get(pk=role.pk)
    if not _givers(by, role.role, scope_of(role.scope_kind, role.scope_id)):
        raise Http404
    if role.confirmed_by_id or role.by_id is None:
        raise RoleRefused(_("This role is already confirmed."))
    if by.pk == role.by_id:
        raise RoleRefused(_("You gave this role. A second person confirms it."))
    if by.pk == role.person_id:
        raise RoleRefused(_("Nobody can confirm her own role."))
    if role.until and role.until <= timezone.localdate(at):
        raise RoleRefused(_("This role has already ended."))
    role.confirmed_by = by
    role.save(update_fields=["confirmed_by"])
    record("role confirmed", by=by, object_kind="role", object_id=role.pk, about=role.person)
    _forget(role.person)
    return role


@transaction.atomic
def end_role(role: Role, *, by: Person | None, at: datetime) -> Role:
    """End a role from today on, or withdraw it while it waits. Who may give it may, and everybody lays down her own."""
    role = Role.objects.select_for_update(of=("self",)).select_related("person").get(pk=role.pk)
    if (
        by is not None
        and by.pk != role.person_id
        and not _givers(by, role.role, scope_of(role.scope_kind, role.scope_id))
    ):
        raise Http404
    today = timezone.localdate(at)
    if role.until and role.until <= today:
        raise RoleRefused(_("This role has already ended."))
    if role.role == "administrator" and _is_last(role, today):
        raise RoleRefused(_("She is the last administrator. Give the role to somebody else first."))
    role.until = today
    role.save(update_fields=["until"])
    verb = "role withdrawn" if role.by_id and not role.confirmed_by_id else "role ended"
    record(verb, by=by, object_kind="role", object_id=role.pk, about=role.person)
    _forget(role.person)
    return role


def _is_last(role: Role, on: date) -> bool:
    return not roles_in_force(on).filter(role=role.role, until=None).exclude(person=role.person_id).exists()


def _forget(person: Any) -> None:
    """Her roles are kept for a request; what changed must bite at once."""
    person.__dict__.pop("held_roles", None)


def may_open_roles(by: Person) -> bool:
    """Whether `by` may see the page of roles at all."""
    return access.may(by, "R", ROLES)


__all__ = ["RoleRefused", "confirm_role", "end_role", "grant_role", "may_open_roles", "roles_to_give", "scope_of"]
