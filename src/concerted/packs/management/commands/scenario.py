import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from concerted.packs.interchange import KINDS
from concerted.packs.interchange.files import export_file, import_file
from concerted.packs.quality.limits import check_lengths
from concerted.packs.quality.passages import scenario_sheet
from concerted.packs.reading.conferences import ConferenceFile, read_conference
from concerted.packs.reading.faults import Fault, Faults
from concerted.packs.reading.scenarios import ScenarioFile, has_seats, read_scenario
from concerted.packs.reading.translations import compare
from concerted.training.book import BookRefused


class Command(BaseCommand):
    help = "Check scenarios; write one as a file for elsewhere, or read one from Twine."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        check = acts.add_parser("check", help="a scenario, or every one in a folder: its map, words and look back")
        check.add_argument("path", help="a scenario's file, or a folder of them")
        check.add_argument("--format", choices=["text", "json"], default="text")
        check.add_argument("--strict", action="store_true", help="warnings count in the exit code, too")
        export = acts.add_parser("export", help="a scenario as a file for elsewhere")
        export.add_argument("path", help="a scenario's file, or that of a translation beside its source")
        export.add_argument("--as", dest="kind", choices=sorted(KINDS), required=True)
        export.add_argument("--language", default="en", help="the language of a source, where it is not English")
        export.add_argument("-o", "--to", default="-", help="where to; - for the screen")
        brought = acts.add_parser("import", help="a Twee 3 story (SugarCube or Chapbook) as a scenario's file")
        brought.add_argument("path", help="a file that ends in .twee")
        brought.add_argument("-o", "--to", default="-", help="where to; - for the screen")

    def handle(self, *args: Any, **options: Any) -> None:
        {"check": self.check_scenarios, "export": self.export, "import": self.bring}[options["act"]](options)

    def check_scenarios(self, options: dict[str, Any]) -> None:
        path = Path(options["path"])
        files = [path] if not path.is_dir() else sorted(path.glob("**/scenarios/*.md")) or sorted(path.glob("*.md"))
        faults = Faults(str(path))
        sources = [file for file in files if "." not in file.stem]
        read: list[ScenarioFile | ConferenceFile | None] = [_read(file, faults) for file in sources]
        _compare({file.stem: one for file, one in zip(sources, read, strict=True) if one}, files, faults)
        if not files:
            faults.add(1, "There is no scenario here.", "Name a file that ends in .md, or a folder of them.")
        found = sorted(faults.found)
        wrong = [fault for fault in found if not fault.warning]
        if options["format"] == "json":
            self.stdout.write(json.dumps(_plain(read, found), ensure_ascii=False, indent=2))
        else:
            lines = [*(f"{fault}" for fault in found), *(_line(one) for one in read if isinstance(one, ScenarioFile))]
            self.stdout.write("\n".join(lines))
        if wrong or (options["strict"] and found):
            sys.exit(1)

    def export(self, options: dict[str, Any]) -> None:
        if options["language"] not in dict(settings.LANGUAGES):
            raise CommandError(f"Name one of these languages: {', '.join(dict(settings.LANGUAGES))}.")
        faults = Faults(options["path"])
        try:
            content = export_file(Path(options["path"]), options["kind"], options["language"], faults)
        except BookRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self._written(content, options["to"], [fault for fault in faults.found if not fault.warning])

    def bring(self, options: dict[str, Any]) -> None:
        faults = Faults(options["path"])
        text = import_file(Path(options["path"]), faults)
        self._written(text.encode() if text is not None else None, options["to"], faults.found)

    def _written(self, content: bytes | None, to: str, found: list[Fault]) -> None:
        """Say what was found, then write the file; without one the command fails."""
        for fault in sorted(found):
            self.stderr.write(str(fault))
        if content is None:
            sys.exit(1)
        if to == "-":
            sys.stdout.buffer.write(content)
            return
        try:
            Path(to).write_bytes(content)
        except OSError as error:
            raise CommandError(f"The file cannot be written: {error.strerror}.") from error


def _read(path: Path, faults: Faults, *, translated: bool = False) -> ScenarioFile | ConferenceFile | None:
    """A scenario or a case with seats, with its faults and what makes it hard to read."""
    read = read_conference if has_seats(path) else read_scenario
    file = read(path, str(path), faults, translated=translated)
    if file is not None:
        language = path.stem.partition(".")[2] or "en"
        check_lengths(scenario_sheet(file, path.parent, language), (), faults.of(str(path)), whole=True)
    return file


def _compare(sources: dict[str, ScenarioFile | ConferenceFile], files: list[Path], faults: Faults) -> None:
    """Say of each translation what it lacks; one whose source is not looked at too is held against that as well."""
    for path in (path for path in files if "." in path.stem):
        translated = _read(path, faults, translated=True)
        beside = path.with_name(f"{path.stem.partition('.')[0]}.md")
        source = sources.get(beside.stem) or (_read(beside, Faults(str(beside))) if beside.exists() else None)
        if source is not None and translated is not None:
            compare(source, translated, faults.of(str(path)))


def _plain(read: list[ScenarioFile | ConferenceFile | None], found: list[Fault]) -> dict[str, Any]:
    scenarios = [one for one in read if isinstance(one, ScenarioFile)]
    return {
        "scenarios": [{"scenario": one.code, "passages": len(one.story.passages)} for one in scenarios],
        "faults": [fault.plain() for fault in found if not fault.warning],
        "warnings": [fault.plain() for fault in found if fault.warning],
    }


def _line(one: ScenarioFile) -> str:
    endings = sum(passage.ending for passage in one.story.passages)
    choices = sum(len(passage.choices) for passage in one.story.passages)
    return (
        f"{one.code}: {len(one.story.passages)} passages, {choices} choices, {endings} endings, {one.minutes} minutes."
    )
