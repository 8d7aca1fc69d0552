import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from concerted.text import queries as text
from concerted.training.book import KINDS, BookRefused
from concerted.training.models import Module
from concerted.training.queries.book import book_file


class Command(BaseCommand):
    help = "Take a published module along: as a web page, an e-book or a PDF."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["export"])
        parser.add_argument("code", help="the module's code, as in its address")
        parser.add_argument("--format", choices=sorted(KINDS), default="html")
        parser.add_argument("--language", default="en", help="that of the interface, or one that is open for texts")
        parser.add_argument("--to", default="-", help="where to; - for the screen")

    def handle(self, *args: Any, **options: Any) -> None:
        found = Module.objects.select_related("document", "published").filter(code=options["code"]).first()
        if found is None or found.published is None:
            raise CommandError("There is no such published module. Its code stands in the address of its page.")
        language, around = _language(options["language"])
        try:
            file = book_file(found, language, options["format"], around)
        except BookRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["to"] == "-":
            sys.stdout.buffer.write(file.content)
            return
        try:
            Path(options["to"]).write_bytes(file.content)
        except OSError as error:
            raise CommandError(f"The file cannot be written: {error.strerror}.") from error


def _language(code: str) -> tuple[str, str]:
    """The language to read in, and that of the interface around it."""
    if code in dict(settings.LANGUAGES):
        return code, code
    for one in text.all_languages():
        if one.code == code:
            return one.code, settings.LANGUAGE_CODE
    raise CommandError("This language is not open. Add it on the page of languages first.")
