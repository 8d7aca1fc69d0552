"""`concerted ledger verify` walks along the chain; `concerted ledger forget` keeps to the retention table now."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from concerted.ledger.chain import verify
from concerted.ledger.forgetting import forget_old


class Command(BaseCommand):
    help = "Check the ledger, or forget what is too old"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=("verify", "forget"))
        parser.add_argument("--dry-run", action="store_true", help="forget: only say how many rows would go")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "forget":
            seen: dict[str, Any] = forget_old(timezone.now(), dry_run=options["dry_run"])
        else:
            seen = verify().plain()
        if options["format"] == "json":
            self.stdout.write(json.dumps(seen, indent=2))
        else:
            for name, value in seen.items():
                self.stdout.write(f"{name}: {value}")
        if seen.get("broken"):
            sys.exit(1)
