"""Keys and codes out of headings: the same heading gives the same key, wherever it moves in its unit."""

import hashlib
import re
import unicodedata

KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
KEY_MOST = 40
_WRITTEN = re.compile(r"\s*\{#([^{}\s]*)\}$")
#: What the head of a unit holds under these names.
RESERVED = re.compile(r"title|note|summary|head|aim-\d+")


def split_key(heading: str) -> tuple[str, str | None]:
    """A heading, and the key its author wrote at its end.

    >>> split_key("Why a list {#why}"), split_key("Why")
    (('Why a list', 'why'), ('Why', None))
    """
    match = _WRITTEN.search(heading)
    return (heading[: match.start()], match[1]) if match else (heading, None)


def key_of(words: str) -> str:
    """A key out of words; out of a hash of them where they have no Latin letter.

    >>> key_of("Évaluer le danger: 7 signes"), key_of("لماذا")
    ('evaluer-le-danger-7-signes', 'h-7026a953')
    """
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    key = re.sub(r"[^a-z0-9]+", "-", plain)[:KEY_MOST].strip("-")
    if key:
        return key
    return f"h-{hashlib.sha256(unicodedata.normalize('NFC', words).encode()).hexdigest()[:8]}"


def unlike(key: str, taken: set[str]) -> str:
    """The key, with a number where it is taken already.

    >>> unlike("why", {"why", "why-2"})
    'why-3'
    """
    number = 2
    found = key
    while found in taken or RESERVED.fullmatch(found):
        found, number = f"{key}-{number}", number + 1
    return found
