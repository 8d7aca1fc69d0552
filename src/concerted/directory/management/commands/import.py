import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from concerted.directory.imports import headers
from concerted.directory.imports.result import Result, Unreadable
from concerted.directory.services.files import TAKE_IN


class Command(BaseCommand):
    help = "Take in territories, then agencies, then people from a CSV file, all or nothing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=list(TAKE_IN))
        parser.add_argument("file", help="a CSV file in UTF-8")
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="FIELD=COLUMN",
            help="which column is which; repeat it, or part with commas: 'name=Full name,email=E-mail'. "
            "A column whose name holds a comma stands in quotes: 'name=\"Name, given first\"'",
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        result = self._run(options)
        if options["format"] == "json":
            self.stdout.write(json.dumps(result.plain(), ensure_ascii=False, indent=2))
        else:
            self._tell(result, options["dry_run"])
        if result.errors:
            sys.exit(1)

    def _run(self, options: dict[str, Any]) -> Result:
        take_in = TAKE_IN[options["kind"]]
        try:
            columns = headers.parse_map(",".join(options["map"]), headers.FIELDS[options["kind"]])
        except Unreadable as error:
            return Result(errors=[error.fault])
        try:
            with open(options["file"], "rb") as stream:
                return take_in(stream, columns=columns, dry_run=options["dry_run"], by=None, at=timezone.now())
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from error

    def _tell(self, result: Result, dry_run: bool) -> None:
        for fault in result.errors:
            column = f", {fault.column}" if fault.column else ""
            self.stderr.write(f"line {fault.line}{column}: {fault.message} {fault.remedy}")
        if result.left_out:
            self.stderr.write(f"... and {result.left_out} more")
        if result.errors:
            self.stderr.write("Nothing was stored. Correct these lines and import the file again.")
            return
        would = "would be " if dry_run else ""
        self.stdout.write(f"{result.create} {would}added, {result.change} {would}changed, {result.skip} already there.")
