"""The rows of the reference table about queues, worked out by our own functions."""

from math import ceil
from typing import Any

import numpy as np

from concerted.maths.queueing import (
    BoundedQueue,
    ErlangA,
    ErlangC,
    agents_needed,
    effective_handle_time,
    erlang_b,
    erlang_c,
    lines_needed,
    load_carried,
    modified_offered_load,
    p_wait_large,
    staffing_table,
)

Rows = dict[str, Any]


def loss() -> Rows:
    """Lines without a queue."""
    return {
        "B01": load_carried(15, 0.01),
        "B02": lines_needed(10, 0.02),
        "B03": lines_needed(158.333, 0.03),
        "B05": erlang_b(132, 123),
        "B10": erlang_b(3, 0.1),
        "B30": lines_needed(5.5, 0.03, redial=0.5),
    }


def waiting() -> Rows:
    """A queue that nobody leaves, as one README prints it."""
    found: Rows = {}
    for agents in (11, 12, 14):
        queue = ErlangC(100 / 1800, 180, agents)
        found |= {f"C{agents}a": queue.p_wait, f"C{agents}b": queue.service_level(20)}
        if agents > 11:
            found[f"C{agents}c"] = queue.mean_wait
    return found


def per_year() -> Rows:
    """A queue that nobody leaves, in other units."""
    per_year, pair = ErlangC(300, 1 / 182.5, 3), ErlangC(9, 1 / 5, 2)
    return {
        "C22": 1 - 0.4244 * np.exp(-(130 - 123) * 20 / 300),
        "C24": 300 * per_year.mean_wait,
        "C25": 300 * (per_year.mean_wait + 1 / 182.5),
        "C32a": 9 * pair.mean_wait,
        "C32b": pair.mean_wait + 1 / 5,
        "C41": erlang_c(2, 0.5),
        "C41s": ErlangC(0.5, 1, 2).service_level(0.05),
        "C45": erlang_c(3, 2.999),
        "C45s": ErlangC(2.999, 1, 3).service_level(0.05),
    }


def impatient() -> Rows:
    """A queue that callers leave."""
    thirteen, fourteen = ErlangA(100 / 30, 3, 5, 13), ErlangA(100 / 30, 3, 5, 14)
    found: Rows = {
        "A02sl_o": thirteen.service_level(20 / 60),
        "A02p_ab": thirteen.p_abandon,
        "A02mean": thirteen.mean_wait,
        "A03p_wa": fourteen.p_wait,
        "A03occu": fourteen.occupancy,
        "A03mean": fourteen.mean_wait,
    }
    for key, queue, threshold in (("A10", ErlangA(48, 1, 2, 50), 1 / 3), ("A14", ErlangA(72 / 60, 20, 8, 20), 0.5)):
        found |= {f"{key}a": queue.p_wait, f"{key}b": queue.p_abandon, f"{key}c": queue.mean_wait}
        found |= {
            f"{key}e": queue.service_level(threshold, "answered"),
            f"{key}f": queue.service_level(threshold, "virtual"),
            f"{key}g": queue.service_level(threshold, "net"),
        }
    for key, queue, threshold in (
        ("A11", ErlangA(0.1, 20, 5, 3), 1.0),
        ("A12", ErlangA(4, 1, 0.5, 3), 0.5),
        ("A13", ErlangA(5, 20, 5, 97), 1.0),
    ):
        found |= {f"{key}b": queue.p_abandon, f"{key}d": queue.service_level(threshold)}
    return found


def limits() -> Rows:
    """What large teams come close to."""
    return {"Q05": p_wait_large(0.5), "Q10": p_wait_large(1), "Q15": p_wait_large(1.5), "Q35": p_wait_large(0, 1)}


def states() -> Rows:
    """Bounded queues, and chats."""
    line = BoundedQueue(40, 1 / 30, 3, 7)
    return {
        "K01": line.p_empty,
        "K02": line.time_in_system,
        "K04": BoundedQueue(3, 1 / 2, 2, 5).p_full,
        "H01": effective_handle_time(600, 3),
    }


def staffing() -> Rows:
    """How many agents, hour by hour and over a week."""
    steadfast = agents_needed(100 / 30, 3, service_level=0.8, threshold=20 / 60, max_occupancy=0.85)
    impatient = agents_needed(
        100 / 30, 3, patience=5, service_level=0.8, threshold=20 / 60, max_occupancy=0.85, max_abandon=0.05
    )
    one_site = agents_needed(0.5 / 20, 20, service_level=0.8, threshold=1)
    week = 0.05 * (np.arange(168) + 1)
    table = staffing_table(60, 20, service_level=0.8, threshold=1, at_least=1)
    day, handle = 6 + 5 * np.sin(2 * np.pi * (np.arange(24) - 9) / 24), 0.75
    return {
        "C20": (steadfast, ceil(steadfast / 0.7)),
        "A01": (impatient, ceil(impatient / 0.7)),
        "G01": (one_site, 100 * one_site),
        "R00": table.agents(week * 0.5).sum(),
        "R03": table.agents(week * 2.5).sum(),
        "T01": agents_needed(day, handle, service_level=0.80, threshold=0).sum(),
        # The load still rises in hour 15, so that its highest value is the one at its end.
        "T05": np.asarray(modified_offered_load(day, handle).peak)[15],
    }
