"""What a section is, and the hash that ties translations and answers to its exact wording. Pure."""

import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


class LanguageCode(str):
    """The code of a language that was opened at run time: it also knows which way its words run.

    It goes wherever a code goes, so that whatever is shown in the language is marked rightly without a look at the
    languages.

    >>> code = LanguageCode("ps", right_to_left=True)
    >>> code == "ps", code.right_to_left
    (True, True)
    """

    right_to_left: bool

    def __new__(cls, code: str, *, right_to_left: bool) -> "LanguageCode":
        made = super().__new__(cls, code)
        made.right_to_left = right_to_left
        return made


#: What a form sends instead of a code: read texts in the language of the pages around them.
AS_THE_PAGES = "pages"


@dataclass(frozen=True)
class ReadingLanguage:
    """The language somebody reads texts in, and `interface`, that of the pages around them.

    `chosen`: by her; else the two are the same. `closed`: she chose one that is not open any more, and reads in that
    of the pages.
    """

    code: str
    name: str
    interface: str
    chosen: bool = False
    closed: bool = False


@dataclass(frozen=True)
class LanguageOffered:
    """A language that is open. `here`: something of the text can be read in it."""

    code: LanguageCode
    name: str
    here: bool


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


#: States of a translation that readers are shown.
READABLE = ("reviewed", "tested")
#: States a section can be in, in another language, in the order a queue shows them.
STATES = ("missing", "outdated", "draft", "machine", "reviewed", "tested")


def state_in(source_hash: str, revisions: Iterable[tuple[str, str]]) -> str:
    """The state of a section in a language; `revisions` are (source hash, state), oldest first.

    A draft over something reviewed changes nothing for readers, so the section stays reviewed. What was made for
    another wording counts only as outdated, never as a translation.

    >>> state_in("now", []), state_in("now", [("then", "reviewed")])
    ('missing', 'outdated')
    >>> state_in("now", [("now", "reviewed"), ("now", "draft")]), state_in("now", [("then", "draft")])
    ('reviewed', 'outdated')
    """
    rows = list(revisions)
    current = [state for source, state in rows if source == source_hash]
    readable = [state for state in current if state in READABLE]
    if readable:
        return readable[-1]
    if current:
        return current[-1]
    return "outdated" if rows else "missing"


#: A local slot in the words, its name in a group.
SLOT = re.compile(r"\{([a-z]+(?:\.[a-z-]+)?)\}")
_LINK = re.compile(r"\]\(([^)\s]+)")


def marks_lost(source: str, target: str) -> list[str]:
    """Slots and addresses of links that stand in the source and not, or not as often, in the translation.

    >>> marks_lost("Ask {svc.helpline}. [More](https://example.org)", "Fragen Sie. [Mehr](https://example.org)")
    ['{svc.helpline}']
    """
    return sorted((_marks(source) - _marks(target)).elements())


def _marks(text: str) -> Counter[str]:
    return Counter([*(slot[0] for slot in SLOT.finditer(text)), *_LINK.findall(text)])
