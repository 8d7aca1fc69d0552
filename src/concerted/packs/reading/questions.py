"""A question's lines into its words and its marking; see docs/pack-format.md."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from concerted.packs.reading.faults import Faults
from concerted.packs.reading.sections import Block
from concerted.practice.rules import QuestionText
from concerted.text.rules import SectionText

_CHOICE = re.compile(r"^- ([(\[])( |x)([)\]])\s+(.*)$")
_ORDERED = re.compile(r"^\d+[.)]\s+(.*)$")
_PAIR = re.compile(r"^- (.*?)\s+=>\s+(.*)$")
_VERDICT = re.compile(r"^(right|not quite)\s*:\s*(.*)$")
_TAG = re.compile(r"^`([a-z0-9-]+)`\s*")
_LETTERS = "abcdef"
#: Replies get letters of their own, so that the page does not give the pairs away.
_REPLIES = "uvwxyz"
FEWEST, MOST = 2, 6


@dataclass
class Part:
    """An option, a step, a pair or a verdict, with its feedback."""

    line: int
    words: str
    right: bool = False
    reply: str = ""
    why: list[str] = field(default_factory=list)

    @property
    def tag(self) -> str:
        match = _TAG.match("\n".join(self.why))
        return match[1] if match else ""

    @property
    def feedback(self) -> str:
        return _TAG.sub("", "\n".join(self.why)).strip()


def read_question(block: Block, faults: Faults) -> tuple[list[SectionText], QuestionText]:
    """The sections of a question (itself, its options, its feedback) and how it is marked."""
    stem, parts, verdicts = _split(block, faults)
    if not stem:
        faults.add(block.line, _("The question asks nothing."), _("Write the situation and what is asked."))
    if not FEWEST <= len(parts) <= MOST:
        faults.add(
            block.line,
            _("The question has %(count)s options.") % {"count": len(parts)},
            _("Give it %(fewest)s to %(most)s.") % {"fewest": FEWEST, "most": MOST},
        )
    keyed = dict(zip(_LETTERS, parts, strict=False))
    sections = [SectionText(block.key, stem, "question", block.title, {"kind": block.kind})]
    if block.kind in ("single", "multiple"):
        marking = _chosen(block, keyed, sections, faults)
    else:
        marking = _arranged(block, keyed, sections, verdicts, faults)
    return sections, QuestionText(block.key, block.kind, _aim(block, faults), marking)


def _aim(block: Block, faults: Faults) -> int:
    aim = block.facts.get("aim", "")
    if not aim.isdecimal():
        faults.add(block.line, _("The question does not say which aim it asks."), _("Write aim=1 in the braces."))
        return 0
    return int(aim)


def _split(block: Block, faults: Faults) -> tuple[str, list[Part], dict[str, Part]]:
    """The question's own words, its options with their feedback, and the two verdicts of ordering and matching."""
    stem: list[str] = []
    parts: list[Part] = []
    verdicts: dict[str, Part] = {}
    under: Part | None = None
    for line, text in block.body:
        bare = text.strip()
        part = part_of(block.kind, line, bare)
        if part:
            parts.append(part)
            under = part
        elif bare.startswith(">"):
            under = _said(bare[1:].strip(), line, under, verdicts, faults)
        elif not parts:
            stem.append(text)
        elif bare:
            faults.add(
                line,
                _("This line is neither an option nor its feedback."),
                _("Begin an option as the format says, and feedback with “>”."),
            )
    return "\n".join(stem).strip("\n"), parts, verdicts


def part_of(kind: str, line: int, text: str) -> Part | None:
    """What a line of a question offers; None when it offers nothing."""
    if kind in ("single", "multiple"):
        match = _CHOICE.match(text)
        brackets = "()" if kind == "single" else "[]"
        if match and match[1] + match[3] == brackets:
            return Part(line, match[4], match[2] == "x")
        return None
    match = (_ORDERED if kind == "ordering" else _PAIR).match(text)
    if not match:
        return None
    return Part(line, match[1], reply=match[2] if kind == "matching" else "")


def _said(text: str, line: int, under: Part | None, verdicts: dict[str, Part], faults: Faults) -> Part | None:
    """Put a line of feedback where it belongs."""
    match = _VERDICT.match(text)
    if match:
        verdicts[match[1]] = under = Part(line, "", why=[match[2]])
    elif under is None:
        faults.add(line, _("This feedback belongs to no option."), _("Put it below the option it is about."))
    else:
        under.why.append(text)
    return under


def _chosen(block: Block, keyed: dict[str, Part], sections: list[SectionText], faults: Faults) -> dict[str, Any]:
    right = [key for key, part in keyed.items() if part.right]
    if block.kind == "single" and len(right) != 1:
        faults.add(
            block.line,
            _("%(count)s options are marked as right.") % {"count": len(right)},
            _("Mark exactly one with (x)."),
        )
    if block.kind == "multiple" and not right:
        faults.add(block.line, _("No option is marked as right."), _("Mark at least one with [x]."))
    for key, part in keyed.items():
        _needs_feedback(part, faults, tagged=not part.right)
        sections.append(SectionText(f"{block.key}.{key}", part.words, "option"))
        sections.append(SectionText(f"{block.key}.{key}.why", part.feedback, "feedback"))
    tags = {key: part.tag for key, part in keyed.items() if not part.right and part.tag}
    return {"right": (right or [""])[0] if block.kind == "single" else right, "tags": tags}


def _needs_feedback(part: Part, faults: Faults, *, tagged: bool) -> None:
    if not part.feedback:
        faults.add(part.line, _("This option has no feedback."), _("Write it on the next line, after “>”."))
    elif tagged and not part.tag:
        faults.add(
            part.line,
            _("This answer is not right, but names no misconception."),
            _("Begin its feedback with a tag in backticks, for example `low`."),
        )


def _arranged(
    block: Block, keyed: dict[str, Part], sections: list[SectionText], verdicts: dict[str, Part], faults: Faults
) -> dict[str, Any]:
    for name in ("right", "not quite"):
        if name not in verdicts or not verdicts[name].feedback:
            faults.add(
                block.line,
                _("There is no feedback “%(name)s”.") % {"name": name},
                _("Write it below the options: > %(name)s: ...") % {"name": name},
            )
    wrong = verdicts.get("not quite")
    if wrong and wrong.feedback and not wrong.tag:
        faults.add(
            wrong.line,
            _("This answer is not right, but names no misconception."),
            _("Begin its feedback with a tag in backticks, for example `low`."),
        )
    kind = "option" if block.kind == "ordering" else "left"
    sections += [SectionText(f"{block.key}.{key}", part.words, kind) for key, part in keyed.items()]
    if block.kind == "matching":
        sections += [
            SectionText(f"{block.key}.{reply}", part.reply, "reply", data={"id": reply})
            for reply, part in zip(_REPLIES, keyed.values(), strict=False)
        ]
    for name, key in (("right", "right"), ("not quite", "not-quite")):
        if name in verdicts:
            sections.append(SectionText(f"{block.key}.{key}", verdicts[name].feedback, "feedback"))
    tag = wrong.tag if wrong else ""
    if block.kind == "ordering":
        return {"order": list(keyed), "tag": tag}
    return {"pairs": dict(zip(keyed, _REPLIES, strict=False)), "tag": tag}
