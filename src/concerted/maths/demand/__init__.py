"""What will be asked for: hours of the week, level and season, what an initiative brings, and sums that add up."""

from concerted.maths.demand.cards import CARDS, EffectCard, card
from concerted.maths.demand.effects import Course, Effect, EffectRefused, multiplied
from concerted.maths.demand.forecast import CountsRefused, Forecast, forecast
from concerted.maths.demand.hours import HOURS, ProfileRefused, hour_profile, weekly_loads
from concerted.maths.demand.launch import Launch, launch_effect
from concerted.maths.demand.pooling import ExposureRefused, Pooled, pooled_rates
from concerted.maths.demand.scores import MeasureRefused, coverage, mape, mase, owa, wape
from concerted.maths.demand.season import Season, season_of
from concerted.maths.demand.sums import SumRefused, reconcile, shared_out

__all__ = [
    "CARDS",
    "HOURS",
    "CountsRefused",
    "Course",
    "Effect",
    "EffectCard",
    "EffectRefused",
    "ExposureRefused",
    "Forecast",
    "Launch",
    "MeasureRefused",
    "Pooled",
    "ProfileRefused",
    "Season",
    "SumRefused",
    "card",
    "coverage",
    "forecast",
    "hour_profile",
    "launch_effect",
    "mape",
    "mase",
    "multiplied",
    "owa",
    "pooled_rates",
    "reconcile",
    "season_of",
    "shared_out",
    "wape",
    "weekly_loads",
]
