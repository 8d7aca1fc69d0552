"""A plan that begins from what is known: places, posts and training put into a plan that says how services work.

Pure: no Django, no clock, no database.
"""

import copy
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from concerted.planning.rules.plan.territories import key_of

#: Trainings that a plan has room for.
MOST_TRAININGS = 20
#: A share that leaves in a year stays below one.
MOST_TURNOVER = 0.95


class BaseRefused(ValueError):
    """What this plan says of contacts, past months of all its places, holds for these only."""


def can_begin(base: Mapping[str, Any]) -> bool:
    """Whether what a plan says of contacts can be said of other places, too."""
    return not any((service.get("contacts") or {}).get("history") for service in base["services"].values())


@dataclass(frozen=True)
class Place:
    """A territory and who lives there, by which source."""

    name: str
    people: int
    women: int | None
    source: str


@dataclass(frozen=True)
class Posts:
    """Posts that should exist and posts that are held."""

    meant: float
    filled: float

    @property
    def vacant(self) -> float:
        """Posts that nobody holds."""
        return round(self.meant - self.filled, 2)


@dataclass(frozen=True)
class Team:
    """A service's posts by the key of a territory (all under one key where one team answers), and their source."""

    posts: Mapping[str, Posts]
    source: str


@dataclass(frozen=True)
class Course:
    """A training that a mandate asks for. Hours are of the first round; `again_hours`: a year, each, after it."""

    name: str
    service: str
    people: float
    hours: float
    over_months: float
    again_hours: float
    turnover: float
    source: str


def place_key(name: str, number: int) -> str:
    """A key that a person can read and that names one territory, whatever others are called like it.

    >>> place_key("Brena Valley", 7)
    'brena-valley-7'
    """
    return f"{key_of(name)[:40].rstrip('-')}-{number}"


_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


def begun_in(base: Mapping[str, Any], start: str) -> dict[str, Any]:
    """A plan that begins in another month; everything that happens in it moves with its beginning.

    >>> begun_in({"start": "2027-01", "services": {"line": {"opens": "2027-04"}}}, "2026-11")["services"]
    {'line': {'opens': '2027-02'}}
    """
    by = _number(start) - _number(base["start"])

    def moved(value: Any) -> Any:
        if isinstance(value, Mapping):
            return {key: moved(one) for key, one in value.items()}
        if isinstance(value, list):
            return [moved(one) for one in value]
        return _month(_number(value) + by) if isinstance(value, str) and _MONTH.fullmatch(value) else value

    return {key: moved(value) for key, value in base.items()}


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:]) - 1


def _month(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"


def made_from(
    base: Mapping[str, Any], places: Mapping[str, Place], teams: Mapping[str, Team], courses: Sequence[Course]
) -> dict[str, Any]:
    """What a plan file says, with these places, posts and trainings in place of its own.

    How services work, initiatives and unit costs stay. What names a place of the other plan goes, and so do promises
    of money: nobody has made them here. Raises `BaseRefused`.
    """
    made: dict[str, Any] = copy.deepcopy(dict(base))
    before = made["territories"]
    made["about"] = ""
    made["territories"] = {key: _place(place) for key, place in places.items()}
    for key, service in made["services"].items():
        if service.get("contacts"):
            service["contacts"] = _for_all(service["contacts"], before)
        service["staff"] = service.get("staff", {}) | _staff(teams[key], service)
    for initiative in made.get("initiatives", {}).values():
        initiative.pop("territories", None)
    made["costs"] = {key: one for key, one in made.get("costs", {}).items() if not one.get("territory")}
    made["options"] = {key: one for key, one in made.get("options", {}).items() if _anywhere(one, made)}
    made["training"] = {f"course-{n}": _training(one, made["start"]) for n, one in enumerate(courses[:MOST_TRAININGS])}
    made.pop("funding", None)
    return made


def _place(place: Place) -> dict[str, Any]:
    said: dict[str, Any] = {"name": place.name, "people": place.people, "source": place.source}
    return said if place.women is None else said | {"women": place.women}


def _staff(team: Team, service: Mapping[str, Any]) -> dict[str, Any]:
    if service.get("answered_by") == "nation":
        meant, vacant = (sum(getattr(one, name) for one in team.posts.values()) for name in ("meant", "vacant"))
        return {"posts": round(meant, 2), "vacant": round(vacant, 2), "source": team.source}
    return {
        "posts": {key: one.meant for key, one in team.posts.items()},
        "vacant": {key: one.vacant for key, one in team.posts.items()},
        "source": team.source,
    }


def _for_all(contacts: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """Numbers of each of the other plan's places, as what they are for 10,000 people there."""
    if contacts.get("history"):
        raise BaseRefused
    said = dict(contacts)
    each, column, times = said.pop("each", None), said.pop("column", None), said.pop("times", 1.0)
    if column is not None:
        each = {key: place["counted"][column] * times for key, place in before.items()}
    if each is not None:
        of = said.get("of", "people")
        living = sum(place[of] for place in before.values())
        said["per_10000"] = round(10_000 * sum(each.values()) / living, 4)
    return said


def _anywhere(option: Mapping[str, Any], made: Mapping[str, Any]) -> bool:
    """Whether an option changes nothing that went with the other plan's places, posts and trainings."""
    for place in option["changes"]:
        first, *rest = place.split(".")
        if first in ("territories", "training", "funding") or "each" in rest or "staff" in rest:
            return False
        if first == "costs" and rest[0] not in made["costs"]:
            return False
    return True


def _training(course: Course, start: str) -> dict[str, Any]:
    return {
        "name": course.name,
        "of": course.service,
        "people": course.people,
        "hours": course.hours,
        "start": start,
        "over_months": course.over_months,
        "refresher_hours": course.again_hours,
        "turnover": min(course.turnover, MOST_TURNOVER),
        "source": course.source,
    }
