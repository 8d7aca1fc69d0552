"""A plan made from what is known here, and from what somebody changed of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from concerted.planning.names import KINDS
from concerted.planning.queries.from_here import Here, courses_for, likely_staff, source_of
from concerted.planning.queries.own_plans import values_of
from concerted.planning.rules.kinds import ServiceKind
from concerted.planning.rules.plan.facts import Course, Place, Posts, Team, begun_in, made_from


@dataclass(frozen=True)
class Offered:
    """A service of a plan file: what it is called, its kind, and whether one team answers for all."""

    name: str
    kind: ServiceKind
    as_one: bool


def services_of(base: str) -> dict[str, Offered]:
    """The services of a plan file by their key."""
    found = {}
    for key, service in values_of(base)["services"].items():
        kind = ServiceKind(service.get("kind", key))
        found[key] = Offered(str(service.get("name") or KINDS[kind]), kind, service.get("answered_by") == "nation")
    return found


@dataclass(frozen=True)
class Numbers:
    """What a plan is made from: as it is known here, or as somebody changed it."""

    places: Mapping[str, Place]
    posts: Mapping[str, Mapping[str, Posts]]
    courses: Sequence[Course]


def as_known(base: str, here: Here, chosen: Mapping[str, str]) -> Numbers:
    """The numbers of the directory and the mandates, nothing changed; `chosen`: service -> who staffs it."""
    offered = services_of(base)
    return Numbers(
        {
            one.key: Place(one.territory.name, one.people or 0, one.women, one.source or _("Nobody has counted"))
            for one in here.places
        },
        {key: here.of(whose, offered[key].as_one) for key, whose in chosen.items()},
        courses_for(here, chosen),
    )


def likely(base: str, named: Mapping[str, str]) -> dict[str, str]:
    """Who most likely staffs each service of a plan file, of those in the directory."""
    return {key: likely_staff(one.kind, named) for key, one in services_of(base).items()}


def as_changed(known: Numbers, said: Numbers) -> Numbers:
    """What was said, each number that is not the known one with "changed by hand" in its source."""
    places = {
        key: place if place == known.places[key] else replace(place, source=_by_hand(known.places[key].source))
        for key, place in said.places.items()
    }
    courses = [
        now if now == before else replace(now, source=_by_hand(before.source))
        for before, now in zip(known.courses, said.courses, strict=True)
    ]
    return Numbers(places, said.posts, courses)


def _by_hand(source: str) -> str:
    changed = _("changed by hand")
    return f"{source}; {changed}"


def plan_values(
    base: str,
    here: Here,
    chosen: Mapping[str, str],
    named: Mapping[str, str],
    numbers: Numbers,
    start: str = "",
) -> dict[str, Any]:
    """The values of the plan that these numbers make; `named`: who may staff a service, in words. `start`: its first
    month, where it is another than that of the plan file.

    A training of nobody, or of no hours, is left out.
    """
    teams = {}
    for key, one in services_of(base).items():
        whose, known = chosen[key], here.of(chosen[key], one.as_one)
        source = source_of(here, whose, named[whose], one.as_one) if whose in named else _("Nobody in the directory")
        teams[key] = Team(numbers.posts[key], source if numbers.posts[key] == known else _by_hand(source))
    courses = [course for course in numbers.courses if course.people and course.hours]
    values = begun_in(values_of(base), start) if start else values_of(base)
    return made_from(values, numbers.places, teams, courses)
