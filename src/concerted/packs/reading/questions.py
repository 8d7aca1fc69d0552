"""A question's lines into its words and its marking; see docs/pack-format.md."""

from typing import Any

from django.utils.translation import gettext as _

from concerted.packs.reading.faults import Faults
from concerted.packs.reading.parts import Part, check_feedback, check_verdicts, listed, split_question, verdict_sections
from concerted.packs.reading.pictures import picture_of
from concerted.packs.reading.sections import Block
from concerted.packs.reading.typed import number_expected, short_expected
from concerted.practice.rules import REFLECTION, QuestionText
from concerted.text.rules import SectionText

LETTERS = "abcdef"
#: Replies get letters of their own, so that the page does not give the pairs away.
_REPLIES = "uvwxyz"
FEWEST, MOST = 2, 6

Made = tuple[list[SectionText], dict[str, Any]]


def read_question(block: Block, faults: Faults) -> tuple[list[SectionText], QuestionText]:
    """The sections of a question (itself, its options, its feedback) and how it is marked."""
    stem, parts, verdicts = split_question(block, faults)
    if not stem:
        faults.add(block.line, _("The question asks nothing."), _("Write the situation and what is asked."))
    sections, marking = _made(block, parts, verdicts, faults)
    facts: dict[str, Any] = {"kind": block.kind}
    if block.kind == "hotspot":
        facts |= picture_of(block, parts, faults)
    if block.kind == "numeric":
        # Another number is another question, even where no word changes: it needs a version of its own.
        facts["number"] = [marking["value"], marking["tolerance"], marking["slips"]]
    asked = SectionText(block.key, stem, "question", block.title, facts)
    tags, rests_on = listed(block, "tags", faults), listed(block, "rests", faults)
    question = QuestionText(block.key, block.kind, _aim(block, faults), marking, tags, rests_on)
    return [asked, *sections], question


def _made(block: Block, parts: list[Part], verdicts: dict[str, Part], faults: Faults) -> Made:
    """The sections below a question, and its marking."""
    if block.kind == "short":
        return short_expected(block, parts, verdicts, faults)
    if block.kind == REFLECTION:
        return verdict_sections(block, verdicts), {}
    if block.kind == "numeric":
        return number_expected(block, parts, verdicts, faults)
    if not FEWEST <= len(parts) <= MOST:
        faults.add(
            block.line,
            _("The question has %(count)s options.") % {"count": len(parts)},
            _("Give it %(fewest)s to %(most)s.") % {"fewest": FEWEST, "most": MOST},
        )
    keyed = dict(zip(LETTERS, parts, strict=False))
    if block.kind in ("single", "multiple", "hotspot"):
        return _chosen(block, keyed, faults)
    return _arranged(block, keyed, verdicts, faults)


def _aim(block: Block, faults: Faults) -> int:
    aim = block.facts.get("aim", "")
    if not aim and block.kind == REFLECTION:
        return 0
    if not aim.isdecimal() or len(aim) > 9:
        faults.add(block.line, _("The question does not say which aim it asks."), _("Write aim=1 in the braces."))
        return 0
    return int(aim)


def _chosen(block: Block, keyed: dict[str, Part], faults: Faults) -> Made:
    right = [key for key, part in keyed.items() if part.right]
    if block.kind != "multiple" and len(right) != 1:
        faults.add(
            block.line,
            _("%(count)s options are marked as right.") % {"count": len(right)},
            _("Mark exactly one with (x)."),
        )
    if block.kind == "multiple" and not right:
        faults.add(block.line, _("No option is marked as right."), _("Mark at least one with [x]."))
    sections = []
    for key, part in keyed.items():
        check_feedback(part, faults, tagged=not part.right)
        area = {"area": list(part.area)} if part.area else {}
        sections.append(SectionText(f"{block.key}.{key}", part.words, "option", data=area))
        sections.append(SectionText(f"{block.key}.{key}.why", part.feedback, "feedback"))
    tags = {key: part.tag for key, part in keyed.items() if not part.right and part.tag}
    return sections, {"right": right if block.kind == "multiple" else (right or [""])[0], "tags": tags}


def _arranged(block: Block, keyed: dict[str, Part], verdicts: dict[str, Part], faults: Faults) -> Made:
    tag = check_verdicts(block, verdicts, faults)
    kind = "option" if block.kind == "ordering" else "left"
    sections = [SectionText(f"{block.key}.{key}", part.words, kind) for key, part in keyed.items()]
    if block.kind == "matching":
        sections += [
            SectionText(f"{block.key}.{reply}", part.reply, "reply", data={"id": reply})
            for reply, part in zip(_REPLIES, keyed.values(), strict=False)
        ]
    sections += verdict_sections(block, verdicts)
    if block.kind == "ordering":
        return sections, {"order": list(keyed), "tag": tag}
    return sections, {"pairs": dict(zip(keyed, _REPLIES, strict=False)), "tag": tag}
