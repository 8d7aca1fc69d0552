"""From a document to a module's folder, and what to tell of it."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from concerted.packs.manuscript.archive import BYTES_MOST, too_large
from concerted.packs.manuscript.document import read_document
from concerted.packs.manuscript.folder import module_code, unit_code, write_module
from concerted.packs.manuscript.outline import ModuleOutline, outline
from concerted.packs.manuscript.refusal import ManuscriptRefused
from concerted.packs.manuscript.telling import changed_words, told


@dataclass(frozen=True)
class ModuleMade:
    """A module that was made from a document, and where it stands."""

    folder: Path
    code: str
    outline: ModuleOutline

    def plain(self) -> dict[str, Any]:
        """The same for a program."""
        return {
            "module": self.code,
            "folder": str(self.folder),
            "title": self.outline.title,
            "units": [
                {
                    "unit": unit_code(self.code, number),
                    "title": unit.title,
                    "minutes": unit.minutes,
                    "sections": [part.key for part in unit.parts],
                }
                for number, unit in enumerate(self.outline.units, start=1)
            ],
            "left_out": [asdict(one) | {"words": told(one)} for one in self.outline.left_out],
            "changed": dict(self.outline.changed),
        }

    def lines(self) -> list[str]:
        """The same for a person, one thing a line."""
        units = [
            f"  {unit_code(self.code, number)} {unit.title}: {len(unit.parts)} sections, about {unit.minutes} minutes"
            for number, unit in enumerate(self.outline.units, start=1)
        ]
        left_out = [f"  {told(one)}" for one in self.outline.left_out]
        return [
            f"{self.folder}: {self.outline.title}",
            *units,
            *changed_words(self.outline.changed),
            *(["Left out:", *left_out] if left_out else []),
            "Now write the aims and questions; `concerted pack check` says where they are missing.",
        ]


def module_from(path: Path, to: Path, code: str = "") -> ModuleMade:
    """Make the folder of a module from the document at `path`; raises ManuscriptRefused, and writes nothing then."""
    try:
        if path.stat().st_size > BYTES_MOST:
            raise too_large()
        content = path.read_bytes()
    except OSError as error:
        raise ManuscriptRefused(_("The file cannot be read."), _("Check its name and its permissions.")) from error
    found = outline(read_document(content), path.stem)
    code = module_code(found, code)
    return ModuleMade(write_module(found, code, to), code, found)
