"""Builds what is measured, in an empty database, and prints the addresses and cookies to ask with, as JSON.

python -m bench.scene AREAS MANDATES
"""

import json
import os
import sys
import time
import uuid
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concerted.config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.counts import make_choice_counts, make_item_counts  # noqa: E402
from concerted.capacity.models import Credential, Evidence  # noqa: E402
from concerted.capacity.services import fold_marks, publish_mandate, rebuild  # noqa: E402
from concerted.capacity.services.mandates import Wording  # noqa: E402
from concerted.directory import services as directory  # noqa: E402
from concerted.directory.models import Agency, Person, Position, Profession, Sector, Territory  # noqa: E402
from concerted.directory.standard import add_standard  # noqa: E402
from concerted.packs.services import load_pack  # noqa: E402
from concerted.practice.models import Bank, Scenario  # noqa: E402
from concerted.practice.scenario import playing  # noqa: E402
from concerted.practice.scenario.story import Story, from_plain  # noqa: E402
from concerted.text.models import Document, Section, Translator  # noqa: E402
from concerted.text.rules import SectionText  # noqa: E402
from concerted.text.services import count_document, publish_version, save_translation  # noqa: E402
from concerted.training.models import Module  # noqa: E402
from concerted.training.services import mark_read, start_module, start_scenario  # noqa: E402

NOW, TODAY = timezone.now(), timezone.localdate()
LEARNERS, STAFF, OTHERS = 40, 300, 60
SINCE = TODAY - timedelta(days=700)


def signed_in(person: Person, backend: str = settings.AUTHENTICATION_BACKENDS[0]) -> str:
    """The key of a session in which she took her second step."""
    session = SessionStore()
    session["_auth_user_id"] = str(person.pk)
    session["_auth_user_backend"] = backend
    session["_auth_user_hash"] = person.get_session_auth_hash()
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    session["account_authentication_methods_user"] = str(person.pk)
    session["seen_at"] = int(time.time())
    session.save()
    return str(session.session_key)


def make_people(agency: Agency, number: int, profession: Profession) -> list[Person]:
    people = Person.objects.bulk_create(
        Person(name=f"Person {n} of {agency.name}", joined_at=NOW) for n in range(number)
    )
    Position.objects.bulk_create(
        Position(person=person, agency=agency, territory=agency.territory, profession=profession, since=SINCE)
        for person in people
    )
    return people


def make_evidence(people: list[Person], credentials: list[Credential]) -> None:
    """Two in three hold each credential."""
    Evidence.objects.bulk_create(
        (
            Evidence(
                subject_kind="person",
                subject_id=person.pk,
                credential=credential,
                achieved_on=TODAY - timedelta(days=(n * 37 + place) % 300),
                source_kind="import",
                source_ref="bench",
                recorded_at=NOW,
            )
            for place, credential in enumerate(credentials)
            for n, person in enumerate(people)
            if (n + place) % 3
        ),
        batch_size=2000,
    )


def make_mandates(number: int) -> None:
    audience = directory.save_audience("Everybody", {"all": []}, from_day=SINCE, by=None, at=NOW)
    for place in range(number):
        code = "risk-and-safety" if place == 0 else f"other-{place}"
        credential, _made = Credential.objects.get_or_create(code=code, defaults={"names": {"en": f"Training {place}"}})
        wording = Wording(audience, credential, "Act 1", "Ministry", SINCE, cycle="rolling", months=24)
        publish_mandate(f"mandate-{place}", {"en": f"Mandate number {place}"}, wording, at=NOW)


def make_translations() -> None:
    """Every other section of the unit that is read in French; 5,000 sections more, a third of them translated."""
    documents = [Document.objects.get(key="unit:risk-and-safety:A3.1")]
    for n in range(100):
        document = Document.objects.create(room="training", key=f"unit:many:{n}")
        title = SectionText("title", f"Text {n}", kind="title")
        publish_version(
            document, (title, *(SectionText(f"s{i}", f"Words {i} of {n}.") for i in range(49))), by=None, at=NOW
        )
        documents.append(document)
    for place, document in enumerate(documents):
        document.refresh_from_db()
        held = Section.objects.filter(version=document.published).order_by("place")
        for section in held[:: 3 if place else 2]:
            words = {"title": section.title and "Titre", "markdown": section.markdown and "Des mots en français."}
            save_translation(document, section.key, section.hash, "fr", **words, state="reviewed", by=None, at=NOW)
        count_document(document)


def walk_through(story: Story) -> list[tuple[str, str]]:
    """A walk from the beginning to an ending: the second choice wherever there is one."""
    place, walk = playing.begin(story), []
    while not playing.ended(story, place):
        choice = playing.open_choices(story, place)[:2][-1]
        walk.append((place.at, choice.key))
        place = playing.step(story, place, choice.key)
    return walk


def main(areas: int, mandates: int) -> None:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    add_standard()
    load_pack(settings.CONTENT_ROOT / "starter", by=None, at=NOW)
    country = directory.add_territory(None, "Country", by=None, at=NOW)
    sector, profession = Sector.objects.get(code="health"), Profession.objects.get(code="nurse")
    agencies = [
        Agency.objects.create(
            name=f"Agency {n}",
            sector=sector,
            territory=directory.add_territory(country, f"Area {n}", by=None, at=NOW),
        )
        for n in range(areas)
    ]
    people = [make_people(agency, STAFF if n == 0 else OTHERS, profession) for n, agency in enumerate(agencies)]
    everybody = [person for some in people for person in some]
    make_mandates(mandates)
    make_evidence(everybody, list(Credential.objects.all()))
    rebuild(at=NOW)
    fold_marks(TODAY)
    make_translations()
    manager, coordinator = people[0][0], people[0][1]
    directory.grant_role(manager, "manager", "agency", agencies[0].pk, by=None, at=NOW)
    directory.grant_role(coordinator, "national_coordinator", by=None, at=NOW)
    translator = people[0][-1]
    directory.grant_role(translator, "translator", by=None, at=NOW)
    Translator.objects.create(person=translator, language_id="fr")
    module = Module.objects.get(code="risk-and-safety")
    learners = people[0][2 : 2 + LEARNERS]
    first = module.published.units.order_by("place").first()
    reading = [step for step in first.steps if step.startswith("read-")]
    for learner in learners:
        attempt = start_module(module, language="en", by=learner, at=NOW)
        for step in reading:
            mark_read(attempt, first.unit.code, step, client_key=uuid.uuid4(), by=learner, at=NOW)
    scenario = Scenario.objects.get(code="man-in-the-corridor")
    start_scenario(scenario, language="en", by=learners[0], at=NOW)
    make_choice_counts(scenario.published, 1_000_000)
    bank = Bank.objects.order_by("place", "code").first()
    make_item_counts(bank, 1_000_000)
    found = {
        "scenario": f"/learn/scenarios/{scenario.code}/",
        "walk": walk_through(from_plain(scenario.published.story)),
        "items": f"/learn/questions/{bank.code}/answers/",
        "unit": f"/learn/{module.code}/{first.unit.code}/",
        "step": next(step for step in first.steps if step not in reading),
        "learners": [signed_in(person) for person in learners],
        "bare": signed_in(coordinator, "django.contrib.auth.backends.ModelBackend"),
        "manager": signed_in(manager),
        "translator": signed_in(translator),
        "coordinator": signed_in(coordinator),
        "positions": Position.objects.count(),
        "territories": Territory.objects.count(),
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
