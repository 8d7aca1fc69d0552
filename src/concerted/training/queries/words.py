"""The words of one version in the language she reads, by key, with what holds here put in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from concerted.text import queries as text
from concerted.text.rules import SectionShown
from concerted.training.queries.local import in_place, local_words


class Words(Mapping[str, SectionShown]):
    """Key -> section in the reader's language; the local words of one are put in as it is asked for."""

    def __init__(self, sections: "Sorted", interface: str) -> None:
        self._sections, self._interface, self._local = sections, interface, cache(local_words)

    def __getitem__(self, key: str) -> SectionShown:
        section = self._sections.by_key[key]
        return in_place(section, self._local(), self._interface) if "{" in section.markdown else section

    def __iter__(self) -> Iterator[str]:
        return iter(self._sections.by_key)

    def __len__(self) -> int:
        return len(self._sections.by_key)

    @property
    def missing(self) -> int:
        return self._sections.missing

    @property
    def behind(self) -> int:
        return self._sections.behind


@dataclass(frozen=True)
class Sorted:
    """The sections of a version in a language by key, and how many are not in it."""

    by_key: Mapping[str, SectionShown]
    missing: int
    behind: int


@lru_cache(maxsize=400)
def _sorted(sections: "Same") -> Sorted:
    held = sections.sections
    return Sorted(
        {section.key: section for section in held},
        sum(section.missing for section in held),
        sum(section.behind for section in held),
    )


@dataclass(frozen=True, eq=False)
class Same:
    """Sections told apart by which list they are, not by its words: `read_sections` gives the same one again."""

    sections: Sequence[SectionShown]

    def __hash__(self) -> int:
        return id(self.sections)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.sections is self.sections


def words_in(version: int, reading: text.ReadingLanguage) -> Words:
    """The words of a version of a text in the language she reads. One query in another language than the source; one
    more when a section with a local slot is asked for.
    """
    return Words(_sorted(Same(text.read_sections([version], reading.code)[version])), reading.interface)


def title_of(version: int, language: str) -> str:
    """The title of a version of a text in a language, held apart so that it may stand in words of another direction.

    One query in another language than the source.
    """
    sections = text.read_sections([version], language)[version]
    title = next((section.markdown for section in sections if section.key == "title"), "")
    return f"\u2068{title}\u2069"
