from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from concerted.directory.models import Agency, Person, Role, Territory
from concerted.directory.rows import ROLE
from concerted.kit import access
from concerted.ledger.services import record

#: Who may give which roles. Nobody gives what lies above her own.
MAY_GIVE = {
    "manager": {"supervisor"},
    "local_coordinator": {"manager", "supervisor", "trainer"},
    "national_coordinator": {
        "manager",
        "supervisor",
        "trainer",
        "author",
        "translator",
        "local_coordinator",
        "wellbeing_lead",
    },
    "administrator": {
        "manager",
        "supervisor",
        "trainer",
        "author",
        "translator",
        "local_coordinator",
        "national_coordinator",
        "wellbeing_lead",
        "auditor",
        "administrator",
    },
}


class RoleRefused(Exception):
    """The role cannot be given like this; the message says why."""


def scope_object(scope_kind: str, scope_id: int | None) -> Agency | Territory | None:
    """The agency or territory a role is for; None for everywhere."""
    if scope_kind == Role.Scope.AGENCY:
        return Agency.objects.get(pk=scope_id)
    if scope_kind == Role.Scope.TERRITORY:
        return Territory.objects.get(pk=scope_id)
    return None


def _refuse(by: Person, role: Role) -> None:
    if role.person_id == by.pk:
        raise RoleRefused(_("Nobody can give herself a role. Ask a second person."))
    within = scope_object(role.scope_kind, role.scope_id)
    for held in by.held_roles:
        if role.role not in MAY_GIVE.get(held.role, ()):
            continue
        if held.scope_kind == "everywhere":
            return
        if within is not None:
            where = access.TABLE["agency"].where(within) if isinstance(within, Agency) else ROLE.where(within)
            if held.scope_kind == "agency" and held.scope_id in where.agencies:
                return
            if held.scope_kind == "territory" and held.scope_id in where.territories:
                return
    raise RoleRefused(_("You may only give roles below your own, inside your own agency or territory."))


@transaction.atomic
def grant_role(
    person: Person,
    role: str,
    *,
    scope_kind: str,
    scope_id: int | None = None,
    since: date,
    until: date | None = None,
    by: Person | None,
) -> Role:
    """Give a role. Above supervisor it opens nothing until a second person confirms it.

    `by` None is the system (set-up, demonstration): the role counts at once. Raises `RoleRefused`.
    """
    given = Role(
        person=person, role=role, scope_kind=scope_kind, scope_id=scope_id, since=since, until=until, by=by
    )
    if by is None:
        given.confirmed_by = _system_witness(person)
    else:
        access.allow(by, "C", ROLE)
        _refuse(by, given)
        if role == Role.Name.SUPERVISOR:
            given.confirmed_by = by
    given.save()
    record("role given", by=by, object_kind="role", object_id=given.pk, about=person, words={"role": role})
    return given


def _system_witness(person: Person) -> Person:
    """Roles the system gives are confirmed by a person who is nobody: an inactive one without name or address."""
    witness, _made = Person.objects.get_or_create(
        name="Concerted", email=None, is_active=False, defaults={"hidden": True}
    )
    return witness


@transaction.atomic
def confirm_role(role: Role, *, by: Person) -> Role:
    """A second person confirms a role. Raises `RoleRefused` when she gave it, would hold it, or may not give it."""
    access.allow(by, "C", ROLE)
    if role.by_id == by.pk:
        raise RoleRefused(_("You gave this role. A second person confirms it."))
    _refuse(by, role)
    role.confirmed_by = by
    role.save(update_fields=["confirmed_by"])
    record("role confirmed", by=by, object_kind="role", object_id=role.pk, about=role.person)
    return role


@transaction.atomic
def end_role(role: Role, *, on: date, by: Person) -> Role:
    """End a role; it bites in her next request."""
    access.allow(by, "C", ROLE)
    if role.person_id != by.pk:
        _refuse(by, role)
    role.until = on
    role.save(update_fields=["until"])
    record("role ended", by=by, object_kind="role", object_id=role.pk, about=role.person)
    return role
