"""Who must know when positions change: rooms above add a function here in their AppConfig.ready.

A plain list instead of signals: it is called in the transaction of the change, in order, and can be read at a glance.
"""

from collections.abc import Callable, Iterable

positions_changed: list[Callable[[Iterable[int]], None]] = []


def tell_positions_changed(position_ids: Iterable[int]) -> None:
    """Tell every listener, in the caller's transaction."""
    ids = list(position_ids)
    if ids:
        for listener in positions_changed:
            listener(ids)
