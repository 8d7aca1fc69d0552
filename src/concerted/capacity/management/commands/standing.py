import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from concerted.capacity.queries import standing_by_agency


class Command(BaseCommand):
    help = "Who holds what is required, counted by agency, as at any day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--by", choices=["agency"], default="agency")
        parser.add_argument("--on", default="", help="a day as year-month-day; today when left out")
        parser.add_argument("--format", choices=["table", "json"], default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            on = date.fromisoformat(options["on"]) if options["on"] else timezone.localdate()
        except ValueError as error:
            raise CommandError("Write the day as year-month-day, for example 2026-11-24.") from error
        lines = standing_by_agency(on)
        if options["format"] == "json":
            self.stdout.write(json.dumps(lines, ensure_ascii=False, indent=1))
            return
        heads = ["agency", "current", "due_soon", "overdue", "not_yet_due", "exempt", "not_required"]
        self.stdout.write("\t".join(heads))
        for line in lines:
            self.stdout.write("\t".join(str(line[head]) for head in heads))
