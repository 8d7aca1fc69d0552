"""A whole pack: its folder into modules, units and translations, and everything that is wrong with it."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from concerted.packs.reading.banks import BankRead, ExamRead, read_banks, read_exams
from concerted.packs.reading.cases import CaseRead, read_cases
from concerted.packs.reading.conferences import ConferenceRead, read_conferences
from concerted.packs.reading.faults import Fault, Faults
from concerted.packs.reading.files import Head, code_of, number_of, text_of, warn_of_others
from concerted.packs.reading.glossary import read_glossary
from concerted.packs.reading.heads import read_head
from concerted.packs.reading.instruments import InstrumentRead, read_instruments
from concerted.packs.reading.modules import ModuleFolder, check_codes, read_module
from concerted.packs.reading.programmes import ProgrammeFolder, read_programmes
from concerted.packs.reading.resting import check_rests
from concerted.packs.reading.scenarios import ScenarioRead, read_scenarios
from concerted.text.wording import WordEntry

_FILES = {".svg", ".png", ".jpg", ".jpeg", ".webp", ".ogg", ".opus", ".mp3", ".txt", ".pdf", ".csv"}


@dataclass(frozen=True)
class PackFolder:
    """A pack as its folder tells it."""

    code: str
    title: str
    version: int
    language: str
    licence: str
    notice: str
    modules: tuple[ModuleFolder, ...]
    files: tuple[Path, ...]
    programmes: tuple[ProgrammeFolder, ...] = ()
    glossary: tuple[WordEntry, ...] = ()
    scenarios: tuple[ScenarioRead, ...] = ()
    banks: tuple[BankRead, ...] = ()
    exams: tuple[ExamRead, ...] = ()
    cases: tuple[CaseRead, ...] = ()
    conferences: tuple[ConferenceRead, ...] = ()
    instruments: tuple[InstrumentRead, ...] = ()


@dataclass(frozen=True)
class Read:
    """What reading a folder gave: the pack (None when its own facts cannot be read) and all faults in order."""

    pack: PackFolder | None
    faults: tuple[Fault, ...]

    @property
    def sound(self) -> bool:
        return self.pack is not None and not any(not fault.warning for fault in self.faults)


def read_pack(folder: Path) -> Read:
    """Read a pack's folder; everything wrong with it is told at once."""
    faults = Faults("pack.yaml")
    pack = _read(folder, faults)
    return Read(pack, tuple(sorted(faults.found)))


def _read(folder: Path, faults: Faults) -> PackFolder | None:
    if not (folder / "pack.yaml").is_file():
        faults.add(1, _("There is no pack here."), _("Name the folder that holds pack.yaml."))
        return None
    head = read_head(folder / "pack.yaml", faults)
    if head is None:
        return None
    warn_of_others(head, ("pack", "title", "language", "version", "licence", "notice"), faults)
    pack = str(head.facts.get("pack", ""))
    modules = [
        module
        for place, path in enumerate(sorted((folder / "modules").glob("*/")))
        if (module := read_module(path, folder, place, pack, faults)) is not None
    ]
    scenarios = read_scenarios(folder, faults)
    conferences = read_conferences(folder, faults, [scenario.file.code for scenario in scenarios])
    banks = read_banks(folder, faults)
    cases = read_cases(folder, faults)
    instruments = read_instruments(folder, faults)
    units = {f"{module.text.code}/{unit.code}": unit for module in modules for unit in module.units}
    check_rests([bank.file for bank in banks], units, faults)
    if not (modules or scenarios or conferences or banks or cases or instruments):
        faults.add(1, _("The pack holds no module."), _("Put each module into a folder of its own under `modules`."))
    check_codes(modules, folder, faults)
    programmes = read_programmes(folder, pack, {module.text.code for module in modules}, faults)
    return PackFolder(
        code_of(head, "pack", faults),
        text_of(head, "title", faults, most=120),
        number_of(head, "version", faults, least=1, most=100_000),
        _language(head, faults),
        text_of(head, "licence", faults, most=60),
        text_of(head, "notice", faults),
        tuple(modules),
        _files(folder, faults),
        programmes,
        read_glossary(folder / "glossary.yaml", faults.of("glossary.yaml")),
        scenarios,
        banks,
        read_exams(folder, pack, banks, faults),
        cases,
        conferences,
        instruments,
    )


def _language(head: Head, faults: Faults) -> str:
    language = text_of(head, "language", faults, most=12)
    if language and language not in dict(settings.LANGUAGES):
        faults.add(
            head.line("language"),
            _("“%(code)s” is not a language of Concerted.") % {"code": language},
            _("Use one of: %(codes)s.") % {"codes": ", ".join(dict(settings.LANGUAGES))},
        )
    return language or "en"


def _files(folder: Path, faults: Faults) -> tuple[Path, ...]:
    found = sorted(path for path in (folder / "files").glob("*") if not path.name.startswith("."))
    for path in found:
        if not path.is_file() or path.is_symlink() or path.suffix.lower() not in _FILES:
            faults.of(f"files/{path.name}").add(
                1,
                _("This kind of file is not taken."),
                _("Use one of: %(kinds)s.") % {"kinds": " ".join(sorted(_FILES))},
            )
    return tuple(found)
