import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from concerted.directory.models import Person
from concerted.text.exchange.segments import ExchangeRefused
from concerted.text.models import ContentLanguage, Document
from concerted.text.services.exchange import FORMATS, export_language, import_file
from concerted.text.services.memory import MemoryTaken


class Command(BaseCommand):
    help = "Take texts to a translator's own tool and back: XLIFF 1.2 or 2.1, PO, TMX."

    def add_arguments(self, parser: CommandParser) -> None:
        ways = parser.add_subparsers(dest="way", required=True)
        out: ArgumentParser = ways.add_parser("export", help="write a file")
        out.add_argument("file", nargs="?", default="-", help="where to; - for the screen")
        out.add_argument("--language", required=True)
        out.add_argument("--document", default="", help="room/key of one document; without it, all")
        out.add_argument("--as", dest="kind", choices=sorted(FORMATS), default="xliff12")
        out.add_argument("--prefill", action="store_true", help="put the source where nothing is translated")
        out.add_argument("--to-do", action="store_true", help="leave out what readers are shown already")
        back: ArgumentParser = ways.add_parser("import", help="take a file in: as drafts, a TMX as offers")
        back.add_argument("file")
        back.add_argument("--by", default="", help="e-mail address of the translator")
        back.add_argument("--dry-run", action="store_true")
        back.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._out(options) if options["way"] == "export" else self._back(options)
        except ExchangeRefused as refusal:
            raise CommandError(str(refusal)) from refusal

    def _out(self, options: dict[str, Any]) -> None:
        if not ContentLanguage.objects.filter(pk=options["language"]).exists():
            raise CommandError("This language is not open. Add it on the page of languages first.")
        room, _slash, key = options["document"].partition("/")
        document = Document.objects.filter(room=room, key=key, published__isnull=False).first() if key else None
        if options["document"] and document is None:
            raise CommandError("There is no such document. Write room/key, for example training/module:health-care.")
        content = export_language(
            options["language"],
            options["kind"],
            document=document,
            prefill=options["prefill"],
            only_to_do=options["to_do"],
        )
        if options["file"] == "-":
            sys.stdout.buffer.write(content)
        else:
            Path(options["file"]).write_bytes(content)

    def _back(self, options: dict[str, Any]) -> None:
        by = Person.objects.filter(email__iexact=options["by"]).first() if options["by"] else None
        if options["by"] and by is None:
            raise CommandError("Nobody has this address.")
        try:
            content = Path(options["file"]).read_bytes()
        except OSError as error:
            raise CommandError(f"The file cannot be read: {error.strerror}.") from error
        done = import_file(content, by=by, at=timezone.now(), dry_run=options["dry_run"])
        if options["format"] == "json":
            self.stdout.write(json.dumps(asdict(done), ensure_ascii=False))
            return
        if isinstance(done, MemoryTaken):
            self.stdout.write(f"{done.offered} offered, {done.unchanged} were before, {len(done.left_out)} left out.")
        else:
            self.stdout.write(
                f"{done.taken} drafts, {done.unchanged} unchanged, {done.untranslated} not translated yet, "
                f"{len(done.left_out)} left out."
            )
        for one in done.left_out:
            self.stdout.write(f"{one.unit}: {one.reason}")
