"""The engine: a plan in, everything it will take out. It knows no Django, no clock and no database."""

from concerted.planning.rules.projection.answer import NATIONAL, TOTAL, VERSION, Band, Estimate, Projection, unit_of
from concerted.planning.rules.projection.carries import carried_by_a_post
from concerted.planning.rules.projection.engine import PartsMissing, project
from concerted.planning.rules.projection.headlines import Headlines, ServiceShort, headlines
from concerted.planning.rules.projection.lines import Line
from concerted.planning.rules.projection.measures import MONEY, Measure
from concerted.planning.rules.projection.quantities import quantity
from concerted.planning.rules.projection.reasons import Input, Reason
from concerted.planning.rules.projection.redraw import Answers
from concerted.planning.rules.projection.timeline import Fullness, Placed, placed

__all__ = [
    "MONEY",
    "NATIONAL",
    "TOTAL",
    "VERSION",
    "Answers",
    "Band",
    "Estimate",
    "Fullness",
    "Headlines",
    "Input",
    "Line",
    "Measure",
    "PartsMissing",
    "Placed",
    "Projection",
    "Reason",
    "ServiceShort",
    "carried_by_a_post",
    "headlines",
    "placed",
    "project",
    "quantity",
    "unit_of",
]
