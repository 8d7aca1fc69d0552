"""What is written into local slots, and where they stand."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Aggregate, Count, F, Max, Subquery, Value

from concerted.kit.memory import remember
from concerted.kit.prepared import Prepared
from concerted.text.models import Section
from concerted.text.rules import SectionShown
from concerted.training.models import LocalWords
from concerted.training.rules import StepShown
from concerted.training.slots import KNOWN, SLOT

#: The number of rows and the id of the last.
Stamp = tuple[int, int]
#: Rows are only ever added, so their number and the last of them say whether anything is new. The number is needed
#: too: where two write at once the smaller id may become visible last.
_STAMP = Prepared(lambda: _all_of(n=Count("id"), last=Max("id")).values_list("n", "last"))


def _all_of(**asked: Aggregate) -> Any:
    """One row for all local words, or none while there are none."""
    return LocalWords.objects.order_by().annotate(all=Value(1)).values("all").annotate(**asked)


def stamped() -> dict[str, Subquery]:
    """The stamp as two columns for a query that is made anyway; for `step_in_place`."""
    return {
        "local_n": Subquery(_all_of(n=Count("id")).values("n")),
        "local_last": Subquery(_all_of(last=Max("id")).values("last")),
    }


@remember(4)
def _held(number: int, last: int) -> dict[tuple[str, str], str]:
    """(slot, language) -> the words that hold."""
    rows = LocalWords.objects.order_by("id").values_list("slot", "language", "markdown")
    return {(slot, language): words for slot, language, words in rows}


def local_words(stamp: Stamp | None = None) -> dict[tuple[str, str], str]:
    """(slot, language) -> words, empty ones left out. One short query, or none where the stamp is at hand."""
    number, last = stamp or next(iter(_STAMP.rows()), (0, 0))
    return {key: words for key, words in _held(number, last).items() if words} if number else {}


def in_place(section: SectionShown, words: dict[tuple[str, str], str], interface: str = "") -> SectionShown:
    """The section with every slot that is filled here replaced: in the language of its words, else in that of the
    pages around it, else in another.
    """
    if "{" not in section.markdown:
        return section

    def put(slot: str) -> str:
        held = words.get((slot, section.language)) or words.get((slot, interface))
        return held or next((said for (name, _language), said in words.items() if name == slot), "{" + slot + "}")

    return replace(section, markdown=SLOT.sub(lambda match: put(match.group(1)), section.markdown))


def step_in_place(step: StepShown, interface: str, stamp: Stamp) -> StepShown:
    """A step with the local words in it; `interface` as for `in_place`."""
    mine = (*step.content, *step.choices, *step.replies, *step.feedback.values(), *filter(None, [step.question]))
    if not any("{" in section.markdown for section in mine):
        return step
    words = local_words(stamp)
    if not words:
        return step
    return replace(
        step,
        content=tuple(in_place(section, words, interface) for section in step.content),
        question=in_place(step.question, words, interface) if step.question else None,
        choices=tuple(in_place(section, words, interface) for section in step.choices),
        replies=tuple(in_place(section, words, interface) for section in step.replies),
        feedback={key: in_place(section, words, interface) for key, section in step.feedback.items()},
    )


def help_for_staff(language: str, interface: str) -> SectionShown:
    """Where staff find help for themselves: what holds here, else its safe default. One query."""
    slot = SectionShown("help", "text", "", "{svc.staff-help}", {}, "", language)
    return in_place(slot, local_words(), interface)


@dataclass(frozen=True)
class SlotLine:
    """A slot, how often it stands in published lessons, in which languages it is filled, and whether the text around
    it has changed since.
    """

    slot: str
    what: str
    uses: int
    languages: tuple[str, ...]
    moved: bool


def _uses() -> dict[str, list[tuple[str, str]]]:
    """Slot -> (section key, hash) of every published section it stands in. One query."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    held = Section.objects.filter(
        version=F("version__document__published"),
        version__document__room__in=("training", "practice"),
        markdown__contains="{",
    )
    for key, digest, markdown in held.order_by("hash", "key").values_list("key", "hash", "markdown"):
        for slot in set(SLOT.findall(markdown)):
            found[slot].append((key, digest))
    return found


def around_of(slot: str, uses: dict[str, list[tuple[str, str]]] | None = None) -> str:
    """The hash of all published wordings a slot stands in."""
    held = (_uses() if uses is None else uses).get(slot, [])
    return hashlib.sha256("\n".join(sorted(digest for _key, digest in held)).encode()).hexdigest()


def slot_lines() -> list[SlotLine]:
    """Every slot, those that stand in most places first. Two queries."""
    uses = _uses()
    latest: dict[tuple[str, str], LocalWords] = {}
    for row in LocalWords.objects.order_by("id"):
        latest[row.slot, row.language] = row
    lines = []
    for slot in [*KNOWN, *sorted(set(uses) - set(KNOWN))]:
        filled = [row for (name, _language), row in latest.items() if name == slot and row.markdown]
        now = around_of(slot, uses)
        lines.append(
            SlotLine(
                slot,
                str(KNOWN.get(slot, slot)),
                len(uses.get(slot, [])),
                tuple(sorted(row.language for row in filled)),
                any(row.around != now for row in filled),
            )
        )
    return sorted(lines, key=lambda line: -line.uses)


def held_in(slot: str) -> dict[str, LocalWords]:
    """Language -> what holds in a slot. One query."""
    return {row.language: row for row in LocalWords.objects.filter(slot=slot).order_by("id")}
