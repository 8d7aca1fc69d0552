import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from concerted.training.badge.keys import did_of, issuer_key
from concerted.training.badge.verifying import BadBadge, Checked, check


class Command(BaseCommand):
    help = "Check an Open Badges 3.0 credential (VC-JWT, did:key) from a file, without a network."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["verify"])
        parser.add_argument("file", type=Path, help="the badge, as downloaded")
        parser.add_argument("--list", type=Path, help="the list of revoked badges that the badge names, as downloaded")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        listed = _read(options["list"]) if options["list"] else ""
        try:
            found = check(_read(options["file"]), at=timezone.now(), status_list=listed)
        except BadBadge as refusal:
            raise CommandError(str(refusal)) from refusal
        own = found.issuer == did_of(issuer_key().public_key())
        if options["format"] == "json":
            self.stdout.write(json.dumps(asdict(found) | {"own": own}, default=str))
        else:
            self.stdout.write("\n".join(_lines(found, own)))
        if found.state != "good":
            raise CommandError(f"The badge is not good: {found.state}.")


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{file} cannot be read as text.") from error


def _lines(found: Checked, own: bool) -> list[str]:
    return [
        f"What:     {found.name}",
        f"Since:    {found.since:%Y-%m-%d}" + (f", until {found.until:%Y-%m-%d}" if found.until else ""),
        f"Issuer:   {found.issuer_name} ({'this installation' if own else found.issuer})",
        f"Revoked:  {'asked of the list' if found.asked else 'not asked; give the list with --list'}",
        f"State:    {found.state}",
    ]
