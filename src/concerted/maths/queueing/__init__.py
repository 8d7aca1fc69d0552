"""Queues of people who need an answer: how long they wait, how many are lost, how many agents that takes.

One unit of time, the caller's, for rates, lengths, patience and thresholds alike. Arrays anywhere a number is allowed.
"""

from .again import first_tries, rate_with_redials
from .chats import TRADE_FACTORS, Chats, PatientChats, effective_handle_time
from .erlang import ErlangA, ErlangC, Overloaded, erlang_c
from .hours import LoadByHour, lagged_load, modified_offered_load, stationary_load
from .limits import p_wait_large, square_root_agents
from .lookup import StaffingTable, staffing_table
from .loss import erlang_b, erlang_b_extended, lines_needed, load_carried, load_with_redials
from .staffing import agents_needed
from .states import BoundedQueue
from .waiting import DEFINITIONS, Definition

__all__ = [
    "DEFINITIONS",
    "TRADE_FACTORS",
    "BoundedQueue",
    "Chats",
    "Definition",
    "ErlangA",
    "ErlangC",
    "LoadByHour",
    "Overloaded",
    "PatientChats",
    "StaffingTable",
    "agents_needed",
    "effective_handle_time",
    "erlang_b",
    "erlang_b_extended",
    "erlang_c",
    "first_tries",
    "lagged_load",
    "lines_needed",
    "load_carried",
    "load_with_redials",
    "modified_offered_load",
    "p_wait_large",
    "rate_with_redials",
    "square_root_agents",
    "staffing_table",
    "stationary_load",
]
