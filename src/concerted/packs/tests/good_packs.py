"""A pack without a finding of quality, and how tests change it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from concerted.packs.tests.bad_packs import SOUND, U

Write = Callable[[dict[str, Any]], Path]
#: (rule, path, line)
Found = list[tuple[str, str, int]]
Review = Callable[..., Found]

#: The sound unit with a content note.
GOOD = SOUND[U].replace("minutes: 10\n", "minutes: 10\nnote: About asking. Skip it if you wish.\n")
#: The line of its only paragraph.
PARAGRAPH = 13
_WORDS = "Ask first. The number here: {svc.emergency}"


def good(old: str, new: str) -> str:
    """The good unit with some words changed."""
    assert old in GOOD, old
    return GOOD.replace(old, new)


def saying(words: str) -> str:
    """The good unit with other words in its only paragraph, the slot kept."""
    return good(_WORDS, f"{words}\n\n{_WORDS}")
