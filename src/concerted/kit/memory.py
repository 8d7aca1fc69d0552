"""What never changes is read once a process: the rows of an immutable version, under its id.

Only for reads of what was committed before; a process that dies forgets, and nothing has to be told to another.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

_F = TypeVar("_F", bound=Callable[..., Any])
_kept: list[Any] = []


def remember(most: int) -> Callable[[_F], _F]:
    """Keep the answers of a function of ids of immutable rows, the `most` used lately."""

    def decorate(function: _F) -> _F:
        kept = lru_cache(maxsize=most)(function)
        _kept.append(kept)
        return kept  # type: ignore[return-value]

    return decorate


def forget_everything() -> None:
    """For tests, whose databases begin anew and use the same ids again."""
    for kept in _kept:
        kept.cache_clear()
