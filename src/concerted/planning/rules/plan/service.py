"""A service in a plan file: what reaches it, how it works, and who is there."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from concerted.maths.said import Listed, said
from concerted.planning.rules.kinds import ServiceKind
from concerted.planning.rules.plan.part import Key, Many, Month, NoneOrMore, Part, Promise, Share, Some, Words

#: A shape of the week: a name, or contacts counted in each of its 168 hours, from Monday midnight.
Shape = Literal["even", "evening"] | Annotated[list[Many], Field(min_length=168, max_length=168)]


class Contacts(Part):
    """How many women reach a service by themselves, before any initiative: one way of four."""

    per_10000: Many | None = Field(default=None, description="contacts for every 10,000 people (or women, see `of`)")
    each: dict[Key, Many] | None = Field(default=None, description="contacts of each territory")
    column: Words | None = Field(default=None, description="a column of the territories' data file")
    history: dict[Month, Many | None] | None = Field(
        default=None,
        description="contacts of the whole plan in past months, one after the other; null where nobody counted",
    )
    times: Many = Field(default=1.0, description="contacts for each one counted in `column`")
    of: Literal["people", "women"] = "people"
    a: Literal["month", "year"] = Field(default="month", description="the time the numbers are for")
    source: Words = Field(description="where the numbers come from")

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        given = [name for name in ("per_10000", "each", "column", "history") if getattr(self, name) is not None]
        if not given:
            raise ValueError(said("Say how many in one way: per_10000, each, column or history. Given: none."))
        if len(given) > 1:
            raise ValueError(
                said(
                    "Say how many in one way: per_10000, each, column or history. Given: %(given)s.",
                    given=Listed(tuple(given)),
                )
            )
        return self


class Open(Part):
    """When a service is open; left out, day and night on all days."""

    days: Annotated[list[Annotated[int, Field(ge=1, le=7)]], Field(min_length=1)] = Field(
        default=[1, 2, 3, 4, 5, 6, 7], description="days of the week, Monday is 1"
    )
    since: Annotated[int, Field(ge=0, le=23)] = 0
    until: Annotated[int, Field(ge=1, le=24)] = 24

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.until <= self.since:
            raise ValueError(
                said(
                    "It closes at %(until)s, before it opens at %(since)s. Give two hours in order.",
                    until=self.until,
                    since=self.since,
                )
            )
        return self

    @property
    def always(self) -> bool:
        """Day and night, every day."""
        return self.until - self.since == 24 and len(set(self.days)) == 7


class Queue(Part):
    """Contacts that are answered at once, such as calls."""

    minutes: Some = Field(description="mean time that a contact takes, notes included")
    patience_minutes: Some | None = Field(
        default=None, description="how long callers wait on average; left out, they stay"
    )
    answer: Promise = Field(default=0.8, description="share answered in time")
    within_seconds: NoneOrMore = 60
    definition: Literal["offered", "answered", "virtual", "net"] = "offered"
    never_alone: Annotated[int, Field(ge=1, le=50)] = Field(default=2, description="people there in every open hour")
    shift_hours: Literal[1, 2, 3, 4, 6, 8, 12] = Field(default=1, description="people come for blocks of so many hours")
    shape: Shape = Field(default="even", description="when in the week contacts come")


class Cases(Part):
    """Work that stays open for weeks."""

    weeks: NoneOrMore = Field(description="how long a case stays open on average")
    hours: Some = Field(description="work that one case takes, all in all")
    ceiling: Some | None = Field(default=None, description="open cases that one person carries safely")


class Places(Part):
    """Family places in a shelter, without a queue."""

    weeks: Some = Field(description="mean length of a stay")
    turned_away: Promise = Field(default=0.05, description="share that may find no place")
    posts_for_each: NoneOrMore = Field(default=0.0, description="posts for each place")


class Staff(Part):
    """Who is there now, and how much of their time."""

    posts: NoneOrMore | dict[Key, NoneOrMore] = Field(
        default=0.0, description="posts that exist, in all or by territory"
    )
    vacant: NoneOrMore | dict[Key, NoneOrMore] = Field(default=0.0, description="of these, posts that nobody holds")
    contract_hours: Some = Field(default=37.5, description="paid hours a week of a full post")
    away: Share = Field(
        default=0.3, description="share of paid hours for leave, sickness and meetings, without training"
    )
    source: Words | None = Field(default=None, description="where the posts were counted")


class Care(Part):
    """Time for those who listen all day. An option can raise it and never lower it."""

    supervision_hours: Annotated[float, Field(ge=1)] = Field(default=2.0, description="hours a month for each person")
    debrief_hours: Annotated[float, Field(ge=1)] = Field(default=2.0, description="hours a month for each person")
    people_a_supervisor: Annotated[float, Field(gt=0, le=12)] = Field(
        default=8.0, description="people one supervisor has"
    )


class Service(Part):
    """A service: demand, work, staff."""

    kind: ServiceKind | None = Field(default=None, description="left out, the service's key is its kind")
    name: Words | None = None
    answered_by: Literal["nation", "territory"] = Field(
        default="territory", description="one team for all, or one each"
    )
    opens: Month | None = Field(default=None, description="the first month of a new service")
    contacts: Contacts | None = Field(default=None, description="left out, women come by referral only")
    season: Annotated[list[Some], Field(min_length=12, max_length=12)] | None = Field(
        default=None, description="what January to December are multiplied by"
    )
    open: Open = Open()
    answered: Annotated[float, Field(gt=0, le=1)] = Field(
        default=1.0, description="share of contacts that gets an answer"
    )
    queue: Queue | None = None
    cases: Cases | None = None
    places: Places | None = None
    staff: Staff = Staff()
    care: Care = Care()

    @model_validator(mode="after")
    def _works(self) -> Self:
        ways = [name for name in ("queue", "cases", "places") if getattr(self, name) is not None]
        if not ways:
            raise ValueError(said("Say how it works in one way: queue, cases or places. Given: none."))
        if len(ways) > 1:
            raise ValueError(
                said(
                    "Say how it works in one way: queue, cases or places. Given: %(given)s.", given=Listed(tuple(ways))
                )
            )
        if self.queue and self.open.always and self.opens is None and _nobody(self.staff.posts):
            raise ValueError(
                said(
                    "It is open day and night and has no posts. Write the posts it has, or for a new service the month "
                    "it `opens`."
                )
            )
        return self

    @property
    def weeks(self) -> float:
        """How long a case, or a stay, is open; none where nothing stays open."""
        if self.cases is not None:
            return self.cases.weeks
        return self.places.weeks if self.places is not None else 0.0


def _nobody(posts: float | dict[str, float]) -> bool:
    return not (sum(posts.values()) if isinstance(posts, dict) else posts)
