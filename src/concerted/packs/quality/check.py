"""Everything that is wrong in a pack, and everything that could be better; see docs/pack-format.md, "Good content"."""

from pathlib import Path

from concerted.packs.quality.aims import check_aims
from concerted.packs.quality.copied import check_copied
from concerted.packs.quality.limits import check_lengths
from concerted.packs.quality.options import check_options
from concerted.packs.quality.originals import originals_in
from concerted.packs.quality.passages import sheets_of
from concerted.packs.quality.repeats import check_repeats
from concerted.packs.quality.sources import check_sources
from concerted.packs.quality.words import check_note, check_slots, check_words
from concerted.packs.reading.faults import Fault, Faults
from concerted.packs.reading.packs import PackFolder, Read, read_pack


def check_pack(folder: Path, against: Path | None = None) -> Read:
    """A pack and all findings, those of quality as warnings: loading does not ask for them, so it reads faster.

    `against`: a folder of texts that others wrote, in whose words the pack should not speak.
    """
    read = read_pack(folder)
    if read.pack is None:
        return read
    found = review(read.pack, folder)
    if against is not None:
        faults = Faults("pack.yaml", found)
        check_copied(sheets_of(read.pack, folder), folder, originals_in(against), faults)
    return Read(read.pack, tuple(sorted((*read.faults, *found))))


def review(pack: PackFolder, folder: Path) -> list[Fault]:
    """The findings of quality alone, in no order."""
    faults = Faults("pack.yaml")
    sheets = list(sheets_of(pack, folder))
    for sheet in sheets:
        own = faults.of(sheet.path)
        glossary = [entry for entry in pack.glossary if entry.language == sheet.language]
        check_lengths(sheet, glossary, own)
        check_sources(sheet, own)
        check_aims(sheet, own)
        check_options(sheet, own)
        check_words(sheet, glossary, own)
        check_note(sheet, own)
        check_slots(sheet, own)
    check_repeats(sheets, faults)
    return faults.found
