"""Published effects of initiatives, each with where it was seen and why it may not hold elsewhere."""

from dataclasses import dataclass

from concerted.maths.demand.effects import Effect, EffectRefused
from concerted.maths.said import Listed, said


@dataclass(frozen=True)
class EffectCard:
    """An effect as published. `interval` says whose it is: the source's own 95 %, or a range that we assume because the
    source prints none; `multiplies` names what is multiplied.
    """

    key: str
    initiative: str
    multiplies: str
    effect: Effect
    interval: str
    setting: str
    source: str
    doubts: str

    def __post_init__(self) -> None:
        for name in ("source", "setting", "doubts"):
            if not getattr(self, name).strip():
                raise EffectRefused(
                    said(
                        "The effect “%(key)s” names no %(name)s. Say it, or do not plan with it.",
                        key=self.key,
                        name=name,
                    )
                )


PUBLISHED, ASSUMED = "published, 95 %", "assumed: from no effect to twice the increase"

CARDS = (
    EffectCard(
        "pathway_with_advocate",
        "Training, a prompt in the record, and a named advocate to refer to",
        "referrals from the trained services to the advocate",
        Effect(30.24, 20.55, 44.77),
        PUBLISHED,
        "IRIS, 144 general practices in four boroughs",
        "BMC Medicine 2020 (PMC7057596)",
        "There were almost no referrals before, so the ratio explodes: plan with referrals for each trained site. "
        "Needs the advocate: training alone is another card.",
    ),
    EffectCard(
        "training_alone",
        "An information session, without an advocate to refer to",
        "referrals from the trained services",
        Effect(0.95, 0.13, 6.84),
        PUBLISHED,
        "The one borough of the IRIS study that had only a session",
        "BMC Medicine 2020 (PMC7057596)",
        "One borough; the interval holds anything from a seventh to seven times.",
    ),
    EffectCard(
        "advocate_withdrawn",
        "The advocate is away for six months",
        "referrals from the trained services to the advocate",
        Effect(0.30, 0.13, 0.77),
        PUBLISHED,
        "IRIS, one borough whose service was disrupted",
        "BMC Health Services Research 2020 (s12913-020-05397-x)",
        "One borough. Printed as a fall of 70 % (23 to 87).",
    ),
    EffectCard(
        "first_response_model",
        "A first line answers and hands on",
        "calls",
        Effect(1.30, 1.0, 1.69),
        ASSUMED,
        "1800RESPECT, Australia, December 2016 to January 2017, against a year before",
        "1800RESPECT press release, February 2017",
        "A press release, two months, no comparison group. Answered calls rose fivefold, far more than calls.",
    ),
    EffectCard(
        "short_number",
        "A national three-digit number with a campaign",
        "calls",
        Effect(1.45, 1.0, 2.1025),
        ASSUMED,
        "988, United States, first 100 days, against a year before",
        "Rave Mobile Safety, October 2022, citing HHS",
        "A line for suicide and crisis, not for violence; growth of the years before is in it.",
    ),
    EffectCard(
        "lockdown",
        "People are told to stay at home",
        "contacts a month",
        Effect(1.61, 1.0, 2.5921),
        ASSUMED,
        "Refuge, United Kingdom, April 2020 to February 2021, against January to March 2020",
        "Refuge Service Review 2020/21",
        "Not an initiative but a shock, for testing a plan.",
    ),
)


def card(key: str) -> EffectCard:
    """The card with this key.

    >>> card("short_number").effect.ratio
    1.45
    """
    for one in CARDS:
        if one.key == key:
            return one
    raise EffectRefused(
        said(
            "There is no effect “%(key)s”. Take one of: %(known)s; or give your own with its source.",
            key=key,
            known=Listed(tuple(one.key for one in CARDS)),
        )
    )
