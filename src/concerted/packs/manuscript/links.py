"""Which addresses of a document's links are kept: those a reader can open anywhere."""

from urllib.parse import quote, urlsplit

_KEPT = {"http", "https", "mailto", "tel"}


def kept(href: str) -> str:
    """The address, safe to stand in Markdown; empty for places inside the document, files of a desk, and scripts.

    >>> kept("https://example.org/a b"), kept("javascript:alert(1)"), kept("#part")
    ('https://example.org/a%20b', '', '')
    """
    try:
        scheme = urlsplit(href.strip()).scheme.lower()
    except ValueError:
        return ""
    return quote(href.strip(), safe="%/:?#@!$&'*+,;=~[]") if scheme in _KEPT else ""
