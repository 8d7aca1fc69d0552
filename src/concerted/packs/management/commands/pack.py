import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from concerted.packs.manuscript.making import module_from
from concerted.packs.manuscript.refusal import ManuscriptRefused
from concerted.packs.quality.check import check_pack
from concerted.packs.quality.originals import originals_in
from concerted.packs.reading.faults import Fault
from concerted.packs.reading.packs import Read, read_pack
from concerted.packs.services import PackRefused, load_pack
from concerted.packs.stamping import stamp

#: What an act found: for a program, in lines for a reader, and whether it is sound.
Told = tuple[dict[str, Any], list[str], bool]
#: Folders that only packs have: one of them without pack.yaml is a pack whose first file is lost.
_OF_PACKS = ("modules", "questions", "scenarios", "cases", "instruments", "programmes")


class Command(BaseCommand):
    help = "Check a content pack, stamp its translations, load it, or make a module from a document (.docx, .odt)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["check", "stamp", "load", "from"])
        parser.add_argument(
            "path",
            nargs="+",
            help="the folder that holds pack.yaml, for check one or more; for stamp also one translated file in it; "
            "for from the document",
        )
        parser.add_argument("--to", help="from: the pack, or any other folder, that the module's folder is made in")
        parser.add_argument("--code", default="", help="from: the module's code; made of its title otherwise")
        parser.add_argument("--format", choices=["text", "json"], default="text")
        parser.add_argument("--against", help="check: a folder of texts by others, to find what is copied from them")
        parser.add_argument("--strict", action="store_true", help="check: warnings count in the exit code, too")

    def handle(self, *args: Any, **options: Any) -> None:
        path, *more = map(Path, options["path"])
        as_json = options["format"] == "json"
        if options["act"] == "check":
            check = self._check_all if more else self._check_one
            plain, lines, sound = check([path, *more], _against(options["against"]), options["strict"])
        elif options["against"] is not None:
            raise CommandError("--against goes with check.")
        elif more:
            raise CommandError(f"Name one path; {more[0]} is one too many. Only check takes several.")
        else:
            act = {"stamp": self._stamp, "load": self._load}.get(options["act"])
            plain, lines, sound = act(path) if act else _from(path, options["to"], options["code"])
        self.stdout.write(json.dumps(plain, ensure_ascii=False, indent=2) if as_json else "\n".join(lines))
        if not sound:
            sys.exit(1)

    def _check_all(self, paths: list[Path], against: Path | None, strict: bool) -> Told:
        """Every pack among several paths, as a shell names them for `content/*`; what is no pack is named."""
        packs = [path for path in paths if _may_be_pack(path)]
        if not packs:
            raise CommandError("None of these is a pack. Name a folder that holds pack.yaml.")
        others = [str(path) for path in paths if path not in packs]
        plain: dict[str, Any] = {"packs": [], "no_packs": others}
        lines, all_sound = [f"{path}: no pack, left out." for path in others], True
        for path in packs:
            one, told, sound = self._check_one([path], against, strict)
            plain["packs"].append({"path": str(path), **one})
            lines += [f"{path}:", *told]
            all_sound = all_sound and sound
        return plain, lines, all_sound

    def _check_one(self, paths: list[Path], against: Path | None, strict: bool) -> Told:
        plain, lines, sound = self._check(paths[0], against)
        return plain, lines, sound and not (strict and plain["warnings"])

    def _check(self, path: Path, against: Path | None = None) -> Told:
        read = check_pack(path, against)
        faults = [fault for fault in read.faults if not fault.warning]
        warnings = [fault for fault in read.faults if fault.warning]
        plain = {"pack": read.pack.code if read.pack else "", "faults": _plain(faults), "warnings": _plain(warnings)}
        lines = [*map(str, faults), *_by_file(warnings), _summary(read)]
        return plain, lines, read.sound

    def _stamp(self, path: Path) -> Told:
        folder = path if path.is_dir() else next((up for up in path.parents if (up / "pack.yaml").is_file()), path)
        read = read_pack(folder)
        if read.pack is None or not read.sound:
            return self._check(folder)
        changed = [str(file) for file in stamp(read.pack, None if path.is_dir() else path)]
        return {"stamped": changed}, [*changed, f"{len(changed)} stamped."], True

    def _load(self, path: Path) -> Told:
        try:
            loaded = load_pack(path, by=None, at=timezone.now())
        except PackRefused as refused:
            lines = [*map(str, refused.faults), "Nothing was loaded. Correct these lines and load the pack again."]
            return {"faults": _plain(refused.faults)}, lines, False
        line = (
            f"{loaded.pack} {loaded.version}: {len(loaded.changed)} modules new or changed, "
            f"{len(loaded.unchanged)} as they were, {loaded.translated} translated sections new, "
            f"{len(loaded.programmes)} programmes, {len(loaded.scenarios)} scenarios, {len(loaded.cases)} case "
            f"studies, {len(loaded.instruments)} instruments, {len(loaded.banks)} banks "
            f"and {len(loaded.exams)} tests new or changed."
        )
        return asdict(loaded), [line], True


def _may_be_pack(path: Path) -> bool:
    return (path / "pack.yaml").is_file() or any((path / name).is_dir() for name in _OF_PACKS)


def _against(folder: str | None) -> Path | None:
    """The folder to compare with; one without a file would make every pack look clean."""
    if folder is not None and not originals_in(Path(folder)):
        raise CommandError(f"{folder} is no folder that holds a file. Name one with the texts to compare with.")
    return Path(folder) if folder is not None else None


def _from(path: Path, to: str | None, code: str) -> Told:
    if not to:
        raise CommandError("Say with --to in which folder the module is to be made.")
    try:
        made = module_from(path, Path(to), code)
    except ManuscriptRefused as refused:
        plain = {"message": refused.message, "remedy": refused.remedy}
        return {"refused": plain}, [str(refused), "Nothing was written."], False
    return made.plain(), made.lines(), True


def _plain(faults: Iterable[Fault]) -> list[dict[str, Any]]:
    return [fault.plain() for fault in faults]


def _by_file(warnings: Iterable[Fault]) -> Iterator[str]:
    """Warnings under the name of their file, by line."""
    for path, found in groupby(warnings, key=lambda fault: fault.path):
        yield path
        yield from (f"  {fault.line}: {fault.message} {fault.remedy}".rstrip() for fault in found)


def _summary(read: Read) -> str:
    if read.pack is None:
        return "This is not a pack."
    units = [unit for module in read.pack.modules for unit in module.units]
    questions = sum(len(unit.questions) for unit in units)
    verdict = "sound" if read.sound else "not sound"
    banks = [bank.file for bank in read.pack.banks]
    more = {
        "programmes": len(read.pack.programmes),
        "scenarios": len(read.pack.scenarios),
        "case studies": len(read.pack.cases),
        "instruments": len(read.pack.instruments),
        "banks": len(banks),
        "questions in banks": sum(len(bank.questions) for bank in banks),
        "tests": len(read.pack.exams),
    }
    counted = "".join(f", {number} {name}" for name, number in more.items() if number)
    warnings = sum(fault.warning for fault in read.faults)
    return (
        f"{read.pack.code}: {len(read.pack.modules)} modules, {len(units)} units, "
        f"{questions} questions{counted}; {verdict}" + (f", {warnings} warnings." if warnings else ".")
    )
