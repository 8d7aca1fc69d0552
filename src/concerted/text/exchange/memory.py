"""When words of a translation memory are words of ours: compared by the hash of what a reader sees, without marks."""

import hashlib
import unicodedata
from collections.abc import Iterator

from concerted.text.exchange.codes import runs_of
from concerted.text.exchange.parts import blocks_of


def plain_hash(text: str) -> str:
    """SHA-256 of the words of `text`, without inline marks and slots and whatever its blanks are.

    Tools of another trade write bold otherwise or not at all, and break lines where they like.

    >>> plain_hash("Ask **her**\\nfirst") == plain_hash("Ask her first ")
    True
    """
    words = "".join(run for run in runs_of(text) if isinstance(run, str))
    return hashlib.sha256(" ".join(unicodedata.normalize("NFC", words).split()).encode()).hexdigest()


def sources_of(title: str, markdown: str) -> Iterator[str]:
    """What of a section a memory may hold: its title, its blocks, and all blocks in one."""
    blocks = blocks_of(markdown)
    whole = [markdown] if len(blocks) > 1 else []
    return (words for words in (title, *blocks, *whole) if words.strip())


def language_among(code: str, known: dict[str, str]) -> str:
    """The one of `known` (in small letters -> as written) that `code` means, or nothing.

    Tools write `FR` and `fr-CA` where we have `fr`: a region is given up where we have none, a script never is.

    >>> language_among("FR-ca", {"fr": "fr"}), language_among("sr-Latn", {"sr": "sr"})
    ('fr', '')
    """
    code = code.lower()
    bare, _dash, region = code.partition("-")
    is_region = len(region) == 2 or (len(region) == 3 and region.isdigit())
    return known.get(code) or (known.get(bare, "") if is_region else "")
