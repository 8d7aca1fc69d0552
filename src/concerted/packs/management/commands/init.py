import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from concerted.directory.services import PersonRefused
from concerted.packs.services import PackRefused
from concerted.packs.start import StartRefused, start_response


class Command(BaseCommand):
    help = "Begin a real, empty response: its database, its first coordinator and the starter content."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", required=True, help="your name")
        parser.add_argument("--email", required=True, help="the address you sign in with")
        parser.add_argument("--language", choices=dict(settings.LANGUAGES), default="en")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        pack = Path(settings.CONTENT_ROOT) / "starter"
        try:
            started = start_response(
                options["name"], options["email"].strip().lower(), options["language"], pack, at=timezone.now()
            )
        except (PackRefused, PersonRefused, StartRefused) as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["format"] == "json":
            self.stdout.write(json.dumps(asdict(started)))
            return
        self.stdout.write(
            f"The response is begun, with {started.modules} modules of starter content.\n"
            f"Start the server with: concerted serve\n"
            f"Then choose your password within three days, with this link (it works once):\n\n  {started.link}\n\n"
            f"After signing in, add a second step to your account; then five pages set up the rest."
        )
