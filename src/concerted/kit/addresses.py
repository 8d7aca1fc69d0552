"""Addresses that never differ: those of routes without arguments, worked out once a process."""

from functools import lru_cache
from typing import Any

from django.core.signals import setting_changed
from django.urls import reverse


@lru_cache(maxsize=256)
def fixed(name: str) -> str:
    """What `reverse(name)` gives, for a route without arguments."""
    return reverse(name)


def _forget(**kwargs: Any) -> None:
    fixed.cache_clear()


setting_changed.connect(_forget)
