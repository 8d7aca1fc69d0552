import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from concerted.capacity import services


class Command(BaseCommand):
    help = "Throw away everything derived (states, tallies, marks) and compute it again from the facts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        episodes = services.rebuild(at=timezone.now())
        weeks = services.fold_marks(timezone.localdate())
        if options["format"] == "json":
            self.stdout.write(json.dumps({"states": episodes, "weeks": weeks}))
            return
        self.stdout.write(f"{episodes} states rebuilt, {weeks} weeks marked.")
