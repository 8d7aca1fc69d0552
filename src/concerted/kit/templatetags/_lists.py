"""The tags that show long lists; registered in kit.py."""

from functools import lru_cache
from typing import Any

from django.core.paginator import Page
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

from concerted.kit import digits


def _address(context: Context, **changes: Any) -> str:
    request = context.get("request")
    query = request.GET.copy() if request is not None else None
    if query is None:
        return "?" + "&".join(f"{key}={value}" for key, value in changes.items())
    for key, value in changes.items():
        query[key] = str(value)
    return f"?{query.urlencode()}"


def pager(context: Context, page: Page[Any], key: str = "page", part: str = "") -> SafeString | str:
    """Where one is in a long list, and the way to the rest. `key` is the name in the address.

    `part`: the id of the part of the page that holds the list, where much stands above it.
    """
    total = page.paginator.count
    if total <= page.paginator.per_page:
        return ""
    number, place = page.number, f"#{part}" if part else ""
    return _pages(
        page.start_index(),
        page.end_index(),
        total,
        _address(context, **{key: number - 1}) + place if page.has_previous() else "",
        _address(context, **{key: number + 1}) + place if page.has_next() else "",
        get_language(),
    )


@lru_cache(maxsize=512)
def _pages(first: int, last: int, total: int, before: str, after: str, language: str | None) -> SafeString:
    """The same for everybody who stands at the same place of a list; `language` is part of the key."""
    text = ngettext("%(first)s to %(last)s of %(total)s", "%(first)s to %(last)s of %(total)s", total) % {
        "first": digits.number(first),
        "last": digits.number(last),
        "total": digits.number(total),
    }
    back = ahead = mark_safe("")
    if before:
        back = format_html('<a class="act" rel="prev" href="{}">{}</a>', before, gettext("The ones before"))
    if after:
        ahead = format_html('<a class="act" rel="next" href="{}">{}</a>', after, gettext("The next ones"))
    return format_html(
        '<nav class="pager cluster" aria-label="{}"><span class="quiet num">{}</span>{}{}</nav>',
        gettext("Pages of this list"),
        text,
        back,
        ahead,
    )


def sortlink(head: Any) -> SafeString | str:
    """A column's name, as a link that sorts by it when it can be sorted (`head` comes from kit.tables)."""
    if not head.href:
        return str(head.label)
    arrow = {"ascending": "↑", "descending": "↓"}.get(head.sorted, "")
    return format_html(
        '<a href="{}">{}{}</a>',
        head.href,
        head.label,
        format_html(' <span aria-hidden="true">{}</span>', arrow) if arrow else "",
    )
