"""Posts that a service needs, by how it works."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from concerted.maths.arrays import Floats
from concerted.maths.figures import OutOfRange
from concerted.maths.queueing import load_carried
from concerted.maths.said import Figure, said
from concerted.planning.rules.plan.part import WEEKS, month_number
from concerted.planning.rules.plan.schema import Plan
from concerted.planning.rules.plan.service import Places, Service
from concerted.planning.rules.projection.roster import Roster
from concerted.planning.rules.projection.scale import refuse_too_much, too_many_contacts, too_many_open, too_many_posts

#: Minutes of contacts a month, and cases open, that one team can be planned for.
MOST_CALLS, MOST_OPEN = 1e9, 1e6
#: Women in one shelter: each number of places up to it is worked out.
MOST_PLACES = 1e5
#: Posts of one team: more than any country has in all.
MOST_POSTS = 1e6


class CareTakesAll(OutOfRange):
    """A post has no hour left for the women who come; the message says what takes them."""


def direct_hours(key: str, service: Service, *, with_care: bool = True) -> float:
    """Hours a month that a full post has for contacts and cases: paid hours without absences, and without care."""
    there = service.staff.contract_hours * WEEKS * (1 - service.staff.away)
    care = service.care.supervision_hours + service.care.debrief_hours if with_care else 0.0
    # Less than an hour a month is none: nobody is hired for it, and nothing can be divided by it.
    if there - care < 1:
        raise CareTakesAll(
            said(
                "%(service)s: a post is there %(hours)s hours a month, of which care takes %(care)s. "
                "Correct contract_hours or away.",
                service=key,
                hours=Figure(there, ".0f"),
                care=Figure(care, "g"),
            )
        )
    return there - care


@dataclass(frozen=True, eq=False)
class Staffing:
    """Posts of one service for any number of contacts and open cases, while it is open."""

    key: str
    service: Service
    hours: float
    there: Floats
    roster: Roster | None
    steps: Floats | None
    needed: Floats | None
    beds: Floats | None

    @classmethod
    def of(cls, plan: Plan, key: str, *, most_contacts: float, most_open: float) -> "Staffing":
        """For up to so many contacts and open cases a month."""
        service = plan.services[key]
        refuse_too_much(most_open, MOST_PLACES if service.places else MOST_OPEN, too_many_open, key)
        if service.queue:
            refuse_too_much(most_contacts, MOST_CALLS / service.queue.minutes, too_many_contacts, key)
        months = np.arange(plan.months)
        opens = 0 if service.opens is None else month_number(service.opens) - month_number(plan.start)
        roster = Roster.of(service, most_contacts / WEEKS) if service.queue else None
        return cls(
            key,
            service,
            direct_hours(key, service),
            (months >= opens).astype(float),
            roster,
            roster.steps(whole_shifts=True) if roster else None,
            roster.steps() if roster else None,
            _beds(service.places, most_open) if service.places else None,
        )

    def posts(self, contacts: Floats, open_cases: Floats) -> Floats:
        """Full posts, fractions of them until somebody is hired, of the shape (..., months) of what is given."""
        if self.roster is not None and self.steps is not None:
            needed = self.roster.seat_hours(contacts / WEEKS, self.steps) * WEEKS / self.hours
        elif self.service.places is not None:
            needed = self.places(open_cases) * self.service.places.posts_for_each
        else:
            needed = np.maximum(self.by_hours(contacts, open_cases), self.by_ceiling(open_cases))
        posts: Floats = needed * self.there
        refuse_too_much(posts, MOST_POSTS, too_many_posts, self.key)
        return posts

    def slack(self, contacts: Floats) -> Floats:
        """Hours a month in which more people are there than the contacts need, since they come for whole shifts."""
        if self.roster is None or self.steps is None or self.needed is None:
            return np.zeros_like(contacts)
        a_week = contacts / WEEKS
        spare = self.roster.seat_hours(a_week, self.steps) - self.roster.seat_hours(a_week, self.needed)
        hours: Floats = spare * WEEKS * self.there
        return hours

    def by_hours(self, contacts: Floats, open_cases: Floats) -> Floats:
        """Posts for the hours that cases take: a case's hours are spread over the time it stays open."""
        cases = self.service.cases
        assert cases is not None
        worked = open_cases * WEEKS / cases.weeks if cases.weeks else contacts * self.service.answered
        return worked * cases.hours / self.hours

    def by_ceiling(self, open_cases: Floats) -> Floats:
        """Posts with which nobody carries more open cases than is safe."""
        cases = self.service.cases
        assert cases is not None
        return open_cases / cases.ceiling if cases.ceiling else np.zeros_like(open_cases)

    def places(self, open_cases: Floats) -> Floats:
        """Family places with which few enough are turned away (Erlang B); none where nobody comes."""
        assert self.beds is not None
        return np.searchsorted(self.beds, open_cases, side="left").astype(float)


def _beds(places: Places, most: float) -> Floats:
    """The largest load that 0, 1, 2 ... places carry."""
    count = int(most + 6 * np.sqrt(most) + 10)
    limits = np.asarray(load_carried(np.arange(1, count + 1), places.turned_away), dtype=float)
    return np.concatenate([[0.0], limits])


def posts_of_staff(plan: Plan, key: str, name: str, territories: Sequence[str]) -> Floats:
    """Posts that exist (`posts`) or stand empty (`vacant`): by territory, or shared out by people where not said."""
    held = getattr(plan.services[key].staff, name)
    if isinstance(held, dict):
        return np.array([held.get(place, 0.0) for place in territories])
    everybody = people_of(plan)
    if len(territories) == len(everybody):
        people = everybody
    else:
        people = np.array([plan.territories[place].people for place in territories], dtype=float)
    shared: Floats = held * people / everybody.sum()
    return shared


#: The territories that were asked for last, and how many people live in each: one plan asks a dozen times.
_asked: list[tuple[object, Floats]] = []


def people_of(plan: Plan) -> Floats:
    """How many people live in each territory, in the order of the plan."""
    for territories, people in _asked:
        # The very same object: a plan is frozen, and while it is held here no other can be taken for it.
        if territories is plan.territories:
            return people
    people = np.array([place.people for place in plan.territories.values()], dtype=float)
    people.flags.writeable = False
    _asked[:] = [(plan.territories, people)]
    return people
