"""What may be told of questions in numbers, worked out of their counters: nobody's answer, and no words yet."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Sum

from concerted.kit.memory import remember
from concerted.kit.prepared import Prepared
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


@dataclass(frozen=True)
class ShareShown:
    """How many in a hundred of some people were right, and how many people at least."""

    people: int
    right: int


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


@dataclass(frozen=True)
class Told:
    """What may be told of a question, without words: names of groups are codes."""

    version: int
    key: str
    share: ShareShown
    goes_along: float | None
    flags: tuple[str, ...]
    idle: tuple[str, ...]
    sectors: tuple[tuple[str, ShareShown], ...]
    languages: tuple[tuple[str, ShareShown], ...]
    later: tuple[tuple[int, ShareShown], ...]


_STATE = Prepared(
    lambda kind, what: (
        ItemCount.objects.filter(what_kind=kind, what=what)
        .order_by()
        .values("what")
        .annotate(rows=Count("pk"), answers=Sum("people"))
        .values_list("rows", "answers")
    ),
    str,
    int,
)


@remember(200)
def _worked_out(kind: str, what: int, rows: int, answers: int) -> tuple[tuple[Told, ...], int]:
    """What may be told, worked out once for a number of answers: every answer that is counted raises it."""
    items = _items(kind, what)
    enough = [_of(item) for item in items if item.of(0)[""].people >= FEWEST_COUNTED]
    return tuple(sorted(enough, key=lambda one: one.share.right)), len(items) - len(enough)


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


def _of(item: _Item) -> Told:
    whole = item.of(0)[""]
    mine = (one for one in text.as_written(item.version).sections if one.kind == "option")
    options = [end for one in mine for key, _dot, end in [one.key.rpartition(".")] if key == item.key]
    wrong = wrong_of(item.kind, item.marking, options)
    flags = flags_of(whole, item.options, wrong)
    told = whole.discrimination if whole.people >= FEWEST_JUDGED else None
    later = {months for months, _language, _sector in item.sums if months}
    return Told(
        version=item.version,
        key=item.key,
        share=_share(whole),
        goes_along=None if told is None else round(told, 1),
        flags=flags,
        idle=tuple(f"{item.key}.{key}" for key in wrong if "idle" in flags and not item.options[key]),
        sectors=_groups(item.of(0, 2)),
        languages=_groups(item.of(0, 1)),
        later=tuple(
            (months, _share(item.of(months)[""]))
            for months in sorted(later)
            if item.of(months)[""].people >= FEWEST_COUNTED
        ),
    )


def _groups(sums: Mapping[str, Sums]) -> tuple[tuple[str, ShareShown], ...]:
    """The groups that may be told apart beside the number of all; none where that leaves one.

    A name of "" is that of people without a post, "*" those of the small groups together.
    """
    shown = told_apart({name: one.people for name, one in sums.items()}, FEWEST_COUNTED, beside_total=True)
    if len(shown) < 2:
        return ()
    return tuple((name, _share(_together(sums, members))) for name, members in shown.items())


def _together(sums: Mapping[str, Sums], members: Iterable[str]) -> Sums:
    whole = Sums()
    for member in members:
        whole += sums[member]
    return whole


def _share(sums: Sums) -> ShareShown:
    return ShareShown(people_shown(sums), share_shown(sums))


def told_of(kind: str, what: int) -> tuple[tuple[Told, ...], int]:
    """The questions of a bank, test or module that enough people answered, hardest first; how many have too few.

    One query, and two more when an answer was counted since.
    """
    state = _STATE.rows(kind, what)
    return _worked_out(kind, what, *state[0]) if state else ((), 0)
