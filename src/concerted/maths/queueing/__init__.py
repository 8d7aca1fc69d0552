"""Queues of people who need an answer: how long they wait, how many are lost, how many agents that takes.

One unit of time, the caller's, for rates, lengths, patience and thresholds alike. Arrays anywhere a number is allowed.
"""

from .loss import erlang_b, erlang_b_extended, lines_needed, load_carried, load_with_redials

__all__ = ["erlang_b", "erlang_b_extended", "lines_needed", "load_carried", "load_with_redials"]
