import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from concerted.maths.figures import OutOfRange
from concerted.maths.portfolio import in_processes, on_dask
from concerted.maths.reference import NotWorked
from concerted.planning.outputs import as_lines, as_values
from concerted.planning.queries.self_check import self_check
from concerted.planning.rules.plan import Change, Plan, PlanFaults, read_plan_file
from concerted.planning.rules.projection import Projection, project

#: How the command ends when the file is at fault, so that scripts can tell it from one that is mistyped.
FAULTY = 2
_MISSING = {
    NotWorked.SERIES: "needs the series it was measured on, which do not come with the program",
    NotWorked.METHOD: "the score of a method that the program does not use, on series that do not come with it",
}


class Command(BaseCommand):
    help = "Tell what a plan file will take: contacts, cases, posts, hours and money, by territory. Needs no database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="a plan file; examples/ holds four")
        parser.add_argument("--format", choices=["text", "json"], default="text")
        parser.add_argument("--option", help="with the changes of one of its options")
        parser.add_argument(
            "--set", action="append", default=[], metavar="PLACE=VALUE", help="such as services.line.queue.minutes=30"
        )
        parser.add_argument("--workers", type=int, default=1, help="processes of this machine that share the work")
        parser.add_argument("--cluster", metavar="ADDRESS", help="share the work on a Dask cluster, tcp://host:8786")
        parser.add_argument("--shards", type=int, help="parts to cut the work into; left out, four for each worker")
        parser.add_argument("--schema", action="store_true", help="print the schema of plan files (JSON Schema)")
        parser.add_argument("--self-check", action="store_true", help="work out the reference table and compare")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["schema"]:
            self.stdout.write(json.dumps(Plan.model_json_schema(), indent=1))
            return
        if options["self_check"]:
            self._check(options["format"])
            return
        if options["file"] is None:
            raise CommandError("Name a plan file, such as examples/helpline.yaml.")
        changes = [change(said) for said in options["set"]]
        try:
            plan = self._plan(options["file"], options["option"], changes)
            told = self._answer(plan, options["workers"], options["cluster"], options["shards"])
        except PlanFaults as faults:
            self._refuse(faults, options)
        except OutOfRange as refused:
            raise CommandError(f"{options['file']}: {refused}", returncode=FAULTY) from refused
        if options["format"] == "json":
            self.stdout.write(json.dumps(as_values(told), ensure_ascii=False))
            return
        for line in as_lines(told):
            self.stdout.write(line)

    def _answer(self, plan: Plan, workers: int, cluster: str | None, shards: int | None) -> Projection:
        """The answer is the same whoever does the work."""
        if workers < 1 or (shards is not None and shards < 1):
            raise CommandError("Give one worker, and one shard, or more.")
        if cluster is None:
            engine: Any = in_processes(workers) if workers > 1 else map
            return project(plan, shards=shards or (4 * workers if workers > 1 else 1), engine=engine)
        try:
            from distributed import Client
        except ImportError as missing:
            # From the clone: a package of our name on an index would be somebody else's.
            raise CommandError(
                'Dask is not installed. In the clone: .venv/bin/pip install -e ".[cluster]"'
            ) from missing
        try:
            client = Client(cluster, timeout="10s")
        except OSError as lost:
            raise CommandError(f"No cluster answers at {cluster}. Correct the address.") from lost
        with client:
            return project(plan, shards=shards or 4 * len(client.ncores()), engine=on_dask(client))

    def _check(self, kind: str) -> None:
        """Each row of the reference table against what is worked out now; ends in a fault where one differs."""
        found = self_check()
        if kind == "json":
            self.stdout.write(json.dumps(found.as_values(), ensure_ascii=False))
        else:
            for one in found.worked:
                said = "kept" if one.kept else "DIFFERS"
                part = " of it, as printed" if one.in_part else ""
                self.stdout.write(f"{said:8} {one.row.key:8} expected {one.row.value}, got {one.told}{part}")
            for one in found.quoted:
                self.stdout.write(f"not here {one.row.key:8} {one.row.value}: {_MISSING[one.why] if one.why else ''}")
            self.stdout.write(found.headline)
        if found.differing:
            raise CommandError("Some rows differ. Do not plan with this installation.", returncode=FAULTY)

    def _plan(self, file: Path, option: str | None, changes: list[Change]) -> Plan:
        plan = read_plan_file(file, changes)
        if option is None:
            return plan
        if option not in plan.options:
            raise CommandError(f"There is no option “{option}”. It has: {', '.join(plan.options) or 'none'}.")
        return read_plan_file(file, [*changes, *(Change(*pair) for pair in plan.options[option].changes.items())])

    def _refuse(self, faults: PlanFaults, options: dict[str, Any]) -> None:
        """On the error stream as lines, or as JSON where that was asked for."""
        if options["format"] == "json":
            told = [{"line": one.line, "place": one.place, "message": one.message} for one in faults.faults]
            self.stdout.write(json.dumps({"faults": told}, ensure_ascii=False))
        for fault in faults.faults:
            self.stderr.write(f"{options['file']}: {fault}")
        raise CommandError(f"{options['file']} cannot be planned with. Correct it and try again.", returncode=FAULTY)


def change(said: str) -> Change:
    """A change as the command line has it: a place, "=", and a number or a word."""
    place, equals, value = said.partition("=")
    if not equals:
        raise CommandError(f"“{said}” is no change. Write a place and a value, such as services.line.queue.minutes=30.")
    try:
        return Change(place, float(value))
    except ValueError:
        return Change(place, value)
