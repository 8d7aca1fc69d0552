"""What stands below a question: its own words, what it offers or expects, and what is said to an answer."""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from concerted.packs.reading.faults import Faults
from concerted.packs.reading.sections import Block
from concerted.text.rules import SectionText

_CHOICE = re.compile(r"^- ([(\[])( |x)([)\]])\s+(.*)$")
_ORDERED = re.compile(r"^\d+[.)]\s+(.*)$")
_PAIR = re.compile(r"^- (.*?)\s+=>\s+(.*)$")
#: An area of a picture: left and top edge, width and height, and what is seen there.
_AREA = re.compile(r"^- \(( |x)\) (\d{1,4}),(\d{1,4}) (\d{1,4})x(\d{1,4})\s+(\S.*)$")
#: An answer that is right, or a wrong one that is foreseen.
_EXPECTED = re.compile(r"^([=~])\s*(\S.*)$")
_VERDICT = re.compile(r"^(right|not quite|after)\s*:\s*(.*)$")
_TAG = re.compile(r"^`([a-z0-9-]+)`\s*")


#: What a heading lists: tags, and sections of units that the question rests on.
_LISTED = {"tags": re.compile(r"[a-z0-9]+(-[a-z0-9]+)*"), "rests": re.compile(r"[a-z0-9-]+/[A-Za-z0-9.-]+/[a-z0-9-]+")}


def listed(block: Block, name: str, faults: Faults) -> tuple[str, ...]:
    """What a heading lists under a name, parted by commas; each once, in order."""
    found = [one for one in block.facts.get(name, "").split(",") if one]
    for one in found:
        if not _LISTED[name].fullmatch(one):
            faults.add(
                block.line,
                _("“%(value)s” is not understood here.") % {"value": one[:60]},
                _("Write tags=danger,sleep and rests=module/unit/section, without blanks."),
            )
    return tuple(dict.fromkeys(found))


@dataclass
class Part:
    """An option, a step, a pair, an expected answer or a verdict, with its feedback."""

    line: int
    words: str
    right: bool = False
    reply: str = ""
    area: tuple[int, ...] = ()
    why: list[str] = field(default_factory=list)

    @property
    def tag(self) -> str:
        match = _TAG.match("\n".join(self.why))
        return match[1] if match else ""

    @property
    def feedback(self) -> str:
        return _TAG.sub("", "\n".join(self.why)).strip()


def part_of(kind: str, line: int, text: str) -> Part | None:
    """What a line of a question offers or expects; None when it does neither."""
    if kind in ("single", "multiple"):
        match = _CHOICE.match(text)
        brackets = "()" if kind == "single" else "[]"
        if match and match[1] + match[3] == brackets:
            return Part(line, match[4], match[2] == "x")
        return None
    if kind == "hotspot":
        match = _AREA.match(text)
        return Part(line, match[6], match[1] == "x", area=tuple(map(int, match.group(2, 3, 4, 5)))) if match else None
    if kind in ("short", "numeric"):
        match = _EXPECTED.match(text)
        return Part(line, match[2], match[1] == "=") if match else None
    if kind == "reflection":
        return None
    match = (_ORDERED if kind == "ordering" else _PAIR).match(text)
    if not match:
        return None
    return Part(line, match[1], reply=match[2] if kind == "matching" else "")


def split_question(block: Block, faults: Faults) -> tuple[str, list[Part], dict[str, Part]]:
    """The question's own words, its parts with their feedback, and the verdicts on the answer as a whole."""
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


def check_feedback(part: Part, faults: Faults, *, tagged: bool) -> None:
    """An option has feedback, and one that is not right (`tagged`) a misconception."""
    if not part.feedback:
        faults.add(part.line, _("This option has no feedback."), _("Write it on the next line, after “>”."))
    elif tagged and not part.tag:
        _untagged(part, faults)


def _untagged(part: Part, faults: Faults) -> None:
    faults.add(
        part.line,
        _("This answer is not right, but names no misconception."),
        _("Begin its feedback with a tag in backticks, for example `low`."),
    )


def check_verdicts(block: Block, verdicts: dict[str, Part], faults: Faults) -> str:
    """An answer as a whole is told when it is right and when it is not; the tag of the misconception behind that."""
    for name in ("right", "not quite"):
        if name not in verdicts or not verdicts[name].feedback:
            faults.add(
                block.line,
                _("There is no feedback “%(name)s”.") % {"name": name},
                _("Write it below the options: > %(name)s: ...") % {"name": name},
            )
    wrong = verdicts.get("not quite")
    if wrong and wrong.feedback and not wrong.tag:
        _untagged(wrong, faults)
    return wrong.tag if wrong else ""


def verdict_sections(block: Block, verdicts: dict[str, Part]) -> list[SectionText]:
    """What is said to an answer as a whole, as sections."""
    return [
        SectionText(f"{block.key}.{key}", verdicts[name].feedback, "feedback")
        for name, key in (("right", "right"), ("not quite", "not-quite"), ("after", "after"))
        if name in verdicts
    ]
