"""Measure what it costs to take 5,000 sections to a translator's tool and back, through the database.

Out and back are each a process of their own that starts anew and does nothing else: CPU is all that both have used,
start included, memory the peak of the larger one. What PostgreSQL uses itself is not in it.

python -m bench.exchange                measures on both databases and prints; `make bench` does it as well
python -m bench.exchange build|out|back is what it starts, on the database of its environment
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

from bench.result import Result

ROOT = Path(__file__).parent.parent
SECTIONS = 5_000
#: The most CPU seconds and megabytes that the whole way may take.
SECONDS, MEGABYTES = 10, 200
#: format -> the language it is measured in, so that each finds an untranslated text.
FORMATS = {"xliff12": "fr", "xliff21": "es"}


def build() -> dict[str, int]:
    """The starter pack, and its texts again under other names until there are 5,000 sections."""
    from django.conf import settings
    from django.core.management import call_command
    from django.utils import timezone

    from concerted.packs.services import load_pack
    from concerted.text.models import ContentLanguage, Document, Translation
    from concerted.text.queries.outgoing import pieces_of
    from concerted.text.rules import SectionText
    from concerted.text.services import count_document, publish_version

    now = timezone.now()
    call_command("migrate", verbosity=0)
    load_pack(settings.CONTENT_ROOT / "starter", by=None, at=now)
    Translation.objects.all().delete()
    for code in FORMATS.values():
        ContentLanguage.objects.get_or_create(code=code, defaults={"name": code})
    held = pieces_of("fr")
    copies = list(islice(cycle(held), max(0, SECTIONS - len(held))))
    for start in range(0, len(copies), 50):
        document = Document.objects.create(room="training", key=f"unit:copy:{start}")
        pieces = enumerate(copies[start : start + 50])
        sections = [SectionText(f"s{place}", one.source_markdown, title=one.source_title) for place, one in pieces]
        publish_version(document, sections, by=None, at=now)
    for document in Document.objects.filter(published__isnull=False):
        count_document(document)
    return {"sections": len(pieces_of("fr"))}


def out(kind: str, file: Path) -> dict[str, int]:
    """Write the file of everything, the source put in where nothing is translated."""
    from concerted.text.services.exchange import export_language

    return {"bytes": file.write_bytes(export_language(FORMATS[kind], kind, prefill=True))}


def back(_kind: str, file: Path) -> dict[str, int]:
    """Take the file in."""
    from django.utils import timezone

    from concerted.text.services.exchange import Imported, import_file

    done = import_file(file.read_bytes(), by=None, at=timezone.now())
    if not isinstance(done, Imported):
        raise SystemExit("The file was taken for a memory.")
    return {"taken": done.taken, "left_out": len(done.left_out) + done.untranslated}


def translate(file: Path) -> None:
    """What a tool makes of the file: every segment has another wording, with its codes."""
    text = file.read_text().replace('<target state="needs-translation">', '<target state="translated">Là ')
    file.write_text(text.replace("<target>", "<target>Là ").replace('state="initial"', 'state="translated"'))


def _child(environment: dict[str, str], *arguments: str) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.exchange", *arguments]
    run = subprocess.run(command, env=os.environ | environment, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    found: dict[str, float] = json.loads(run.stdout)
    return found


def measured(database: str, environment: dict[str, str]) -> list[Result]:
    """CPU seconds and megabytes for each format on an empty database, which is filled."""
    held = _child(environment, "build")["sections"]
    results = []
    for kind in FORMATS:
        with tempfile.TemporaryDirectory(prefix="concerted-bench-") as folder:
            file = Path(folder) / "texts.xlf"
            gone = _child(environment, "out", kind, str(file))
            translate(file)
            come = _child(environment, "back", kind, str(file))
        if (come["taken"], come["left_out"], held >= SECTIONS) != (held, 0, True):
            raise SystemExit(f"Of {held:.0f} sections, {come['taken']:.0f} came back: {come}")
        seconds = round(gone["seconds"] + come["seconds"], 2)
        megabytes = round(max(gone["megabytes"], come["megabytes"]), 1)
        size = f"{database}, {held:.0f} sections of the starter pack, {gone['bytes'] / 1e6:.1f} MB, all translated"
        name = f"{kind} of 5,000 sections out and back, {database}"
        parts = f"{size}; out {gone['seconds']:.2f} s, back {come['seconds']:.2f} s"
        results.append(Result(f"{name}: CPU", seconds, SECONDS, "max", parts, " s"))
        parts = f"{size}; out {gone['megabytes']:.0f} MB, back {come['megabytes']:.0f} MB"
        results.append(Result(f"{name}: memory", megabytes, MEGABYTES, "max", parts, " MB"))
    for one in results:
        verdict = "kept  " if one.kept else "PASSED"
        print(
            f"{verdict} {one.name}: {one.ratio}{one.unit} (limit {one.limit}{one.unit}), {one.conditions}", flush=True
        )
    return results


def both() -> list[Result]:
    """All figures, on SQLite and on PostgreSQL where there is one."""
    from tools.run_tests import postgres

    results = []
    with tempfile.TemporaryDirectory(prefix="concerted-bench-") as home:
        results += measured("SQLite", {"CONCERTED_HOME": home})
    with tempfile.TemporaryDirectory(prefix="concerted-bench-") as home, postgres() as url:
        if url is None:
            print("PostgreSQL left out: apt-get install -y postgresql")
        else:
            results += measured("PostgreSQL", {"CONCERTED_HOME": home, "DATABASE_URL": url})
    return results


def main(act: str, *rest: str) -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concerted.config.settings")
    django.setup()
    found = build() if act == "build" else {"out": out, "back": back}[act](rest[0], Path(rest[1]))
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    sys.stdout.write(json.dumps(found | {"seconds": time.process_time(), "megabytes": megabytes}))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(*sys.argv[1:])
    else:
        sys.exit(not all(one.kept for one in both()))
