"""Words to avoid, content notes that are missing, and slots that are listed for nothing."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from concerted.packs.quality.passages import Passage, Sheet
from concerted.packs.reading.faults import Faults
from concerted.text.wording import WordEntry, avoided_in
from concerted.training.slots import SLOT

_QUOTES = '"“”«»„ '


def check_words(sheet: Sheet, glossary: Sequence[WordEntry], faults: Faults) -> None:
    """The avoided words of a file. A right answer in quotation marks is said by us, not only named."""
    for passage in sheet.passages:
        for found in avoided_in(_ours(passage), sheet.language, glossary):
            faults.warn(
                passage.line,
                _("“%(words)s”: %(why)s") % {"words": found.words, "why": found.why},
                _("Prefer: %(prefer)s.") % {"prefer": found.prefer.rstrip(".")},
                "word",
            )


def _ours(passage: Passage) -> str:
    return passage.words.strip(_QUOTES) if passage.right else passage.words


def check_note(sheet: Sheet, faults: Faults) -> None:
    """A unit says before anything else what it is about, and that she may skip it; so does its translation."""
    if sheet.unit is not None and not sheet.head.facts.get("note"):
        faults.warn(
            sheet.head.line("title"),
            _("The unit has no content note."),
            _("Write `note`: its topics, and that she may pause or skip it."),
            "note",
        )


def check_slots(sheet: Sheet, faults: Faults) -> None:
    """Slots that are listed and stand nowhere: whoever fills them in fills them in for nothing."""
    listed = sheet.head.facts.get("slots") if sheet.unit else None
    if sheet.unit is None or not isinstance(listed, list):
        return
    used = {slot for block in sheet.unit.blocks for slot in SLOT.findall(f"{block.title}\n{block.markdown}")}
    for slot in listed:
        if slot not in used:
            faults.warn(
                sheet.head.line_in("slots", str(slot)),
                _("The slot “%(slot)s” is listed and never used.") % {"slot": slot},
                _("Take it out of `slots`, or use it."),
                "slot",
            )
