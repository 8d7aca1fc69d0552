"""A module's folder into the module, its units and their translations."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from concerted.directory.standard import SECTORS
from concerted.packs.reading.faults import Faults
from concerted.packs.reading.files import Head, code_of, list_of, number_of, text_of, truth_of, warn_of_others
from concerted.packs.reading.heads import HeadTranslated, read_head, read_translated
from concerted.packs.reading.translations import compare
from concerted.packs.reading.units import UnitFile, read_unit
from concerted.text.rules import SectionText
from concerted.training.rules import ModuleText, circle_through

_UNIT = re.compile(r"^(\d+)-[a-z0-9-]+\.md$")
_TRANSLATED = re.compile(r"^(\d+-[a-z0-9-]+)\.([a-z]{2,3})\.md$")
_AT_THE_END = 50
_KEYS = (
    *("module", "title", "summary", "theme", "sectors", "prerequisites", "pass_mark", "attempts"),
    *("test", "test_alone", "months", "aims"),
)


@dataclass(frozen=True)
class ModuleFolder:
    """A module as its folder tells it."""

    path: Path
    text: ModuleText
    units: tuple[UnitFile, ...]
    heads: dict[str, HeadTranslated] = field(default_factory=dict)
    #: (code of the unit, language) -> its translation
    translations: dict[tuple[str, str], UnitFile] = field(default_factory=dict)
    head: Head = field(default_factory=Head)

    @property
    def line(self) -> int:
        """Where `prerequisites` stand in module.yaml."""
        return self.head.line("prerequisites")


def read_module(path: Path, folder: Path, place: int, pack: str, faults: Faults) -> ModuleFolder | None:
    """The module in a folder; None when its facts cannot be read. `place`: its place in the pack."""
    own = faults.of(f"{path.relative_to(folder)}/module.yaml")
    if not (path / "module.yaml").is_file():
        own.add(1, _("The module's facts are missing."), _("Write module.yaml into this folder."))
        return None
    head = read_head(path / "module.yaml", own)
    if head is None:
        return None
    warn_of_others(head, _KEYS, own)
    _warn_of_sectors(head, own)
    sections = _words(head, own)
    units, translations = _read_units(path, folder, own)
    theme = head.facts.get("theme")
    text = ModuleText(
        code_of(head, "module", own),
        sections,
        tuple(unit.text for unit in units),
        number_of(head, "pass_mark", own, least=0, most=100, usual=70),
        number_of(head, "attempts", own, least=0, most=100, usual=0),
        tuple(list_of(head, "prerequisites", own)),
        tuple(list_of(head, "sectors", own)),
        theme if isinstance(theme, int) and 0 < theme < _AT_THE_END else _AT_THE_END + place,
        pack,
        code_of(head, "test", own, needed=False),
        truth_of(head, "test_alone", own),
        number_of(head, "months", own, least=0, most=240, usual=0),
    )
    if text.test_alone and not text.test:
        own.add(head.line("test_alone"), _("“test_alone” names no test."), _("Name it: `test: first-response`."))
    return ModuleFolder(
        path,
        text,
        tuple(units),
        read_translated(path / "module.yaml", folder, sections, _words, faults),
        translations,
        head,
    )


def _warn_of_sectors(head: Head, faults: Faults) -> None:
    """A mistyped sector is one that nobody works in: the module would be offered to nobody."""
    written = head.facts.get("sectors")
    for code in written if isinstance(written, list) else ():
        if isinstance(code, str) and code not in SECTORS and not code.startswith("own-"):
            faults.warn(
                head.line_in("sectors", code),
                _("“%(pair)s” is not understood here.") % {"pair": code[:60]},
                _("Write one of: %(names)s.") % {"names": ", ".join(sorted(SECTORS))},
            )


def _words(head: Head, faults: Faults) -> tuple[SectionText, ...]:
    """Title, summary and aims of a module."""
    aims = list_of(head, "aims", faults)
    if not aims:
        faults.add(head.line("aims"), _("The module names no aims."), _("Write them as a list, one a line."))
    sections = [
        SectionText("title", text_of(head, "title", faults, most=120), "title"),
        SectionText("summary", text_of(head, "summary", faults), "summary"),
    ]
    return (*sections, *(SectionText(f"aim-{number}", words, "aim") for number, words in enumerate(aims, start=1)))


def _read_units(path: Path, folder: Path, faults: Faults) -> tuple[list[UnitFile], dict[tuple[str, str], UnitFile]]:
    units: dict[str, UnitFile] = {}
    files = sorted((path / "units").glob("*.md"))
    for file in (file for file in files if _UNIT.match(file.name)):
        unit = read_unit(file, folder / "files", faults.of(str(file.relative_to(folder))))
        if unit is not None:
            units[file.stem] = unit
    if not units:
        faults.add(1, _("The module holds no unit."), _("Put units into the folder `units`, as 01-name.md."))
    translations = {}
    for file in (file for file in files if not _UNIT.match(file.name)):
        own = faults.of(str(file.relative_to(folder)))
        match = _TRANSLATED.match(file.name)
        if not match or match[2] not in dict(settings.LANGUAGES):
            own.add(1, _("This file's name is not understood."), _("Call it 01-name.md, or 01-name.fr.md in French."))
            continue
        source = units.get(match[1])
        if source is None:
            own.add(1, _("This translation has no source."), _("Name it like the unit it translates."))
            continue
        translated = read_unit(file, folder / "files", own, translated=True)
        if translated is not None:
            compare(source, translated, own)
            translations[source.code, match[2]] = translated
    return list(units.values()), translations


def check_codes(modules: list[ModuleFolder], folder: Path, faults: Faults) -> None:
    """Codes are used once; what comes first is there and does not go in a circle."""
    kinds: tuple[tuple[str, dict[str, str]], ...] = (("module", {}), ("unit", {}))
    for kind, seen in kinds:
        for module in modules:
            named = (
                [(module.path / "module.yaml", module.text.code)]
                if kind == "module"
                else [(u.path, u.code) for u in module.units]
            )
            for path, code in named:
                where = str(path.relative_to(folder))
                if code in seen:
                    faults.of(where).add(
                        1,
                        _("The code “%(code)s” is already used in %(path)s.") % {"code": code, "path": seen[code]},
                        _("Give each module and unit a code of its own."),
                    )
                seen.setdefault(code, where)
    first = {module.text.code: module.text.prerequisites for module in modules}
    told: set[frozenset[str]] = set()
    for module in modules:
        way = circle_through(module.text.code, first)
        if way and frozenset(way) not in told:
            told.add(frozenset(way))
            faults.of(str((module.path / "module.yaml").relative_to(folder))).add(
                module.line,
                _("Modules would have to come before themselves: %(way)s.") % {"way": " → ".join(way)},
                _("Take one of them out of `prerequisites`."),
            )
