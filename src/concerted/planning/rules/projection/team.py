"""Who answers: posts, training and supervision of the territories' own services, or of those run as one."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from concerted.maths.arrays import Floats, Whole
from concerted.maths.caseload import training_release
from concerted.planning.rules.plan.part import month_number
from concerted.planning.rules.plan.schema import Plan, Training
from concerted.planning.rules.projection.measures import Courses, Measure, Steady
from concerted.planning.rules.projection.scale import STEP, hundredths, refuse_too_much, too_many_posts
from concerted.planning.rules.projection.staffing import (
    MOST_POSTS,
    Staffing,
    direct_hours,
    people_of,
    posts_of_staff,
)


@dataclass(frozen=True)
class Team:
    """Whose services: each territory's own, or the nation's, of which `places` are all territories."""

    answered_by: Literal["territory", "nation"]
    places: tuple[str, ...]

    def services(self, plan: Plan) -> list[tuple[int, str]]:
        """Its services, with their place among all."""
        held = enumerate(plan.services.items())
        return [(column, key) for column, (key, one) in held if one.answered_by == self.answered_by]

    def staff(self, plan: Plan, service: str, name: str = "posts") -> Floats:
        """Posts that exist, one number for each unit."""
        held = posts_of_staff(plan, service, name, self.places)
        return held if self.answered_by == "territory" else held.sum(keepdims=True)

    def shares(self, plan: Plan, service: str) -> Floats:
        """Which share of a service's people each unit has: by posts, or by population where there are none."""
        everywhere = tuple(plan.territories)
        posts = posts_of_staff(plan, service, "posts", everywhere)
        held = posts if posts.sum() else people_of(plan)
        shares = held / held.sum()
        if self.answered_by == "nation":
            return np.ones(1)
        if self.places == everywhere:
            return shares
        return shares[[everywhere.index(place) for place in self.places]]


def worked(plan: Plan, team: Team, flows: dict[str, Whole]) -> Courses:
    """Posts and hours of each unit's services that chance moves; zero for services that others run.

    Cover for training is among them only where a service has slack, which grows and shrinks with its contacts.
    """
    services = team.services(plan)
    shape = flows["contacts"].shape
    wanted = _OF_QUEUES if any(plan.services[key].queue for _column, key in services) else _OF_ALL
    made = {measure: np.zeros(shape, dtype=np.int64) for measure in wanted} if services else {}
    for column, key in services:
        contacts, cases, contacts_without, cases_without = (
            flows[name][..., column] / STEP for name in ("contacts", "open", "contacts_without", "open_without")
        )
        staffing = Staffing.of(plan, key, most_contacts=_most(contacts, contacts_without), most_open=float(cases.max()))
        posts = hundredths(staffing.posts(contacts, cases))
        extra = posts - hundredths(staffing.posts(contacts_without, cases_without))
        if plan.services[key].queue:
            slack = staffing.slack(contacts)
            cover = hundredths(np.maximum(_released(plan, team, key)[:, None] - slack, 0) / staffing.hours)
            posts, extra = posts + cover, extra + cover
            made[Measure.SLACK_HOURS][..., column], made[Measure.COVER_POSTS][..., column] = hundredths(slack), cover
        made[Measure.POSTS][..., column], made[Measure.EXTRA_POSTS][..., column] = posts, extra
        made[Measure.SUPERVISION_HOURS][..., column] = _supervision(plan, key, posts)
    return made


_OF_ALL = (Measure.POSTS, Measure.EXTRA_POSTS, Measure.SUPERVISION_HOURS)
_OF_QUEUES = (*_OF_ALL, Measure.COVER_POSTS, Measure.SLACK_HOURS)


def trained(plan: Plan, team: Team) -> Steady:
    """Training, and the posts that cover for it, which no surprise moves where there is no slack to train in."""
    shape = (1 if team.answered_by == "nation" else len(team.places), plan.months, len(plan.services))
    made = {measure: np.zeros(shape, dtype=np.int64) for measure in (*_OF_ALL, *_OF_TRAINING)}
    for column, key in team.services(plan):
        released = _released(plan, team, key)
        made[Measure.TRAINING_HOURS][..., column] = hundredths(released)
        if not plan.services[key].queue:
            away = released / direct_hours(key, plan.services[key])
            refuse_too_much(away, MOST_POSTS, too_many_posts, key)
            cover = hundredths(away)
            for measure in (Measure.COVER_POSTS, Measure.POSTS, Measure.EXTRA_POSTS):
                made[measure][..., column] = cover
            made[Measure.SUPERVISION_HOURS][..., column] = _supervision(plan, key, cover)
    return made


_OF_TRAINING = (Measure.TRAINING_HOURS, Measure.COVER_POSTS)


def _supervision(plan: Plan, service: str, posts: Whole) -> Whole:
    return hundredths(posts / STEP * plan.services[service].care.supervision_hours)


def _most(*contacts: Floats) -> float:
    return max(float(one.max()) for one in contacts)


def _released(plan: Plan, team: Team, service: str) -> Floats:
    """Hours of training in each month, of shape (units, months)."""
    rounds = [one for one in plan.training.values() if one.of == service]
    months = sum((released(one, plan.start, plan.months) for one in rounds), np.zeros(plan.months))
    return team.shares(plan, service)[:, None] * months


@lru_cache(maxsize=100)
def released(training: Training, start: str, months: int) -> Floats:
    """Hours off the floor in each month from `start`: what the months so far come to, less those before."""
    ends = np.maximum(np.arange(months + 1) - (month_number(training.start) - month_number(start)), 0)
    told = training_release(
        training.people,
        training.hours,
        over=training.over_months,
        refresher_hours=training.refresher_hours,
        turnover=training.turnover,
        horizon=ends,
        year=12,
    )
    hours: Floats = np.diff(np.asarray(told.total))
    hours.flags.writeable = False
    return hours
