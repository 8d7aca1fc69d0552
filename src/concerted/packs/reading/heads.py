"""The facts of a module or programme in a file of their own, and the same words in other languages."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from concerted.packs.reading.faults import Faults
from concerted.packs.reading.files import Head, read_lines, read_yaml
from concerted.packs.reading.units import HEAD, mark_of
from concerted.text.rules import SectionText

Words = Callable[[Head, Faults], tuple[SectionText, ...]]


@dataclass(frozen=True)
class HeadTranslated:
    """Title, summary and aims in another language, and what they were made from."""

    path: Path
    sections: tuple[SectionText, ...]
    mark: str
    head: Head = field(default_factory=Head)


def read_head(path: Path, faults: Faults) -> Head | None:
    """The facts in a YAML file; None, and a fault, when they cannot be read."""
    lines = read_lines(path, faults)
    return read_yaml(lines, faults) if lines is not None else None


def read_translated(
    source: Path, folder: Path, sections: tuple[SectionText, ...], words: Words, faults: Faults
) -> dict[str, HeadTranslated]:
    """Language -> the words of `source`, say module.yaml, in the files beside it, say module.fr.yaml."""
    found = {}
    for file in sorted(source.parent.glob(f"{source.stem}.*.yaml")):
        own = faults.of(str(file.relative_to(folder)))
        language = file.name.split(".")[1]
        if language not in dict(settings.LANGUAGES):
            own.add(
                1, _("“%(code)s” is not a language of Concerted.") % {"code": language}, _("Correct the file's name.")
            )
            continue
        head = read_head(file, own)
        if head is None:
            continue
        translated, mark = words(head, own), str(head.facts.get("of") or "")
        if [section.key for section in translated] != [section.key for section in sections]:
            own.add(1, _("The module's aims are not as many as in the source."), _("Translate each aim, in order."))
        elif not mark:
            own.warn(1, _("The translation carries no marks."), _("Run `concerted pack stamp` when it is finished."))
        elif mark != mark_of(sections):
            own.warn(
                1,
                _("“%(key)s” is behind: its source has changed.") % {"key": HEAD},
                _("Translate it anew, then run `concerted pack stamp`."),
            )
        found[language] = HeadTranslated(file, translated, mark, head)
    return found
