"""Working on a case study: alone, or in a group that a trainer or coordinator opens and leads."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.directory.access import GROUP, people_shown_to
from concerted.directory.models import Group, Membership, Person, Sector
from concerted.directory.queries.positions import held_positions
from concerted.kit import access
from concerted.ledger.services import record
from concerted.post.services import notify
from concerted.practice import services as practice
from concerted.practice.models import Case, CaseAnswer, CaseComment, CaseGroup, CaseMember
from concerted.practice.services import CaseRefused
from concerted.training.access import CASE_LED, CASE_SEAT


def sectors_of(people: Iterable[int], case: Case, on: date) -> dict[int, Sector]:
    """Person -> the sector of her newest position on that day, where the case study asks it. Two queries."""
    asked = {sector.pk: sector for sector in case.sectors.all()}
    held = held_positions(on).filter(person_id__in=list(people)).order_by("since", "id")
    found = held.values_list("person_id", "agency__sector_id")
    return {person: asked[sector] for person, sector in found if sector in asked}


@transaction.atomic
def start_case(case: Case, sector: Sector | None, *, by: Person, at: datetime) -> CaseGroup:
    """Her open way through a case study alone, or a new one, with the questions of this sector."""
    access.allow(by, "C", CASE_SEAT)
    group, new = practice.begin_case_alone(case, sector, by=by, at=at)
    if new:
        record("case begun", by=by, object_kind="case group", object_id=group.pk, about=by)
    return group


@transaction.atomic
def open_case(case: Case, name: str, group: Group | None, *, by: Person, at: datetime) -> CaseGroup:
    """Open a group for a case study; the members of `group` are in it from the start, and hear of it.

    Http404 for a group she may not read. Raises `CaseRefused`.
    """
    access.allow(by, "C", CASE_LED, CaseGroup(case=case, leader=by, group=group))
    people: list[Person] = []
    if group is not None:
        access.allow(by, "R", GROUP, group)
        held = Membership.held_on(timezone.localdate(at)).filter(group=group).select_related("person")
        people = [membership.person for membership in held.exclude(person=by)]
    sectors = sectors_of([person.pk for person in people], case, timezone.localdate(at))
    seats = [(person, sectors.get(person.pk)) for person in people]
    opened = practice.open_case_group(case, name, seats, group=group, by=by, at=at)
    record("case group opened", by=by, object_kind="case group", object_id=opened.pk)
    for person in people:
        _tell(opened, person, "case_joined", f"case_joined:{opened.pk}:{person.pk}", at)
    return opened


def _tell(group: CaseGroup, person: Person, kind: str, dedupe: str, at: datetime) -> None:
    notify(
        person,
        kind,
        link=reverse("training:case_group", args=[group.public]),
        dedupe=dedupe,
        at=at,
        mail=kind != "case_comment",
    )


def _tell_all(group: CaseGroup, kind: str, dedupe: str, at: datetime) -> None:
    """Everybody in a led group; who works alone sees it on the page she is on."""
    if group.leader_id is None:
        return
    for member in group.members.select_related("person"):
        _tell(group, member.person, kind, f"{dedupe}:{member.person_id}", at)


@transaction.atomic
def add_to_case(group: CaseGroup, person: Person, *, by: Person, at: datetime) -> CaseMember:
    """Add somebody whom `by` may find to a group she leads. Raises `CaseRefused`; Http404 for anybody else."""
    access.allow(by, "U", CASE_LED, group)
    if not people_shown_to(by).filter(pk=person.pk).exists():
        raise Http404
    group = practice.lock_case_group(group.pk)
    sector = sectors_of([person.pk], group.case, timezone.localdate(at)).get(person.pk)
    member = practice.add_case_member(group, person, sector, at=at)
    if member.joined_at == at:
        record("case member added", by=by, object_kind="case group", object_id=group.pk, about=person)
        _tell(group, person, "case_joined", f"case_joined:{group.pk}:{person.pk}", at)
    return member


@transaction.atomic
def take_seat(group: CaseGroup, sector: Sector | None, *, by: Person) -> CaseMember:
    """Answer for another sector from now on. Raises `CaseRefused`."""
    access.allow(by, "U", CASE_SEAT, group)
    group = practice.lock_case_group(group.pk)
    if sector is not None and not group.case.sectors.filter(pk=sector.pk).exists():
        raise Http404
    member = practice.take_case_seat(group, by, sector)
    record("case seat changed", by=by, object_kind="case group", object_id=group.pk, about=by)
    return member


@transaction.atomic
def leave_case(group: CaseGroup, *, by: Person, at: datetime) -> None:
    """Leave a group that somebody leads, without a reason. What was handed in stays with the sector."""
    access.allow(by, "U", CASE_SEAT, group)
    group = practice.lock_case_group(group.pk)
    before = group.step
    if group.leader_id is None:
        raise CaseRefused(_("You work on this alone. You can stop at any time, and come back."))
    if practice.leave_case_group(group, by, at=at):
        record("case member left", by=by, object_kind="case group", object_id=group.pk, about=by)
    if group.step != before:
        _tell_all(group, "case_next", f"case_next:{group.pk}:{group.step}", at)


@transaction.atomic
def keep_answers(
    group: CaseGroup, written: Mapping[str, tuple[str, int]], *, page: str = "", by: Person, at: datetime
) -> dict[str, CaseAnswer | CaseRefused | None]:
    """Keep what she wrote, each box by itself; question -> the answer as it stands, or why it was not kept.

    `written`: question -> her words and the revision she was shown.
    """
    access.allow(by, "U", CASE_SEAT, group)
    group = practice.lock_case_group(group.pk)
    kept: dict[str, CaseAnswer | CaseRefused | None] = {}
    for question, (text, seen) in written.items():
        try:
            kept[question] = practice.keep_case_answer(group, question, text, seen=seen, page=page, by=by, at=at)
        except CaseRefused as refusal:
            kept[question] = refusal
    return kept


@transaction.atomic
def hand_in_answer(group: CaseGroup, question: str, *, by: Person, at: datetime) -> CaseGroup:
    """Hand in what was kept, once; the group as it stands then. Raises `CaseRefused`."""
    access.allow(by, "U", CASE_SEAT, group)
    group = practice.lock_case_group(group.pk)
    before = group.step
    if practice.hand_in_case_answer(group, question, by=by, at=at) is not None:
        record("case answer handed in", by=by, object_kind="case group", object_id=group.pk, about=by)
    if group.step != before:
        _tell_all(group, "case_next", f"case_next:{group.pk}:{group.step}", at)
    return group


@transaction.atomic
def release_step(group: CaseGroup, step: int, *, by: Person, at: datetime) -> CaseGroup:
    """Bring out what follows the step the page showed, whoever still owes an answer: by who leads, or by who works
    alone. Pressed twice, it goes on once.
    """
    access.allow(by, "U", CASE_SEAT if group.alone_id == by.pk else CASE_LED, group)
    group = practice.lock_case_group(group.pk)
    if practice.release_case_step(group, step, at=at):
        record("case step released", by=by, object_kind="case group", object_id=group.pk)
        _tell_all(group, "case_next", f"case_next:{group.pk}:{group.step}", at)
    return group


@transaction.atomic
def comment_on_answer(
    answer: CaseAnswer, text: str, *, client_key: uuid.UUID, by: Person, at: datetime
) -> CaseComment | None:
    """Say something of an answer in a group she leads; None where the same form was sent before."""
    access.allow(by, "U", CASE_LED, answer.group)
    comment = practice.comment_case_answer(answer, text, client_key=client_key, by=by, at=at)
    if comment is not None:
        record("case comment written", by=by, object_kind="case group", object_id=answer.group_id)
        _tell_all(answer.group, "case_comment", f"case_comment:{comment.pk}", at)
    return comment
