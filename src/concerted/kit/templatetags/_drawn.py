"""Static files and drawings, kept ready-made because a table shows hundreds of them; registered in kit.py."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.signals import setting_changed
from django.templatetags.static import static
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

#: Drawn towards the end of the line, so turned round where lines run from the right.
_TURNED = frozenset({"go", "out", "mark"})


@lru_cache(maxsize=256)
def _asset(path: str) -> str:
    try:
        return static(path)
    except ValueError:  # not collected yet: a page without its hash beats an error page that fails itself
        return f"{settings.STATIC_URL}{path}"


def asset(path: str) -> str:
    """Address of a static file; falls back to the plain address where the manifest does not know it."""
    return _asset(path)


@lru_cache(maxsize=256)
def _icon(name: str, label: str) -> SafeString:
    return format_html(
        '<svg class="i{}"{}><use href="{}#{}"/></svg>',
        " turn" if name in _TURNED else "",
        mark_safe(f' role="img" aria-label="{label}"') if label else mark_safe(' aria-hidden="true"'),
        _asset("kit/icons.svg"),
        name,
    )


def _forget(**kwargs: Any) -> None:
    _asset.cache_clear()
    _icon.cache_clear()


setting_changed.connect(_forget)


def icon(name: str, label: str = "") -> SafeString:
    """A drawing beside a word. Give `label` only where no word stands beside it."""
    # Escaped before it is cached: a text marked safe equals the same text that is not.
    return _icon(name, escape(label) if label else "")
