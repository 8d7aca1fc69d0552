"""`concerted jobs`: how many tasks wait, run, failed, and why."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from concerted.jobs.queries import queue


class Command(BaseCommand):
    help = "Show the queue of background jobs"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        seen = queue()
        if options["format"] == "json":
            self.stdout.write(json.dumps(seen.plain(), default=str, indent=2))
            return
        for state in ("ready", "running", "failed", "successful"):
            self.stdout.write(f"{state:<12}{getattr(seen, state)}")
        self.stdout.write(f"{'oldest':<12}{seen.oldest or '-'}")
        for failure in seen.failures:
            self.stdout.write(f"failed {failure.job} {failure.at}: {failure.reason}")
