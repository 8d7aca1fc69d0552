"""Words of two texts as they are compared, however each text writes them."""

import unicodedata
from functools import lru_cache

# Either apostrophe, hyphens of a line's end, and in Arabic the marks and the forms of Alef.
_ALIKE = {ord("’"): "'", ord("-"): "", 0x640: ""} | dict.fromkeys(map(ord, "أإآ"), "ا")
_ALIKE |= dict.fromkeys([*range(0x610, 0x61B), *range(0x64B, 0x660), 0x670], "")


@lru_cache(maxsize=50_000)
def alike(word: str) -> str:
    """A word as two texts are compared by it.

    >>> [alike(word) for word in ("Follow-up", "It’s", "ﬁrst", "أُخْت")]
    ['followup', "it's", 'first', 'اخت']
    """
    return unicodedata.normalize("NFKC", word).casefold().translate(_ALIKE)
