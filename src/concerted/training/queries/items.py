"""What answers tell about the questions of a bank, a test or a module: numbers of people, never a person."""

from collections.abc import Mapping
from dataclasses import dataclass

from concerted.kit.prepared import Prepared
from concerted.text import queries as text
from concerted.text.models import ContentLanguage
from concerted.text.rules import SectionShown
from concerted.training.queries.item_numbers import ShareShown, Told, told_of
from concerted.training.queries.parting import sector_names

_LANGUAGES = Prepared(lambda: ContentLanguage.objects.order_by().values_list("code", "name"))


@dataclass(frozen=True)
class ItemShown:
    """A question with its numbers. `groups` and `later`: what they are of -> their share.

    `groups` are sectors and languages, named for the reader; `later` months after having passed. `goes_along`: how far
    it goes with the rest of the paper, None where too few have answered to say. `part`: the title of the bank, or
    of the unit it is asked in.
    """

    stem: SectionShown
    share: ShareShown
    goes_along: float | None
    flags: tuple[str, ...]
    idle: tuple[SectionShown, ...] = ()
    sectors: tuple[tuple[str, ShareShown], ...] = ()
    languages: tuple[tuple[str, ShareShown], ...] = ()
    later: tuple[tuple[int, ShareShown], ...] = ()
    part: SectionShown | None = None


def items_shown(kind: str, what: int, language: str) -> tuple[tuple[ItemShown, ...], int]:
    """The questions of a bank, test or module that enough people have answered, hardest first; how many have too few.

    Six queries at most, however many answers there are; each version of a text that a process reads first costs one.
    """
    told, too_few = told_of(kind, what)
    if not told:
        return (), too_few
    words = text.read_sections({item.version for item in told}, language)
    by_key = {version: {section.key: section for section in held} for version, held in words.items()}
    sectors, languages = dict(sector_names()), dict(_LANGUAGES.rows())
    return tuple(_in_words(item, by_key[item.version], sectors, languages) for item in told), too_few


def _in_words(
    item: Told, words: Mapping[str, SectionShown], sectors: Mapping[str, str], languages: Mapping[str, str]
) -> ItemShown:
    return ItemShown(
        stem=words[item.key],
        share=item.share,
        goes_along=item.goes_along,
        flags=item.flags,
        idle=tuple(words[key] for key in item.idle),
        sectors=tuple((sectors.get(code, code), share) for code, share in item.sectors),
        languages=tuple((languages.get(code, code), share) for code, share in item.languages),
        later=item.later,
        part=words.get("title"),
    )
