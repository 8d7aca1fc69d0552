"""Exact seat-hours of many sites, hours and draws of chance, without looking at every cell.

A staffing rule is a table of capacity: `capacity[n]` is the largest load, in erlangs, that `n` agents carry. A draw
of chance scales a whole year of a site. So a year is sorted once, and one search for each draw and number of agents
counts the hours that need more; the totals are integers, the same as of a loop over every cell.
"""

from concerted.maths.portfolio.draws import BLOCK, Chance, Spread
from concerted.maths.portfolio.engines import WorkersLost, in_processes, on_dask
from concerted.maths.portfolio.funds import Cover, FundsRefused, cover
from concerted.maths.portfolio.sites import Sites, SitesRefused
from concerted.maths.portfolio.sorted_year import LoadBeyondTable, agents_for, hours_above
from concerted.maths.portfolio.totals import PartsMissing, Totals, totals

__all__ = [
    "BLOCK",
    "Chance",
    "Cover",
    "FundsRefused",
    "LoadBeyondTable",
    "PartsMissing",
    "Sites",
    "SitesRefused",
    "Spread",
    "Totals",
    "WorkersLost",
    "agents_for",
    "cover",
    "hours_above",
    "in_processes",
    "on_dask",
    "totals",
]
