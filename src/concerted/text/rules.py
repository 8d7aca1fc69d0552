"""What a section is, and the hash that ties translations and answers to its exact wording. Pure."""

import hashlib
import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class SectionText:
    """One section as it is written: a key that never changes, its kind, title, Markdown, and what is not words."""

    key: str
    markdown: str = ""
    kind: str = "text"
    title: str = ""
    data: dict[str, Any] = field(default_factory=dict, hash=False)


def normal(text: str) -> str:
    """The same words in the same bytes: NFC, line feeds, no blanks at the ends.

    >>> normal("e\\u0301 \\r\\nb\\n")
    'é\\nb'
    """
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def hash_of(section: SectionText) -> str:
    """SHA-256 of a section's kind, title, words and data; equal for equal meaning, whatever the editor did to blanks.

    >>> hash_of(SectionText("a", "One ")) == hash_of(SectionText("b", "One\\n"))
    True
    """
    facts = [section.kind, normal(section.title), normal(section.markdown), section.data]
    text = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def version_hash(sections: Iterable[SectionText]) -> str:
    """SHA-256 over the keys and hashes of a version's sections, in their order."""
    text = "\n".join(f"{section.key} {hash_of(section)}" for section in sections)
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class SectionShown:
    """A section as a reader gets it: in her language where a reviewed translation of this very wording exists.

    `behind`: there is a translation, but of an older wording. `missing`: there is none. In both cases the source is
    shown.
    """

    key: str
    kind: str
    title: str
    markdown: str
    data: dict[str, Any] = field(hash=False)
    hash: str
    language: str
    behind: bool = False
    missing: bool = False
