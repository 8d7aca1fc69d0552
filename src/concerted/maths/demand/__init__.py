"""What will be asked for: hours of the week, level and season, what an initiative brings, and sums that add up."""

from concerted.maths.demand.forecast import CountsRefused, Forecast, forecast
from concerted.maths.demand.scores import MeasureRefused, coverage, mape, mase, wape
from concerted.maths.demand.season import Season, season_of

__all__ = [
    "CountsRefused",
    "Forecast",
    "MeasureRefused",
    "Season",
    "coverage",
    "forecast",
    "mape",
    "mase",
    "season_of",
    "wape",
]
