"""A weighty act where nobody else could confirm it: it waits a day, is announced, and can be withdrawn meanwhile."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from concerted.directory import rules
from concerted.directory.models import Person, Role
from concerted.directory.queries.seconds import another_holder_exists, roles_in_force, roles_that_wait
from concerted.directory.rules import Scope
from concerted.directory.services.scopes import RoleRefused, scope_of
from concerted.ledger.services import record
from concerted.post.services import notify

#: Who hears of an act that takes effect without a second person.
TOLD = ("manager", "local_coordinator", "national_coordinator")


def announce(
    kind: str, *, facts: Mapping[str, Any], link: str, dedupe: str, besides: Iterable[int], at: datetime
) -> int:
    """Tell every manager and coordinator once, but those (ids) who acted. Returns how many are told now."""
    holders = roles_in_force(timezone.localdate(at)).filter(role__in=TOLD).order_by().values("person")
    told = Person.objects.filter(pk__in=holders, is_active=True, erased_at=None).exclude(pk__in=list(besides))
    notices = [
        notify(person, kind, facts=dict(facts), link=link, dedupe=f"{dedupe}:{person.pk}", at=at, mail=True)
        for person in told.order_by("pk")
    ]
    return sum(notice is not None for notice in notices)


def announce_alone(kind: str, waiting: Any, *, link: str, at: datetime) -> int:
    """Announce a row that takes effect by itself at its `alone_at`, to everybody but who began it (`by_id`)."""
    when = timezone.localtime(waiting.alone_at)
    return announce(
        kind,
        facts={"day": when.date().isoformat(), "time": f"{when:%H:%M}"},
        link=link,
        dedupe=f"{kind}:{waiting.pk}:{waiting.alone_at.isoformat()}",
        besides=[waiting.by_id] if waiting.by_id else [],
        at=at,
    )


def begin_waiting(role: Role, scope: Scope, *, at: datetime) -> bool:
    """Say when a role that waits takes effect by itself, if nobody else could confirm it; whether it now does."""
    from concerted.directory.jobs import announce_role

    involved = [pk for pk in (role.by_id, role.person_id) if pk]
    if role.role in rules.NEVER_ALONE or another_holder_exists(
        rules.confirmers_of(role.role), scope, besides=involved, on=timezone.localdate(at)
    ):
        return False
    role.alone_at = rules.may_act_alone_from(at)
    role.save(update_fields=["alone_at"])
    record("role waits alone", by=role.by, object_kind="role", object_id=role.pk, about=role.person)
    announce_role.enqueue(role.pk)
    return True


def announce_waiting_role(role_id: int, *, at: datetime) -> None:
    """What the job does: tell of a role that will take effect, if it still will."""
    role = roles_that_wait(timezone.localdate(at)).filter(pk=role_id, alone_at__isnull=False).first()
    if role is not None:
        announce_alone("role_alone", role, link=reverse("directory:roles"), at=at)


def look_at_waiting_roles(*, at: datetime) -> int:
    """Put in force every role whose day of waiting is over; returns how many.

    It also starts that day for roles whose last possible second person has gone since they were given. Who becomes a
    possible second person meanwhile may confirm at once or withdraw; the hour that was announced stays.
    """
    done = 0
    for waiting in list(roles_that_wait(timezone.localdate(at))):
        with transaction.atomic():
            done += _look_at(waiting.pk, at)
    return done


def _look_at(role_id: int, at: datetime) -> bool:
    waiting = roles_that_wait(timezone.localdate(at)).select_related("person", "by")
    role = waiting.select_for_update(of=("self",)).filter(pk=role_id).first()
    if role is None or role.by is None or (role.alone_at and role.alone_at > at):
        return False
    try:
        scope = scope_of(role.scope_kind, role.scope_id)
    except RoleRefused:
        return False  # its agency or territory is gone
    if not any(rules.may_give(h.role, h.scope_kind, h.scope_id, role.role, scope) for h in role.by.held_roles):
        # Who gave it could not give it any more: nothing takes effect on her word alone.
        Role.objects.filter(pk=role.pk).update(alone_at=None)
        return False
    if role.alone_at is None:
        begin_waiting(role, scope, at=at)
        return False
    role.confirmed_by = role.by
    role.save(update_fields=["confirmed_by"])
    record("role in force alone", by=None, object_kind="role", object_id=role.pk, about=role.person)
    return True
