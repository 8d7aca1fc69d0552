"""Files of scenarios in and out: by their ending what they are, by a kind what they become."""

from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _

from concerted.packs.interchange import KINDS
from concerted.packs.interchange.tale import Tale, tale_of, translated
from concerted.packs.interchange.twee.reading import read_twee
from concerted.packs.reading.faults import Faults
from concerted.packs.reading.files import lines_of, read_lines
from concerted.packs.reading.scenarios import read_scenario

TWEE = (".twee", ".tw")


def read_tale(path: Path, language: str, faults: Faults) -> Tale | None:
    """The scenario in a file, or in a translation beside its source; None when something is wrong with it."""
    code = path.stem.rpartition(".")[2] if "." in path.stem else ""
    source = path.with_name(f"{path.name.partition('.')[0]}.md") if code else path
    file = read_scenario(source, str(source), faults)
    words = read_scenario(path, str(path), faults, translated=True) if code else None
    if file is None or (code and words is None) or any(not fault.warning for fault in faults.found):
        return None
    return translated(file, words, code) if words else tale_of(file, language)


def export_file(path: Path, kind: str, language: str, faults: Faults) -> bytes | None:
    """A scenario's file as one of `KINDS`, its own few words in the language of the scenario; None with faults."""
    tale = read_tale(path, language, faults)
    if tale is None:
        return None
    with translation.override(tale.language):
        return KINDS[kind].write(tale)


def scenario_text(content: bytes, name: str, faults: Faults) -> str | None:
    """The scenario a file holds, in our format: a Twee story is read into it, our own stays as it is; None with faults.

    `name`: that of the file, whose ending says what it is.
    """
    lines = lines_of(content, faults)
    if lines is None:
        return None
    path = Path(name)
    if path.suffix.lower() in TWEE:
        return read_twee("\n".join(lines), path.stem, faults)
    if path.suffix.lower() != ".md":
        faults.add(1, _("This kind of file is not read here."), _("Bring a file that ends in .md or .twee."))
        return None
    return "\n".join(lines)


def import_file(path: Path, faults: Faults) -> str | None:
    """The same for a file on this machine."""
    lines = read_lines(path, faults)
    return scenario_text("\n".join(lines).encode(), path.name, faults) if lines is not None else None
