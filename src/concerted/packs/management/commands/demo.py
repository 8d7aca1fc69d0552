import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from concerted.packs.demo.accounts import ACCOUNTS, PASSWORD
from concerted.packs.demo.build import DemonstrationRefused, OthersThere, counted, load_demonstration


class Command(BaseCommand):
    help = "Load the demonstration response into an empty database, or make one of another day anew; tell its accounts."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--no-serve", action="store_true", help="only load; `concerted demo` without it also serves"
        )
        parser.add_argument(
            "--as-it-is",
            action="store_true",
            help="where somebody joined the demonstration, leave it as it is and say so, instead of refusing",
        )
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        as_json = options["format"] == "json"
        say = (lambda line: None) if as_json else self.stdout.write
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        try:
            loaded = load_demonstration(Path(settings.CONTENT_ROOT) / "starter", at=timezone.now(), say=say)
        except DemonstrationRefused as refused:
            if not (options["as_it_is"] and isinstance(refused, OthersThere)):
                raise CommandError(str(refused)) from refused
            self.stderr.write(f"{refused}\nIt is served as it is; its dates stay those of the day it was made.")
            loaded = counted(made=False)
        if as_json:
            accounts = [{"email": account.email, "role": account.role or "practitioner"} for account in ACCOUNTS]
            self.stdout.write(json.dumps(asdict(loaded) | {"password": PASSWORD, "accounts": accounts}))
        else:
            self._tell_accounts()

    def _tell_accounts(self) -> None:
        self.stdout.write(f"\nSign in with any of these; the password is always:  {PASSWORD}\n")
        for account in ACCOUNTS:
            self.stdout.write(f"  {account.email:24} {account.shows}")
