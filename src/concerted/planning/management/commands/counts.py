import csv
import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from concerted.directory.imports.result import Result
from concerted.planning.queries.count_rows import COLUMNS, count_rows
from concerted.planning.services.count_files import take_counts


class Command(BaseCommand):
    help = "Take monthly counts in from a CSV file, all or nothing; or write them out, small numbers withheld."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("do", choices=["import", "export"])
        parser.add_argument(
            "file", nargs="?", help="a CSV file in UTF-8: territory, agency, month, service, counted, to, value"
        )
        parser.add_argument("--why", default="", help="the reason, where numbers that stand already are corrected")
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["do"] == "export":
            self._export(options["format"])
            return
        if not options["file"]:
            raise CommandError("Name the CSV file to take in.")
        try:
            with open(options["file"], "rb") as stream:
                result = take_counts(stream, why=options["why"], dry_run=options["dry_run"], by=None, at=timezone.now())
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from error
        if options["format"] == "json":
            self.stdout.write(json.dumps(result.plain(), ensure_ascii=False, indent=2))
        else:
            self._tell(result, options["dry_run"])
        if result.errors:
            sys.exit(1)

    def _tell(self, result: Result, dry_run: bool) -> None:
        for fault in result.errors:
            column = f", {fault.column}" if fault.column else ""
            self.stderr.write(f"line {fault.line}{column}: {fault.message} {fault.remedy}")
        if result.errors:
            self.stderr.write("Nothing was stored. Correct these lines and import the file again.")
            return
        would = "would be " if dry_run else ""
        self.stdout.write(f"{result.create} {would}new, {result.change} {would}corrected, {result.skip} already there.")

    def _export(self, kind: str) -> None:
        rows = count_rows()
        if kind == "json":
            self.stdout.write(json.dumps([dict(zip(COLUMNS, row, strict=True)) for row in rows], ensure_ascii=False))
            return
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
