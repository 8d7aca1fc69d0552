import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _no_limit_left_over() -> None:
    """Limits are counted in the cache, which outlives a test."""
    cache.clear()
