"""The whole plan file. These types are its schema: `concerted plan --schema` prints them as JSON Schema."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from concerted.maths.demand import CARDS
from concerted.maths.said import Listed, said
from concerted.planning.rules.plan.money import Cost, Funding, Money
from concerted.planning.rules.plan.part import (
    CODE,
    Amount,
    Key,
    Month,
    Named,
    NoneOrMore,
    Part,
    Share,
    Some,
    Words,
    month_number,
)
from concerted.planning.rules.plan.service import Service

#: More than live on earth.
MOST_PEOPLE = 20_000_000_000


class Territory(Part):
    """A territory and who lives there; `counted` are other columns of the data file."""

    name: Named
    people: Annotated[int, Field(gt=0, le=MOST_PEOPLE)]
    women: Annotated[int, Field(gt=0, le=MOST_PEOPLE)] | None = None
    counted: dict[str, Amount] = {}
    source: Words | None = Field(default=None, description="where the people were counted")


def _on_a_card(name: str) -> str:
    known = tuple(card.key for card in CARDS)
    if name not in known:
        raise ValueError(
            said(
                "There is no effect card “%(name)s”. Take one of: %(cards)s; or write ratio, low, high and the "
                "source they were read in.",
                name=name,
                cards=Listed(known),
            )
        )
    return name


CardName = Annotated[str, AfterValidator(_on_a_card)]


class OwnEffect(Part):
    """An effect that is on no card. Without its source nobody can judge it."""

    ratio: Some
    low: Some = Field(description="lower end of the 95 % interval")
    high: Some = Field(description="upper end of the 95 % interval")
    source: Words = Field(description="the study, report or count it was read in")
    setting: Words = Field(description="where and when it was seen")
    doubts: Words = Field(description="why it may not hold here")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.low <= self.ratio <= self.high:
            raise ValueError(said("low, ratio and high are not in order. Write the smallest as low."))
        return self


class Ramp(Part):
    """How an effect comes to be."""

    shape: Literal["step", "linear", "approach"] = "linear"
    months: Some = 6


class Initiative(Part):
    """Something that begins in a month and changes what reaches a service."""

    name: Words
    kind: Literal["helpline", "referral_protocol", "mandate", "delegation", "campaign", "other"]
    start: Month
    of: Key = Field(description="the service whose contacts it changes")
    what: Literal["contacts", "referrals"] = Field(
        default="contacts", description="its own contacts, or referrals to it"
    )
    territories: list[Key] | None = Field(default=None, description="left out, everywhere")
    effect: CardName | OwnEffect = Field(description="the name of an effect card, or an effect with its source")
    ramp: Ramp = Ramp()
    support_ends: Month | None = None
    half_life_months: Some | None = Field(
        default=None, description="in which half of the effect is lost once support ends"
    )

    @model_validator(mode="after")
    def _holds(self) -> Self:
        if self.support_ends and month_number(self.support_ends) < month_number(self.start):
            raise ValueError(said("Support ends before it starts. Correct one of the months."))
        return self


class Referral(Part):
    """Referrals that each contact answered at one service brings to another."""

    share: NoneOrMore
    after_weeks: NoneOrMore = 0
    source: Words | None = Field(default=None, description="where the share was counted")


class Training(Part):
    """Hours off the floor: a first round, refreshers, and those who join."""

    name: Words
    of: Key = Field(description="the service whose people it trains")
    people: Annotated[float, Field(gt=0, le=100_000_000)]
    hours: Some = Field(description="of the first round, each")
    start: Month
    over_months: Some = 6
    refresher_hours: NoneOrMore = Field(default=0.0, description="a year, each, after the first round")
    turnover: Share = Field(default=0.0, description="share that leaves and is replaced in a year")
    source: Words | None = Field(default=None, description="where people and hours come from")


class Uncertainty(Part):
    """How far demand may turn out from the plan, as a standard deviation of its logarithm."""

    nation: Annotated[float, Field(ge=0, lt=2)] = 0.13
    territory: Annotated[float, Field(ge=0, lt=2)] = 0.1
    service: Annotated[float, Field(ge=0, lt=2)] = 0.1


class Option(Part):
    """Another way to do it: the same plan with some values changed, each named by its place in the file."""

    name: Words
    changes: dict[str, float | str | None] = Field(description="such as services.helpline.queue.never_alone: 3")


class Plan(Part):
    """A plan file."""

    title: Words
    about: Annotated[str, Field(max_length=4000)] = ""
    language: Annotated[str, StringConstraints(pattern=CODE)] = Field(
        default="en", description="of the words in this file"
    )
    start: Month
    months: Annotated[int, Field(ge=1, le=120)] = 24
    territories: Annotated[dict[Key, Territory], Field(min_length=1, max_length=2000)]
    services: Annotated[dict[Key, Service], Field(min_length=1, max_length=12)]
    referrals: dict[Key, dict[Key, Referral]] = {}
    initiatives: Annotated[dict[Key, Initiative], Field(max_length=20)] = {}
    training: Annotated[dict[Key, Training], Field(max_length=20)] = {}
    money: Money = Money()
    costs: dict[Key, Cost] = {}
    funding: dict[Key, Funding] = {}
    options: Annotated[dict[Key, Option], Field(max_length=6)] = {}
    uncertainty: Uncertainty = Uncertainty()
    seed: Annotated[int, Field(ge=0, lt=2**32)] = 1
    draws: Annotated[int, Field(ge=1, le=5000)] = 500
