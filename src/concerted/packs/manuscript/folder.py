"""Writes a module read from a document as a folder in the pack format (docs/pack-format.md)."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from concerted.packs.manuscript.keys import KEY, KEY_MOST, key_of
from concerted.packs.manuscript.outline import ModuleOutline, UnitOutline
from concerted.packs.manuscript.refusal import ManuscriptRefused
from concerted.text.rules import SLOT


def module_code(outline: ModuleOutline, code: str = "") -> str:
    """The code that was asked for, else one made of the title; raises ManuscriptRefused for one that is none."""
    code = code or key_of(outline.title)
    if not KEY.fullmatch(code) or len(code) > KEY_MOST:
        raise ManuscriptRefused(
            _("“%(value)s” is not a code.") % {"value": code[:60]},
            _("Use small letters, digits and hyphens, at most 40."),
        )
    return code


def unit_code(code: str, number: int) -> str:
    """The code of a module's unit, counted from 1."""
    return f"{code}.{number}"


def files_of(outline: ModuleOutline, code: str) -> dict[str, str]:
    """Name in the module's folder -> text. Aims are left empty: `pack check` asks for them, nobody makes them up."""
    files = {"module.yaml": _module(outline, code)}
    for number, unit in enumerate(outline.units, start=1):
        files[f"units/{number:02}-{key_of(unit.title)}.md"] = _unit(unit, unit_code(code, number))
    return files


def write_module(outline: ModuleOutline, code: str, to: Path) -> Path:
    """Write the module's folder: into `modules` where `to` is a pack, else directly into `to`.

    All of it or nothing, and never over a folder that is there; raises ManuscriptRefused then.
    """
    parent = to / "modules" if (to / "pack.yaml").is_file() else to
    folder = parent / code
    if folder.exists():
        raise ManuscriptRefused(
            _("There is already something at %(path)s.") % {"path": folder},
            _("Name another code or folder, or move it away."),
        )
    files = files_of(outline, code)
    try:
        parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{code}-", dir=parent))
        try:
            (beside / "units").mkdir()
            for name, text in files.items():
                (beside / name).write_text(text, encoding="utf-8")
            # What mkdtemp makes is closed to everybody else; a pack's folders are not.
            beside.chmod(0o755)
            beside.rename(folder)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise ManuscriptRefused(
            _("Nothing can be written to %(path)s.") % {"path": parent},
            _("Name a folder that you may write to."),
        ) from error
    return folder


def _yaml(facts: dict[str, Any]) -> str:
    return yaml.safe_dump(facts, allow_unicode=True, sort_keys=False, width=10_000)


def _module(outline: ModuleOutline, code: str) -> str:
    return _yaml(
        {
            "module": code,
            "title": outline.title,
            "summary": outline.summary,
            "sectors": [],
            "prerequisites": [],
            "pass_mark": 70,
            "attempts": 0,
            "aims": [],
        }
    )


def _unit(unit: UnitOutline, code: str) -> str:
    body = "".join(
        f"\n## {part.title + ' ' if part.title else ''}{{#{part.key}}}\n\n{part.markdown}\n" for part in unit.parts
    )
    slots = sorted(set(SLOT.findall(body)))
    head: dict[str, Any] = {"unit": code, "title": unit.title, "minutes": unit.minutes}
    if slots:
        head["slots"] = slots
    return f"---\n{_yaml(head)}aims: {{}}\n---\n{body}"
