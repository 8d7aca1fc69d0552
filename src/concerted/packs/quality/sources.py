"""Whether a paragraph that names a figure or a law says where it has it from."""

import re

from django.utils.translation import gettext as _

from concerted.packs.quality.passages import SOURCE, Passage, Sheet
from concerted.packs.reading.faults import Faults
from concerted.packs.reading.sections import QUESTIONS
from concerted.text.wording import without_quoted

_NUMBER_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten",
    "une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix",
    "una?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez",
)
_EN, _FR, _ES = (rf"(?:\d+|{words})" for words in _NUMBER_WORDS)
# Per cent, large numbers and shares: what somebody has counted. Ages, hours and prices of a story are none.
_FIGURE = re.compile(
    r"\d\s*(?:%|٪|per\s?cent\b|pour\s?cent\b|por\s?ciento\b|في المئة|بالمئة|في المائة)"
    r"|\d\s*(?:million|billion|millón|millones|milliard|مليون|ملايين)"
    rf"|\b{_EN} (?:(?:wom[ae]n|girls?|persons?|child|children) )?(?:in|out of) (?:every )?{_EN}\b"
    r"(?! (?:days?|weeks?|months?|years?|hours?|minutes?))"
    rf"|\b{_FR} (?:\w+ )?sur {_FR}\b|\b{_ES} de cada {_ES}\b|واحدة? من كل"
    r"|\b\d{1,3}(?:[ ,.\u00a0\u202f]\d{3})+\b"
    r"|\b(?:half|a third|a quarter|two thirds|most) of (?:all )?(?:women|girls)\b",
    re.IGNORECASE,
)
_LAW = re.compile(
    r"\b(?:article|artículo|art\.)\s*\d|المادة\s*\d"
    r"|\b\w+ (?:Convention|Directive)\b"
    r"|\b(?:convention|convenio|convención|directiva|directive) (?:of|on|de|d['’]|del|sobre)\b"
    r"|اتفاقية",
    re.IGNORECASE,
)
# What the law of the place says stands in a slot: then the slot is the source.
_LOCAL_LAW = re.compile(
    r"\b(?:the law|laws?) (?:say|require|oblige|forbid|ban|protect|demand)s?\b"
    r"|\bla loi (?:dit|exige|oblige|interdit|protège)|\bla ley (?:dice|exige|obliga|prohíbe|protege)"
    r"|(?:ينص|يلزم|يمنع|يحظر) القانون",
    re.IGNORECASE,
)
# What holds locally may still follow the source: a few words that lead to a slot.
_ENDS = re.compile(rf"{SOURCE.pattern}[.\s*»\"”]*(?:[^.(){{}}]{{0,60}}\{{[a-z.-]+\}}[.\s]*)*$", re.IGNORECASE)


def check_sources(sheet: Sheet, faults: Faults) -> None:
    """Every paragraph and entry of a section with a figure or a law names its source at its end."""
    if sheet.unit is None:
        return
    questions = {block.key for block in sheet.unit.blocks if block.kind in QUESTIONS}
    passages = [passage for passage in sheet.passages if passage.key not in questions]
    for place, passage in enumerate(passages):
        claim = _claim(passage) if passage.kind in ("text", "entry") else ""
        if claim and not _ENDS.search(passage.raw) and not _from_beside(place, passages):
            _tell(passage, claim, faults)


def _claim(passage: Passage) -> str:
    """The words that call for a source; what people say in quotation marks is not claimed."""
    words = without_quoted(passage.words)
    match = _FIGURE.search(words) or _LAW.search(words)
    if match is None and "{" not in passage.raw:
        match = _LOCAL_LAW.search(words)
    return match[0].strip() if match else ""


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
