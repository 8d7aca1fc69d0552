"""Working on a case study, alone or in a group: who sits in it, and when the next documents come out."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from concerted.directory.models import Group, Sector
from concerted.practice.models import Case, CaseAnswer, CaseGroup, CaseMember
from concerted.practice.rules import still_asked
from concerted.practice.services.cases import shape_of


class CaseRefused(Exception):
    """This cannot be done in the group; the message says why and what to do. Nothing was changed."""


@transaction.atomic
def begin_case_alone(case: Case, sector: Sector | None, *, by: Any, at: datetime) -> tuple[CaseGroup, bool]:
    """Her open way through a case study by herself, or a new one; and whether it is new."""
    if case.published is None:
        raise CaseRefused(_("This case study is not published yet."))
    mine = CaseGroup.objects.filter(case=case, alone=by, finished_at=None)
    held = mine.first()
    if held is not None:
        return held, False
    try:
        with transaction.atomic():
            group = CaseGroup.objects.create(case=case, version=case.published, alone=by, opened_at=at)
    except IntegrityError:
        # A second tab opened it in the same moment.
        return mine.get(), False
    CaseMember.objects.create(group=group, person=by, sector=sector, joined_at=at)
    return group, True


@transaction.atomic
def open_case_group(
    case: Case,
    name: str,
    people: Iterable[tuple[Any, Sector | None]],
    *,
    group: Group | None = None,
    by: Any,
    at: datetime,
) -> CaseGroup:
    """A new group that `by` leads, with these people, each with the sector she answers for."""
    if case.published is None:
        raise CaseRefused(_("This case study is not published yet."))
    name = " ".join(name.split())[:120]
    if not name:
        raise CaseRefused(_("Give the group a name."))
    opened = CaseGroup.objects.create(
        case=case, version=case.published, name=name, leader=by, group=group, opened_at=at
    )
    CaseMember.objects.bulk_create(
        CaseMember(group=opened, person=person, sector=sector, joined_at=at) for person, sector in people
    )
    return opened


def lock_case_group(group_id: int) -> CaseGroup:
    """A group as it is now, held until the caller's transaction ends: two people at once take turns."""
    return CaseGroup.objects.select_for_update(of=("self",)).select_related("version").get(pk=group_id)


def add_case_member(group: CaseGroup, person: Any, sector: Sector | None, *, at: datetime) -> CaseMember:
    """Add somebody to a group that `lock_case_group` gave. Who is in it already is not added again."""
    refuse_finished(group)
    if group.leader_id == person.pk:
        raise CaseRefused(_("You lead this group; you answer nothing in it."))
    member, _made = CaseMember.objects.get_or_create(
        group=group, person=person, defaults={"sector": sector, "joined_at": at}
    )
    return member


def take_case_seat(group: CaseGroup, person: Any, sector: Sector | None) -> CaseMember:
    """Let a member answer for another sector from now on. What was written stays with the sector it was written for."""
    refuse_finished(group)
    member = CaseMember.objects.filter(group=group, person=person).first()
    if member is None:
        raise CaseRefused(_("She is not in this group."))
    member.sector = sector
    member.save(update_fields=["sector"])
    return member


def leave_case_group(group: CaseGroup, person: Any, *, at: datetime) -> bool:
    """Take a member out of a group that `lock_case_group` gave; whether she was in it. What she wrote stays with its
    sector; where the others wait for nobody else, the next documents come out.
    """
    gone, _models = CaseMember.objects.filter(group=group, person=person).delete()
    others = CaseMember.objects.filter(group=group).exists()
    if gone and others and group.finished_at is None and not case_waits_for(group):
        go_on(group, at)
    return bool(gone)


def refuse_finished(group: CaseGroup) -> None:
    """Raise `CaseRefused` where nothing can be changed any more."""
    if group.finished_at is not None:
        raise CaseRefused(_("This case study is finished. What was handed in stays to be read."))


def case_waits_for(group: CaseGroup) -> tuple[str, ...]:
    """Whose answers the present step waits for: codes of sectors at the table, and SHARED. Two queries."""
    step = shape_of(group.version_id).steps[group.step - 1]
    sectors = set(CaseMember.objects.filter(group=group).values_list("sector__code", flat=True))
    handed = set(CaseAnswer.objects.filter(group=group, handed_in_at__isnull=False).values_list("question", flat=True))
    return still_asked(step, sectors - {None}, handed)


def release_case_step(group: CaseGroup, step: int, *, at: datetime) -> bool:
    """Bring out what follows step `step`, whoever still owes an answer; whether it was done now.

    Pressed twice, or by two people, it goes on once: `step` is the one the page showed.
    """
    if group.finished_at is not None or group.step != step:
        return False
    go_on(group, at)
    return True


def go_on(group: CaseGroup, at: datetime) -> None:
    """Bring out the next documents; after the last, the case study is finished."""
    last = len(shape_of(group.version_id).steps)
    if group.step >= last:
        group.finished_at = at
    group.step = min(group.step + 1, last + 1)
    group.save(update_fields=["step", "finished_at"])
