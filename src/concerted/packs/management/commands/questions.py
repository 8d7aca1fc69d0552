import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from concerted.directory.imports.result import Fault
from concerted.packs.questions.formats import FORMATS
from concerted.packs.questions.planning import Planned
from concerted.packs.services.questions import bank_out, bring_file, held_against
from concerted.practice.models import Bank, BankProposal
from concerted.practice.services import BringingRefused


class Command(BaseCommand):
    help = "Bring questions from a file (GIFT, Moodle XML, Aiken, CSV) for a bank, or write a bank as such a file."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["import", "export"])
        parser.add_argument("what", help="import: the file; export: the code of the bank")
        parser.add_argument(
            "--bank", default="", help="import: the code of the bank, of a new one too; a dry run needs none"
        )
        parser.add_argument(
            "--as",
            dest="form",
            choices=list(FORMATS),
            help="the format; import: told by what stands in the file otherwise",
        )
        parser.add_argument("--title", default="", help="import: the title of a new bank")
        parser.add_argument(
            "--language", default="en", choices=dict(settings.LANGUAGES), help="import: the language of a new bank"
        )
        parser.add_argument("--dry-run", action="store_true", help="import: only say what would happen")
        parser.add_argument("--to", help="export: the file to write; else it is written out")
        parser.add_argument("--format", choices=["text", "json"], default="text", help="how the result is told")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "export":
            self._export(options)
            return
        planned, proposal = self._import(options)
        if options["format"] == "json":
            plain = planned.plain() | ({"proposal": str(proposal.public)} if proposal else {})
            self.stdout.write(json.dumps(plain, ensure_ascii=False, indent=2))
        else:
            self._tell(planned, proposal, options["dry_run"])
        if planned.findings.faults:
            sys.exit(1)

    def _import(self, options: dict[str, Any]) -> tuple[Planned, BankProposal | None]:
        if not options["bank"] and not options["dry_run"]:
            raise CommandError("Say with --bank for which bank the questions are.")
        facts: dict[str, Any] = {"name": options["form"] or "", "language": options["language"]}
        try:
            content = Path(options["what"]).read_bytes()
            if options["dry_run"]:
                return held_against(content, options["bank"], **facts)[0], None
            facts |= {"title": options["title"], "by": None, "at": timezone.now()}
            return bring_file(content, options["bank"], **facts)
        except OSError as error:
            raise CommandError(f"{options['what']}: {error.strerror}") from error
        except BringingRefused as refusal:
            raise CommandError(str(refusal)) from refusal

    def _tell(self, planned: Planned, proposal: BankProposal | None, dry_run: bool) -> None:
        for finding in [*planned.findings.faults, *planned.findings.notes]:
            self.stderr.write(_line(finding))
        if planned.findings.faults:
            self.stderr.write("Nothing was stored. Correct these lines and import the file again.")
            return
        self.stdout.write(
            f"{len(planned.create)} would be added, {len(planned.change)} would be changed, "
            f"{planned.skip} already there."
        )
        if proposal is not None:
            self.stdout.write("They wait for a second person, who publishes them under Questions.")
        elif not dry_run:
            self.stdout.write("There is nothing to publish.")

    def _export(self, options: dict[str, Any]) -> None:
        bank = Bank.objects.select_related("document").filter(code=options["what"]).first()
        if bank is None:
            known = ", ".join(Bank.objects.values_list("code", flat=True)) or "none"
            raise CommandError(f"There is no bank {options['what']}. There are: {known}.")
        out = bank_out(bank, options["form"] or "moodle")
        if options["to"]:
            Path(options["to"]).write_bytes(out.content)
        if options["format"] == "json":
            notes = [vars(note) for note in out.findings.notes]
            plain = {"bank": bank.code, "questions": out.questions, "notes": notes, "file": options["to"] or ""}
            self.stdout.write(json.dumps(plain, ensure_ascii=False, indent=2))
            return
        for note in out.findings.notes:
            self.stderr.write(f"{note.message} {note.remedy}".rstrip())
        self.stdout.write(f"{out.questions} questions written." if options["to"] else out.content.decode())


def _line(finding: Fault) -> str:
    column = f", {finding.column}" if finding.column else ""
    place = f"line {finding.line}{column}: " if finding.line else ""
    return f"{place}{finding.message} {finding.remedy}".rstrip()
