"""What is kept about somebody's learning, as plain data for her own use elsewhere.

Passages of a scenario that she skipped are absent, as they are absent from what is kept: a skip writes no step, and
where she stands in a scenario (`practice.ScenarioPlace`) is not part of this.
"""

from pathlib import PurePath
from typing import Any

from django.db.models import F

from concerted.capacity.models import Evidence, Exemption, OutsideClaim
from concerted.directory.models import Person
from concerted.practice.models import Attempt, Bank, Exam, FollowUp, Scenario, Step, TableMove
from concerted.practice.scenario.sitting import PERSON
from concerted.practice.services import FOLLOW_UP, QUIZ, TEST
from concerted.training.models import Certificate, Module

#: How an attempt calls what it is at -> what that is called here, and where its code stands.
_THINGS: dict[str, tuple[str, Any, str]] = {
    "module": ("module", Module, "code"),
    "scenario": ("scenario", Scenario, "code"),
    QUIZ: ("questions", Bank, "code"),
    TEST: ("test", Exam, "code"),
    FOLLOW_UP: ("test asked again", FollowUp, "exam__code"),
}


def profile_of(person: Person) -> dict[str, Any]:
    """Who she is here: name, address, language, posts. One query."""
    posts = person.positions.select_related("agency", "profession").order_by("since")
    return {
        "name": person.name,
        "email": person.email or "",
        "language": person.language,
        "posts": [
            {"agency": one.agency.name, "as": one.profession.code, "since": one.since, "until": one.until}
            for one in posts
        ],
    }


def record_of(person: Person, claims: list[OutsideClaim]) -> dict[str, Any]:
    """What she achieved: certificates, facts that count, courses elsewhere, exemptions. Three queries."""
    held = Certificate.objects.filter(person=person).select_related("module_version__module")
    facts = Evidence.objects.filter(subject_kind="person", subject_id=person.pk, voided_by=None).exclude(
        source_kind="void"
    )
    exempt = Exemption.objects.filter(subject_kind="person", subject_id=person.pk).select_related("mandate")
    return {
        "certificates": [
            {
                "code": one.code,
                "module": one.module_version.module.code,
                "version": one.module_version.no,
                "minutes": one.module_version.minutes,
                "achieved_on": one.achieved_on,
                "expires_on": one.expires_on,
                "can_be_checked": one.shown,
                "revoked_at": one.revoked_at,
                "revoked_why": one.revoked_why,
            }
            for one in held
        ],
        "achieved": [
            {"what": one.credential.code, "on": one.achieved_on, "how": one.source_kind}
            for one in facts.select_related("credential")
        ],
        "elsewhere": [_claim(one) for one in claims],
        "exempt": [
            {"from": one.mandate.code, "since": one.from_day, "until": one.until_day, "why": one.reason}
            for one in exempt
        ],
    }


def claims_of(person: Person) -> list[OutsideClaim]:
    """Her courses elsewhere, whatever was decided on them. One query."""
    return list(OutsideClaim.objects.filter(person=person).select_related("credential"))


def file_of(claim: OutsideClaim) -> str:
    """What the paper of a course is called among the files, "" when there is none."""
    return f"papers/{claim.pk}{PurePath(claim.proof.name).suffix}" if claim.proof.name else ""


def _claim(claim: OutsideClaim) -> dict[str, Any]:
    return {
        "title": claim.what,
        "counts_as": claim.credential.code if claim.credential else "",
        "given_by": claim.provider,
        "on": claim.achieved_on,
        "minutes": claim.minutes,
        "link": claim.link,
        "state": claim.state,
        "why_not": claim.reason,
        "paper": file_of(claim),
    }


def practice_of(person: Person) -> list[dict[str, Any]]:
    """Every attempt with what she read, answered and chose, in order. Seven queries at most."""
    attempts = list(Attempt.objects.filter(person=person).order_by("started_at", "pk"))
    steps: dict[int, list[dict[str, Any]]] = {}
    rows = Step.objects.filter(attempt__person=person).order_by("attempt", "seq")
    for attempt, part, answer, right, at in rows.values_list("attempt_id", "part", "answer", "right", "at"):
        steps.setdefault(attempt, []).append({"part": part, "answer": answer, "right": right, "at": at})
    done: dict[str, set[int]] = {}
    for one in attempts:
        done.setdefault(one.what_kind, set()).add(one.what)
    codes = {
        kind: dict(model._default_manager.filter(pk__in=done[kind]).order_by().values_list("pk", code))
        for kind, (_name, model, code) in _THINGS.items()
        if kind in done
    }
    return [dict(_attempt(one, codes), steps=steps.get(one.pk, [])) for one in attempts if one.what_kind in _THINGS]


def tables_of(person: Person) -> list[dict[str, Any]]:
    """What she did at tables of case conferences; what was done from a seat before her is not hers. One query."""
    made = TableMove.objects.filter(seat__person=person, by=PERSON, at__gte=F("seat__taken_at")).order_by("pk")
    rows = made.values_list("seat__table__version__scenario__code", "seat__seat", "moment", "move", "at")
    return [
        {"code": code, "seat": seat, "moment": moment, "did": move, "at": at} for code, seat, moment, move, at in rows
    ]


def _attempt(attempt: Attempt, codes: dict[str, dict[int, str]]) -> dict[str, Any]:
    return {
        "kind": _THINGS[attempt.what_kind][0],
        "code": codes[attempt.what_kind].get(attempt.what, ""),
        "no": attempt.no,
        "language": attempt.language,
        "started_at": attempt.started_at,
        "finished_at": attempt.finished_at,
        "score": attempt.score,
        "passed": attempt.passed,
    }
