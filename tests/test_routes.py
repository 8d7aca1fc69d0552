"""Every route stands on the access table, and every cell of the table answers over HTTP as it says."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from concerted.kit.access import TABLE, Row


def routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """(full name, pattern) of every route."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            space = f"{entry.namespace}:" if entry.namespace else ""
            yield from routes(entry, prefix + space)
        else:
            yield f"{prefix}{entry.name}", entry


def test_every_route_is_in_the_table() -> None:
    from concerted.accounts.foreign_views import FOREIGN

    missing = []
    for name, pattern in routes():
        access = getattr(pattern.callback, "access", None)
        if access is None and name not in FOREIGN:
            missing.append(name)
        if isinstance(access, tuple):
            line, verb = access
            assert isinstance(line, Row)
            assert TABLE[line.name] is line
            assert any(verb in grant.verbs for grants in line.cells.values() for grant in grants), name
    assert missing == []
