"""Charts drawn on the server, each twice: 720 wide for a desk, 340 for a phone. Shrunken text is unread text.

A chart says its finding as a heading, labels its series directly, starts counts at zero, and carries its own table.
`{{ chart.figure }}`
"""

from concerted.kit.charts.fan import Month, fan
from concerted.kit.charts.figure import Chart, Drawing, Tone
from concerted.kit.charts.hours import hours_of_week
from concerted.kit.charts.lying import Bar, Series, bars, stacked
from concerted.kit.charts.spans import Span, Stop, spans
from concerted.kit.charts.weeks import Week, dots_by_week

__all__ = [
    "Bar",
    "Chart",
    "Drawing",
    "Month",
    "Series",
    "Span",
    "Stop",
    "Tone",
    "Week",
    "bars",
    "dots_by_week",
    "fan",
    "hours_of_week",
    "spans",
    "stacked",
]
