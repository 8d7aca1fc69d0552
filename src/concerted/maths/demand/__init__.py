"""What will be asked for: hours of the week, level and season, what an initiative brings, and sums that add up."""

from concerted.maths.demand.forecast import CountsRefused, Forecast, forecast
from concerted.maths.demand.hours import HOURS, ProfileRefused, hour_profile, weekly_loads
from concerted.maths.demand.pooling import ExposureRefused, Pooled, pooled_rates
from concerted.maths.demand.scores import MeasureRefused, coverage, mape, mase, wape
from concerted.maths.demand.season import Season, season_of
from concerted.maths.demand.sums import SumRefused, reconcile, shared_out

__all__ = [
    "HOURS",
    "CountsRefused",
    "ExposureRefused",
    "Forecast",
    "MeasureRefused",
    "Pooled",
    "ProfileRefused",
    "Season",
    "SumRefused",
    "coverage",
    "forecast",
    "hour_profile",
    "mape",
    "mase",
    "pooled_rates",
    "reconcile",
    "season_of",
    "shared_out",
    "wape",
    "weekly_loads",
]
