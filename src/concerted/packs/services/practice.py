"""Scenarios, case studies, instruments, banks of questions and tests of a pack, published.

Each function gives the codes of what is new or changed, and how many translated sections are new.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from concerted.directory.models import Person
from concerted.packs.reading.conferences import ConferenceRead
from concerted.packs.reading.packs import PackFolder
from concerted.packs.reading.scenarios import ScenarioRead
from concerted.packs.services.words import translate_facts, translate_file
from concerted.practice.rules import ScenarioText
from concerted.practice.services import (
    publish_bank,
    publish_case,
    publish_exam,
    publish_instrument,
    publish_scenario,
)

Loaded = tuple[list[str], int]


def _loaded(
    pack: PackFolder, reads: Sequence[Any], publish: Callable[..., Any], what: str, by: Person | None, at: datetime
) -> Loaded:
    """Publish each text and its translations; `what`: the name under which `publish` gives what the text belongs to."""
    changed, translated = [], 0
    for place, read in enumerate(reads):
        out = publish(read.text(place, pack.code), language=pack.language, by=by, at=at)
        changed += [read.file.code] if out.changed else []
        document = getattr(out, what).document
        for language, other in read.translations.items():
            translated += translate_file(document, read.file, other, language, by, at)
    return changed, translated


def load_scenarios(pack: PackFolder, by: Person | None, at: datetime) -> Loaded:
    """Publish the scenarios of a pack, those with seats last."""
    changed, translated = [], 0
    everything: list[ScenarioRead | ConferenceRead] = [*pack.scenarios, *pack.conferences]
    for place, read in enumerate(everything):
        file = read.file
        text = ScenarioText(file.code, file.sections, file.told, file.minutes, file.sectors, place, pack.code)
        out = publish_scenario(text, language=pack.language, by=by, at=at)
        changed += [file.code] if out.changed else []
        for language, other in read.translations.items():
            translated += translate_file(out.scenario.document, file, other, language, by, at)
    return changed, translated


def load_cases(pack: PackFolder, by: Person | None, at: datetime) -> Loaded:
    """Publish the case studies of a pack."""
    return _loaded(pack, pack.cases, publish_case, "case", by, at)


def load_instruments(pack: PackFolder, by: Person | None, at: datetime) -> Loaded:
    """Publish the instruments of a pack."""
    return _loaded(pack, pack.instruments, publish_instrument, "instrument", by, at)


def load_banks(pack: PackFolder, by: Person | None, at: datetime) -> Loaded:
    """Publish the banks of questions of a pack."""
    return _loaded(pack, pack.banks, publish_bank, "bank", by, at)


def load_exams(pack: PackFolder, by: Person | None, at: datetime) -> Loaded:
    """Publish the tests of a pack, after the banks they draw from. Raises `ExamRefused`."""
    changed, translated = [], 0
    for read in pack.exams:
        out = publish_exam(read.text, language=pack.language, by=by, at=at)
        changed += [read.text.code] if out.changed else []
        translated += translate_facts(out.exam.document, read.text.sections, read.heads, by, at)
    return changed, translated
