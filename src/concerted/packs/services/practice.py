"""Scenarios, case studies, instruments, banks of questions and tests of a pack, published.

Each function gives the codes of what is new or changed, and how many translated sections are new.
"""

from datetime import datetime

from concerted.directory.models import Person
from concerted.packs.reading.conferences import ConferenceRead
from concerted.packs.reading.packs import PackFolder
from concerted.packs.reading.scenarios import ScenarioFile, ScenarioRead
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


def load_scenarios(pack: PackFolder, by: Person | None, at: datetime) -> Loaded:
    """Publish the scenarios of a pack, those with seats last."""
    changed, translated = [], 0
    everything: list[ScenarioRead | ConferenceRead] = [*pack.scenarios, *pack.conferences]
    for place, read in enumerate(everything):
        file = read.file
        told = file.story if isinstance(file, ScenarioFile) else file.conference
        text = ScenarioText(file.code, file.sections, told, file.minutes, file.sectors, place, pack.code)
        out = publish_scenario(text, language=pack.language, by=by, at=at)
        changed += [file.code] if out.changed else []
        for language, other in read.translations.items():
            translated += translate_file(out.scenario.document, file, other, language, by, at)
    return changed, translated


def load_cases(pack: PackFolder, by: Person | None, at: datetime) -> Loaded:
    """Publish the case studies of a pack."""
    changed, translated = [], 0
    for place, read in enumerate(pack.cases):
        out = publish_case(read.text(place, pack.code), language=pack.language, by=by, at=at)
        changed += [read.file.code] if out.changed else []
        for language, other in read.translations.items():
            translated += translate_file(out.case.document, read.file, other, language, by, at)
    return changed, translated


def load_instruments(pack: PackFolder, by: Person | None, at: datetime) -> Loaded:
    """Publish the instruments of a pack."""
    changed, translated = [], 0
    for place, read in enumerate(pack.instruments):
        out = publish_instrument(read.text(place, pack.code), language=pack.language, by=by, at=at)
        changed += [read.file.code] if out.changed else []
        for language, other in read.translations.items():
            translated += translate_file(out.instrument.document, read.file, other, language, by, at)
    return changed, translated


def load_banks(pack: PackFolder, by: Person | None, at: datetime) -> Loaded:
    """Publish the banks of questions of a pack."""
    changed, translated = [], 0
    for place, read in enumerate(pack.banks):
        out = publish_bank(read.text(place, pack.code), language=pack.language, by=by, at=at)
        changed += [read.file.code] if out.changed else []
        for language, other in read.translations.items():
            translated += translate_file(out.bank.document, read.file, other, language, by, at)
    return changed, translated


def load_exams(pack: PackFolder, by: Person | None, at: datetime) -> Loaded:
    """Publish the tests of a pack, after the banks they draw from. Raises `ExamRefused`."""
    changed, translated = [], 0
    for read in pack.exams:
        out = publish_exam(read.text, language=pack.language, by=by, at=at)
        changed += [read.text.code] if out.changed else []
        translated += translate_facts(out.exam.document, read.text.sections, read.heads, by, at)
    return changed, translated
