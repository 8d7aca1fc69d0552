"""The order of a case study's parts: which documents come out together, who is asked, and what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from concerted.packs.reading.faults import Faults
from concerted.packs.reading.files import Head
from concerted.packs.reading.sections import Block
from concerted.practice.rules import AFTER, NOTES, SHARED, CaseShape, CaseStep
from concerted.text.rules import SectionText

#: What a case study cannot do without once its steps are through: her own words, and how to lead a group.
_NEEDED = ("account", NOTES)
_MOST_MINUTES = 480
Parts = dict[str, tuple[SectionText, ...]]


@dataclass
class _Sorting:
    """What was met so far, in the order of the file."""

    parts: Parts
    faults: Faults
    steps: list[CaseStep] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    besides: dict[str, str] = field(default_factory=dict)

    def take(self, block: Block) -> None:
        """Put one part where it belongs."""
        if block.kind in (*AFTER, NOTES):
            self._besides(block)
        elif self.besides:
            self.faults.add(
                block.line,
                _("“%(key)s” comes after the steps are through.") % {"key": block.key},
                _("Move it up, into its step."),
            )
        elif block.kind == "step":
            self.steps.append(CaseStep(block.key, self._minutes(block)))
            self.lines.append(block.line)
        elif not self.steps:
            self.faults.add(
                block.line,
                _("“%(key)s” stands before the first step.") % {"key": block.key},
                _("Begin the step above it: ## Its title {#its-key kind=step}."),
            )
        else:
            self._in_step(block)

    def _besides(self, block: Block) -> None:
        if block.kind in self.besides:
            self._twice(block)
        self.besides.setdefault(block.kind, block.key)

    def _in_step(self, block: Block) -> None:
        step = self.steps[-1]
        if (block.kind == "questions" and step.questions) or (block.kind == "model" and step.model):
            self._twice(block)
        elif block.kind == "document":
            step = replace(step, documents=(*step.documents, block.key))
        elif block.kind == "model":
            step = replace(step, model=block.key)
        else:
            asked = tuple(section.key.partition(".")[2] for section in self.parts[block.key])
            step = replace(step, questions=block.key, asked=asked)
        self.steps[-1] = step

    def _twice(self, block: Block) -> None:
        self.faults.add(
            block.line,
            _("There is a second part of the kind “%(kind)s” here.") % {"kind": block.kind},
            _("Put both into one."),
        )

    def _minutes(self, block: Block) -> int:
        written = block.facts.get("minutes", "0")
        if not written.isdecimal() or len(written) > 9 or int(written) > _MOST_MINUTES:
            self.faults.add(
                block.line,
                _("“%(value)s” is not a number of minutes.") % {"value": written[:20]},
                _("Write minutes=25."),
            )
            return 0
        return int(written)


def shape_of(blocks: Sequence[Block], parts: Parts, sectors: tuple[str, ...], head: Head, faults: Faults) -> CaseShape:
    """The shape of a case study, and what is missing from it."""
    sorting = _Sorting(parts, faults)
    for block in blocks:
        sorting.take(block)
    if not sectors:
        faults.add(head.line("sectors"), _("The case study names no sectors."), _("Write sectors: [health, police]."))
    if not sorting.steps:
        faults.add(head.line("case"), _("The case study has no step."), _("Begin one: ## Title {#key kind=step}."))
    for line, step in zip(sorting.lines, sorting.steps, strict=True):
        _check_step(step, line, sectors, faults)
    last = blocks[-1].line if blocks else 1
    for kind in _NEEDED:
        if kind not in sorting.besides:
            faults.add(
                last,
                _("The case study has no part of the kind “%(kind)s”.") % {"kind": kind},
                _("Add it after the last step: ## Title {#key kind=%(kind)s}.") % {"kind": kind},
            )
    return CaseShape(tuple(sorting.steps), sorting.besides)


def _check_step(step: CaseStep, line: int, sectors: tuple[str, ...], faults: Faults) -> None:
    """A step has documents, a question for all and one for each sector, and a model answer."""
    missing = [
        kind
        for kind, there in (("document", step.documents), ("questions", step.questions), ("model", step.model))
        if not there
    ]
    for kind in missing:
        faults.add(
            line,
            _("The step “%(key)s” has no part of the kind “%(kind)s”.") % {"key": step.key, "kind": kind},
            _("Add it below the step: ## Title {#key kind=%(kind)s}.") % {"kind": kind},
        )
    if not step.questions:
        return
    for sector in (SHARED, *sectors):
        if sector not in step.asked:
            faults.add(
                line,
                _("The step “%(key)s” asks nothing of “%(sector)s”.") % {"key": step.key, "sector": sector},
                _("Add - [%(sector)s] and a question.") % {"sector": sector},
            )
    for sector in step.asked:
        if sector not in (SHARED, *sectors):
            faults.add(
                line,
                _("“%(sector)s” is asked, and is none of the sectors at the head.") % {"sector": sector},
                _("Correct the code, or add it to sectors."),
            )
