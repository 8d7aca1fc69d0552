import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from concerted.packs.reading.faults import Fault, Faults
from concerted.packs.reading.scenarios import ScenarioFile, read_scenario


class Command(BaseCommand):
    help = "Check a scenario, or every scenario in a folder: its map, its words, its look back."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["check"])
        parser.add_argument("path", help="a scenario's file, or a folder of them")
        parser.add_argument("--format", choices=["text", "json"], default="text")
        parser.add_argument("--strict", action="store_true", help="warnings count in the exit code, too")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["path"])
        files = [path] if not path.is_dir() else sorted(path.glob("**/scenarios/*.md")) or sorted(path.glob("*.md"))
        faults = Faults(str(path))
        sources = [file for file in files if "." not in file.stem]
        read = [read_scenario(file, str(file), faults) for file in sources]
        for file in (file for file in files if file not in sources):
            # A translation has no map of its own; `pack check` holds it against its source.
            read_scenario(file, str(file), faults, translated=True)
        if not files:
            faults.add(1, "There is no scenario here.", "Name a file that ends in .md, or a folder of them.")
        found = sorted(faults.found)
        wrong = [fault for fault in found if not fault.warning]
        if options["format"] == "json":
            self.stdout.write(json.dumps(_plain(read, found), ensure_ascii=False, indent=2))
        else:
            lines = [*(f"{fault}" for fault in found), *map(_line, filter(None, read))]
            self.stdout.write("\n".join(lines))
        if wrong or (options["strict"] and found):
            sys.exit(1)


def _plain(read: list[ScenarioFile | None], found: list[Fault]) -> dict[str, Any]:
    return {
        "scenarios": [{"scenario": one.code, "passages": len(one.story.passages)} for one in read if one],
        "faults": [fault.plain() for fault in found if not fault.warning],
        "warnings": [fault.plain() for fault in found if fault.warning],
    }


def _line(one: ScenarioFile) -> str:
    endings = sum(passage.ending for passage in one.story.passages)
    choices = sum(len(passage.choices) for passage in one.story.passages)
    return (
        f"{one.code}: {len(one.story.passages)} passages, {choices} choices, {endings} endings, {one.minutes} minutes."
    )
