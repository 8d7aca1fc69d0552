"""Questions answered in words: accepted forms, a number with its unit, and wrong answers that were foreseen."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from concerted.packs.reading.faults import Faults
from concerted.packs.reading.parts import Part, check_feedback, check_verdicts, verdict_sections
from concerted.packs.reading.sections import Block
from concerted.practice.rules import LONGEST_SHORT, readings
from concerted.text.rules import SectionText

_SLIPS = "abcdef"
_NUMBER = r"[-+−]?(?:\d[\d.,٫٬]*)?\d"
_AMOUNT = re.compile(rf"({_NUMBER})(?:\s*(?:±|\+/?-)\s*({_NUMBER}))?(?:\s*(?![±+])([^\d\s.,].*))?")
_NOTHING_BUT_STARS = re.compile(r"[\s*]*")
#: Between forms on one line.
_OR = re.compile(r"\s+\|\s+")

Made = tuple[list[SectionText], dict[str, Any]]


@dataclass(frozen=True)
class Amount:
    """A number as it is stored, how far from it is near enough, and what it counts."""

    value: str
    tolerance: str = "0"
    unit: str = ""


def short_expected(block: Block, parts: list[Part], verdicts: dict[str, Part], faults: Faults) -> Made:
    """The forms a short answer may have, and those of foreseen wrong ones, each list a section: forms are words."""
    right, slips = _sorted(block, parts, faults)
    accepted = "\n".join(form for part in right for form in _forms(part, faults))
    sections = [SectionText(f"{block.key}.accepted", accepted, "accepted")]
    for key, part in slips.items():
        sections.append(SectionText(f"{block.key}.{key}", "\n".join(_forms(part, faults)), "slip"))
    said, marking = _said(block, slips, verdicts, faults)
    return sections + said, marking


def number_expected(block: Block, parts: list[Part], verdicts: dict[str, Part], faults: Faults) -> Made:
    """The number that is right, with its tolerance and unit, and foreseen wrong ones."""
    right, slips = _sorted(block, parts, faults)
    if len(right) > 1:
        faults.add(
            right[1].line,
            _("A second number is marked as right."),
            _("Keep one, with a tolerance: = 72 +- 2 hours."),
        )
    amount = _amount(right[0], faults) if right else Amount("0")
    sections = [SectionText(f"{block.key}.unit", amount.unit, "unit")] if amount.unit else []
    said, marking = _said(block, slips, verdicts, faults)
    foreseen = {key: _amount(part, faults) for key, part in slips.items()}
    marking |= {"value": amount.value, "tolerance": amount.tolerance}
    return sections + said, marking | {"slips": {key: [one.value, one.tolerance] for key, one in foreseen.items()}}


def _sorted(block: Block, parts: list[Part], faults: Faults) -> tuple[list[Part], dict[str, Part]]:
    """The right answers, and the foreseen wrong ones under their keys."""
    right, wrong = [part for part in parts if part.right], [part for part in parts if not part.right]
    if not right:
        faults.add(block.line, _("No answer is marked as right."), _("Begin its line with “=”."))
    if len(wrong) > len(_SLIPS):
        faults.add(
            wrong[len(_SLIPS)].line,
            _("%(count)s wrong answers are foreseen.") % {"count": len(wrong)},
            _("Keep the %(most)s that matter most; the feedback “not quite” is for all others.")
            % {"most": len(_SLIPS)},
        )
    for part in wrong:
        check_feedback(part, faults, tagged=True)
    return right, dict(zip(_SLIPS, wrong, strict=False))


def _said(block: Block, slips: dict[str, Part], verdicts: dict[str, Part], faults: Faults) -> Made:
    """What is said to slips and to all others, and the misconceptions behind them."""
    tag = check_verdicts(block, verdicts, faults)
    sections = [SectionText(f"{block.key}.{key}.why", part.feedback, "feedback") for key, part in slips.items()]
    tags = {key: part.tag for key, part in slips.items() if part.tag}
    return sections + verdict_sections(block, verdicts), {"tags": tags, "tag": tag}


def _forms(part: Part, faults: Faults) -> list[str]:
    forms = [form for form in _OR.split(part.words.strip()) if form]
    for form in forms:
        if _NOTHING_BUT_STARS.fullmatch(form):
            faults.add(part.line, _("This form fits every answer."), _("Write some words before or after the star."))
        elif len(form) > LONGEST_SHORT:
            faults.add(part.line, _("Nobody can type this form: it is too long."), _("Shorten it."))
    return forms


def _amount(part: Part, faults: Faults) -> Amount:
    match = _AMOUNT.fullmatch(part.words.strip())
    meant = [readings(number) for number in (match[1], match[2] or "0")] if match else [()]
    if match is None or not all(meant):
        faults.add(
            part.line,
            _("“%(value)s” is no number.") % {"value": part.words[:60]},
            _("Write it as = 72, = 72 hours, or = 72 +- 2 hours."),
        )
        return Amount("0")
    if any(len(numbers) > 1 for numbers in meant):
        faults.add(
            part.line,
            _("“%(value)s” can be read in two ways.") % {"value": part.words[:60]},
            _("Write 1500 without a mark, or 1.5 without the last zeros."),
        )
    value, tolerance = (numbers[0] for numbers in meant)
    if tolerance < 0:
        faults.add(part.line, _("A tolerance is not below zero."), _("Write it without a sign."))
    return Amount(_stored(value), _stored(tolerance), (match[3] or "").strip())


def _stored(number: Decimal) -> str:
    """The same number always in the same signs: equal markings are equal in every language."""
    return f"{number.normalize() + 0:f}"
