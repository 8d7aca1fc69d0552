"""What answers tell about the questions of a bank, a test or a module: numbers of people, never a person."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from concerted.maths.apart import told_apart
from concerted.practice.models import ItemCount, OptionCount
from concerted.practice.rules import (
    FEWEST_COUNTED,
    FEWEST_JUDGED,
    Sums,
    flags_of,
    people_shown,
    share_shown,
    wrong_of,
)
from concerted.text import queries as text
from concerted.text.models import ContentLanguage
from concerted.text.rules import SectionShown
from concerted.training.queries.parting import sector_names


@dataclass(frozen=True)
class ShareShown:
    """How many in a hundred of some people were right, and how many people at least."""

    people: int
    right: int


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


@dataclass
class _Item:
    """One wording of a question in every version of its text that has it, while its rows are added up."""

    version: int
    key: str
    kind: str
    marking: Mapping[str, Any]
    sums: dict[tuple[int, str, str], Sums] = field(default_factory=lambda: defaultdict(Sums))
    options: Counter[str] = field(default_factory=Counter)

    def of(self, months: int, place: int | None = None) -> dict[str, Sums]:
        """The sums by language (1) or sector (2); under "" those of all where no place is given."""
        found: dict[str, Sums] = defaultdict(Sums)
        for where, sums in self.sums.items():
            if where[0] == months:
                found[str(where[place]) if place else ""] += sums
        return found


_SUMS = ("people", "right", "rest", "rest_squared", "rest_right")
_QUESTION = (
    "question_id",
    "question__question_id",
    "question__version_id",
    "question__question__key",
    "question__kind",
    "question__marking",
)


def items_shown(kind: str, what: int, language: str) -> tuple[list[ItemShown], int]:
    """The questions of a bank, test or module that enough people have answered, hardest first; how many have too few.

    Six queries at most, however many answers there are; each version of a text that a process reads first costs one.
    """
    items = _items(kind, what)
    enough = [item for item in items if item.of(0)[""].people >= FEWEST_COUNTED]
    if not enough:
        return [], len(items)
    words = text.read_sections({item.version for item in enough}, language)
    by_key = {version: {section.key: section for section in held} for version, held in words.items()}
    sectors, languages = dict(sector_names()), dict(ContentLanguage.objects.values_list("code", "name"))
    shown = [_shown(item, by_key[item.version], sectors, languages) for item in enough]
    return sorted(shown, key=lambda one: one.share.right), len(items) - len(enough)


def _items(kind: str, what: int) -> list[_Item]:
    """Every wording of every question that was counted. Two queries."""
    where = {"what_kind": kind, "what": what}
    rows = ItemCount.objects.filter(**where).order_by("-question__version_id")
    items: dict[Any, _Item] = {}
    held: dict[int, _Item] = {}
    for number, question, version, key, of, marking, months, language, sector, *sums in rows.values_list(
        *_QUESTION, "months", "language", "sector", *_SUMS
    ):
        if number not in held:
            # Two units of a module may each have a q1.
            wording = question, *_wording(version, key, of, marking)
            held[number] = items.setdefault(wording, _Item(version, key, of, marking))
        held[number].sums[months, language, sector] += Sums(*sums)
    chosen = OptionCount.objects.filter(**where, question__in=list(held)).order_by()
    for number, option, people in chosen.values_list("question_id", "option", "people"):
        held[number].options[option] += people
    return list(items.values())


def _wording(version: int, key: str, kind: str, marking: Mapping[str, Any]) -> tuple[Any, ...]:
    """What makes two versions of a question the same one: its words, its options and what is right."""
    mine = [one for one in text.as_written(version).sections if one.key == key or one.key.startswith(f"{key}.")]
    return kind, repr(sorted(marking.items())), tuple((one.key, one.hash) for one in mine)


def _shown(
    item: _Item, words: Mapping[str, SectionShown], sectors: Mapping[str, str], languages: Mapping[str, str]
) -> ItemShown:
    whole = item.of(0)[""]
    options = [key.rpartition(".")[2] for key in words if key.startswith(f"{item.key}.") and key.count(".") == 1]
    options = [key for key in options if words[f"{item.key}.{key}"].kind == "option"]
    wrong = wrong_of(item.kind, item.marking, options)
    flags = flags_of(whole, item.options, wrong)
    told = whole.discrimination if whole.people >= FEWEST_JUDGED else None
    later = {months for months, _language, _sector in item.sums if months}
    return ItemShown(
        stem=words[item.key],
        share=_share(whole),
        goes_along=None if told is None else round(told, 1),
        flags=flags,
        idle=tuple(words[f"{item.key}.{key}"] for key in wrong if "idle" in flags and not item.options[key]),
        sectors=_groups(item.of(0, 2), sectors),
        languages=_groups(item.of(0, 1), languages),
        later=tuple(
            (months, _share(item.of(months)[""]))
            for months in sorted(later)
            if item.of(months)[""].people >= FEWEST_COUNTED
        ),
        part=words.get("title"),
    )


def _groups(sums: Mapping[str, Sums], names: Mapping[str, str]) -> tuple[tuple[str, ShareShown], ...]:
    """The groups that may be told apart beside the number of all; none where that leaves one.

    A name of "" is that of people without a post, "*" those of the small groups together.
    """
    shown = told_apart({name: one.people for name, one in sums.items()}, FEWEST_COUNTED, beside_total=True)
    if len(shown) < 2:
        return ()
    return tuple((names.get(name, name), _share(_together(sums, members))) for name, members in shown.items())


def _together(sums: Mapping[str, Sums], members: Iterable[str]) -> Sums:
    whole = Sums()
    for member in members:
        whole += sums[member]
    return whole


def _share(sums: Sums) -> ShareShown:
    return ShareShown(people_shown(sums), share_shown(sums))
