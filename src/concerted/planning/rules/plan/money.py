"""Money in a plan file: one currency of one year, costs with their source, funds with their end."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from concerted.planning.rules.plan.part import CURRENCY, Amount, Key, Month, Part, Words

Currency = Annotated[str, StringConstraints(pattern=CURRENCY)]
Year = Annotated[int, Field(ge=1990, le=2100)]


class Money(Part):
    """What all sums are in."""

    currency: Currency = "USD"
    year: Year = 2026


class Cost(Part):
    """A unit cost. `post` and `place` are for a year; `month` is paid each month, whatever is done."""

    name: Words
    amount: Amount
    per: Literal["post", "contact", "case", "place", "training_hour", "supervision_hour", "month", "once"]
    of: Key | None = Field(default=None, description="the service it is for; left out, all that have such a thing")
    territory: Key | None = Field(
        default=None, description="who pays what is paid once or monthly; left out, the nation"
    )
    each_territory: bool = Field(default=False, description="paid once or monthly by every territory")
    when: Month | None = Field(default=None, description="of what is paid once; left out, the first month")
    since: Month | None = Field(default=None, description="first month of what is paid monthly")
    currency: Currency | None = None
    year: Year | None = None
    source: Words


class Funding(Part):
    """Money that is promised, and until when."""

    name: Words
    a_year: Amount
    to: Key | Literal["everybody", "nation"] = Field(
        default="nation",
        description="a territory, `nation` for services run as one, or `everybody` by number of people",
    )
    since: Month | None = None
    ends: Month | None = Field(default=None, description="last month it is paid; left out, beyond the plan")
    currency: Currency | None = None
    year: Year | None = None
