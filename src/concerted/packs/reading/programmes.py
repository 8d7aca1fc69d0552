"""The programmes of a pack: modules in order, with a title and a summary; see docs/pack-format.md."""

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from concerted.packs.reading.faults import Faults
from concerted.packs.reading.files import Head, code_of, list_of, text_of, warn_of_others
from concerted.packs.reading.heads import HeadTranslated, read_head, read_translated
from concerted.text.rules import SectionText
from concerted.training.rules import ProgrammeText

#: With the prefix of its credential it still fits where credentials are kept.
LONGEST_CODE = 30


@dataclass(frozen=True)
class ProgrammeFolder:
    """A programme as its folder tells it."""

    path: Path
    text: ProgrammeText
    heads: dict[str, HeadTranslated] = field(default_factory=dict)
    head: Head = field(default_factory=Head)


def read_programmes(folder: Path, pack: str, modules: Collection[str], faults: Faults) -> tuple[ProgrammeFolder, ...]:
    """Every programme of a pack; `modules`: the codes of its modules, the only ones a programme may name."""
    found: list[ProgrammeFolder] = []
    seen: dict[str, str] = {}
    for place, path in enumerate(sorted((folder / "programmes").glob("*/"))):
        where = f"{path.relative_to(folder)}/programme.yaml"
        own = faults.of(where)
        if not (path / "programme.yaml").is_file():
            own.add(1, _("The programme's facts are missing."), _("Write programme.yaml into this folder."))
            continue
        head = read_head(path / "programme.yaml", own)
        if head is None:
            continue
        warn_of_others(head, ("programme", "title", "summary", "modules"), own)
        text = ProgrammeText(
            _code(head, seen, modules, own), _words(head, own), _modules(head, modules, own), place, pack
        )
        seen.setdefault(text.code, where)
        found.append(
            ProgrammeFolder(
                path, text, read_translated(path / "programme.yaml", folder, text.sections, _words, faults), head
            )
        )
    return tuple(found)


def _words(head: Head, faults: Faults) -> tuple[SectionText, ...]:
    return (
        SectionText("title", text_of(head, "title", faults, most=120), "title"),
        SectionText("summary", text_of(head, "summary", faults), "summary"),
    )


def _code(head: Head, seen: dict[str, str], modules: Collection[str], faults: Faults) -> str:
    code = code_of(head, "programme", faults)
    line = head.line("programme")
    if len(code) > LONGEST_CODE:
        faults.add(
            line,
            _("“%(key)s” is longer than %(most)s signs.") % {"key": "programme", "most": LONGEST_CODE},
            _("Shorten it."),
        )
    if code in seen or code in modules:
        where = seen.get(code) or _("a module")
        faults.add(
            line,
            _("The code “%(code)s” is already used in %(path)s.") % {"code": code, "path": where},
            _("Give each programme a code of its own, unlike those of modules."),
        )
    return code


def _modules(head: Head, known: Collection[str], faults: Faults) -> tuple[str, ...]:
    codes = list_of(head, "modules", faults)
    line = head.line("modules")
    if not codes:
        faults.add(line, _("The programme holds no module."), _("List the codes of its modules, in order."))
    for place, code in enumerate(codes):
        if code not in known:
            faults.add(
                head.line_in("modules", code),
                _("There is no module “%(code)s” in this pack.") % {"code": code[:60]},
                _("Correct the code, or add the module."),
            )
        elif code in codes[:place]:
            faults.add(
                head.line_in("modules", code),
                _("“%(key)s” stands here twice.") % {"key": code},
                _("Take one of the two away."),
            )
    return tuple(codes)
