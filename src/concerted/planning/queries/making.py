"""A plan made from what is known here and what somebody changed of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from concerted.planning.queries.from_here import Here, source_of
from concerted.planning.queries.own_plans import values_of
from concerted.planning.rules.kinds import ServiceKind
from concerted.planning.rules.plan.facts import Course, Team, made_from
from concerted.planning.wording import KINDS


def services_of(base: str) -> dict[str, tuple[str, ServiceKind, bool]]:
    """Services of a plan file: what it calls them, their kind, and whether one team answers for all."""
    found = {}
    for key, service in values_of(base)["services"].items():
        kind = ServiceKind(service.get("kind", key))
        found[key] = (str(service.get("name") or KINDS[kind]), kind, service.get("answered_by") == "nation")
    return found


def courses_as_said(courses: Sequence[Course], said: Mapping[str, Any]) -> list[Course]:
    """Trainings with the numbers in the form; none where there is nobody to train, or nothing to learn."""
    found = []
    for n, one in enumerate(courses):
        people, hours = said[f"course.{n}.people"], said[f"course.{n}.hours"]
        if people and hours:
            own = (people, hours) != (one.people, one.hours)
            source = f"{one.source}; {_('changed by hand')}" if own else one.source
            found.append(replace(one, people=people, hours=hours, source=source))
    return found


def plan_values(base: str, here: Here, form: Any, names: Mapping[str, str]) -> dict[str, Any]:
    """The values of the plan that a valid form of numbers makes; `names`: sectors by code."""
    teams = {}
    for service in form.services:
        sector, as_one = form.sectors[service], service in form.as_one
        source = source_of(here, sector, names[sector], as_one) if sector in names else _("Nobody in the directory")
        if form.by_hand(service):
            source = f"{source}; {_('changed by hand')}"
        teams[service] = Team(form.posts(service), source)
    return made_from(values_of(base), form.places(), teams, courses_as_said(form.courses, form.cleaned_data))
