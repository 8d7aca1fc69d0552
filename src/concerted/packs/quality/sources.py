"""Whether a paragraph that names a figure or a law says where it has it from."""

import re

from django.utils.translation import gettext as _

from concerted.packs.quality.claims import claim_in
from concerted.packs.quality.passages import SOURCE, Passage, Sheet
from concerted.packs.reading.faults import Faults
from concerted.packs.reading.sections import QUESTIONS
from concerted.text.wording import without_quoted

# What holds locally may still follow the source: a few words that lead to a slot.
_ENDS = re.compile(rf"{SOURCE.pattern}[.\s*»\"”]*(?:[^.(){{}}]{{0,60}}\{{[a-z.-]+\}}[.\s]*)*$", re.IGNORECASE)


def check_sources(sheet: Sheet, faults: Faults) -> None:
    """Every paragraph and entry of a section with a figure or a law names its source at its end."""
    if sheet.unit is None:
        return
    questions = {block.key for block in sheet.unit.blocks if block.kind in QUESTIONS}
    passages = [passage for passage in sheet.passages if passage.key not in questions]
    for place, passage in enumerate(passages):
        claim = _claim(passage, sheet.language) if passage.kind in ("text", "entry") else ""
        if claim and not _ENDS.search(passage.raw) and not _from_beside(place, passages):
            _tell(passage, claim, faults)


def _claim(passage: Passage, language: str) -> str:
    """The words that call for a source; what people say in quotation marks is not claimed."""
    return claim_in(without_quoted(passage.words), language, slot="{" in passage.raw)


def _from_beside(place: int, passages: list[Passage]) -> bool:
    """Whether an entry's list has its source in the paragraph before or after it, in the same section."""
    key = passages[place].key
    if passages[place].kind != "entry":
        return False
    for step in (-1, 1):
        other = place + step
        while 0 <= other < len(passages) and passages[other].key == key and passages[other].kind == "entry":
            other += step
        if 0 <= other < len(passages) and passages[other].key == key and _ENDS.search(passages[other].raw):
            return True
    return False


def _tell(passage: Passage, claim: str, faults: Faults) -> None:
    if SOURCE.search(passage.raw):
        faults.warn(
            passage.line,
            _("“%(claim)s” calls for a source, and the source does not end its paragraph.") % {"claim": claim},
            _("Begin a new paragraph after the source, or move it to the end."),
            "source",
        )
    else:
        faults.warn(
            passage.line,
            _("“%(claim)s” calls for a source.") % {"claim": claim},
            _("End the paragraph with title, body and year or article in brackets."),
            "source",
        )
