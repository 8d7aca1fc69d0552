"""Run as a program of its own against the database of its environment: `build` what workers will be killed over, and
`check` what is there afterwards, as JSON."""

import csv
import io
import json
import os
import sys
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concerted.config.settings")
django.setup()

from django.core.files.base import ContentFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402

from concerted.capacity.models import Credential, Episode, Recount, Tally  # noqa: E402
from concerted.capacity.services import publish_mandate, rebuild  # noqa: E402
from concerted.capacity.services.mandates import Wording  # noqa: E402
from concerted.directory import services as directory  # noqa: E402
from concerted.directory.models import ImportFile, Person, Position, Profession, Sector  # noqa: E402
from concerted.directory.services.files import bring_file, confirm_file  # noqa: E402
from concerted.directory.standard import add_standard  # noqa: E402
from concerted.post.models import Letter  # noqa: E402
from concerted.post.services import write_letter  # noqa: E402

NOW, TODAY = timezone.now(), timezone.localdate()
STAFF, LISTED, LETTERS = 6000, 4000, 150


def build() -> None:
    call_command("migrate", verbosity=0)
    add_standard()
    country = directory.add_territory(None, "Country", by=None, at=NOW)
    sector, nurse = Sector.objects.get(code="health"), Profession.objects.get(code="nurse")
    agency = directory.add_agency("Clinic", sector=sector, territory=country, by=None, at=NOW)
    people = Person.objects.bulk_create(Person(name=f"Person {n}", joined_at=NOW) for n in range(STAFF))
    since = TODAY - timedelta(days=400)
    Position.objects.bulk_create(
        [Position(person=person, agency=agency, territory=country, profession=nurse, since=since) for person in people],
        batch_size=2000,
    )
    nora = directory.add_person(name="Nora", email="nora@example.org", by=None, at=NOW)
    directory.grant_role(nora, "national_coordinator", by=None, at=NOW)
    audience = directory.save_audience("Everybody", {"all": []}, from_day=since, by=None, at=NOW)
    credential = Credential.objects.create(code="core", names={"en": "Core"})
    for n in range(3):
        wording = Wording(audience, credential, "Act 1", "Ministry", since, cycle="rolling", months=12)
        publish_mandate(f"mandate-{n}", {"en": f"Mandate {n}"}, wording, at=NOW)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["name", "agency", "profession", "since"])
    writer.writerows([f"Listed {n}", "Clinic", "nurse", "2025-03-01"] for n in range(LISTED))
    kept = bring_file("people", ContentFile(text.getvalue().encode(), "list.csv"), {}, by=nora, at=NOW)
    confirm_file(kept, back="/", by=nora, at=NOW)
    for n in range(LETTERS):
        write_letter(f"person{n}@example.org", "en", at=timezone.now())


def check() -> None:
    unfinished = DBTaskResult.objects.exclude(status__in=["SUCCESSFUL", "FAILED"]).order_by("enqueued_at")
    names = list(unfinished.values_list("task_path", flat=True))
    # Repeated jobs come again and again; what counts of them is whether what they do was done.
    waiting = [name for name in names if "post.jobs" not in name and "fold" not in name]
    for kind, left in (
        ("letter", Letter.objects.filter(sent_at=None)),
        ("recount", Recount.objects.filter(finished_at=None)),
        ("file", ImportFile.objects.filter(finished_at=None)),
    ):
        waiting += [f"{kind} {row.pk}" for row in left]
    found = {
        "waiting": waiting,
        "failed": list(DBTaskResult.objects.filter(status="FAILED").values_list("task_path", flat=True)),
        "listed": Person.objects.filter(name__startswith="Listed").count(),
        "positions": Position.objects.count(),
        "episodes": Episode.objects.count(),
        "bound": Episode.objects.values("position", "mandate").distinct().count(),
        "letters": sorted(Letter.objects.values_list("message_id", flat=True)),
    }
    if not found["waiting"]:
        found["same"] = _derived() == (rebuild(at=NOW) and _derived())
    sys.stdout.write(json.dumps(found))


def _derived() -> tuple[object, object]:
    episodes = sorted(Episode.objects.values_list("position", "mandate", "state", "starts", "stops"))
    sums: dict[tuple[object, ...], int] = {}
    for territory, mandate, day, overdue in Tally.objects.values_list("territory", "mandate", "day", "overdue"):
        sums[territory, mandate, day] = sums.get((territory, mandate, day), 0) + overdue
    return episodes, sorted((key, number) for key, number in sums.items() if number)


if __name__ == "__main__":
    {"build": build, "check": check}[sys.argv[1]]()
