"""A coordinator's desk says what waits for her, room by room, and leaves out what she began herself."""

import pytest
from django.test import Client
from django.utils import timezone

from concerted.capacity.tests.factories import make_mandate
from concerted.desks.waiting import waiting_for
from concerted.directory.models import Person, Response
from concerted.directory.services import enter_territory
from concerted.directory.tests.factories import grant_role, make_person, make_position, make_territory
from concerted.practice.models import BankProposal
from concerted.training.models import ModuleProposal

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate()


def coordinator(name: str) -> Person:
    person = make_person(name)
    grant_role(person, "national_coordinator")
    return person


def words(person: Person) -> list[str]:
    return [line.words for line in waiting_for(person, TODAY)]


def test_what_one_began_waits_for_the_other() -> None:
    nora, nadia, area = coordinator("Nora"), coordinator("Nadia"), make_territory()
    assert (words(nora), words(nadia)) == ([], [])
    enter_territory(area, "Ward", by=nora, at=NOW)
    enter_territory(area, "Port", by=nora, at=NOW)
    given = grant_role(make_person("Amal"), "author")
    given.by, given.confirmed_by = nora, None
    given.save()
    facts = {"title": "Asking", "language": "en", "units": [], "at": NOW, "asked_at": NOW}
    ModuleProposal.objects.create(by=nora, digest="1", **facts)
    ModuleProposal.objects.create(by=nora, digest="2", **facts | {"asked_at": None})
    asked = {"bank": "signs", "language": "en", "questions": [], "at": NOW, "asked_at": NOW}
    BankProposal.objects.create(by=nora, digest="1", **asked)
    BankProposal.objects.create(by=nora, digest="3", **asked | {"remark": "Say more."})
    make_position()
    version = make_mandate("first").versions.get()
    version.pk, version.no, version.published_at, version.by, version.confirmed_by = None, 2, None, nora, None
    version.save()
    assert words(nora) == []
    assert words(nadia) == [
        "1 mandate waits for a second person.",
        "1 role waits for a second person.",
        "2 agencies or territories wait for a second person.",
        "1 module from a document waits for a second person.",
        "1 file of questions waits for a second person.",
    ]
    Response.objects.update_or_create(pk=1, defaults={"set_up_at": NOW})
    dora = make_person("Dora")
    grant_role(dora, "local_coordinator", area)
    assert words(dora) == ["2 agencies or territories wait for a second person."], "a mandate for all is not hers"
    client = Client()
    client.force_login(nadia)
    page = client.get("/").content.decode()
    for line in waiting_for(nadia, TODAY):
        assert f'<a class="act" href="{line.href}">{line.words}</a>' in page
        assert client.get(line.href).status_code == 200
    above = page.index(waiting_for(nadia, TODAY)[0].words)
    assert above < page.index('class="grid"'), "on a phone the picture is long"
    client.force_login(nora)
    assert "Nothing waits." in client.get("/").content.decode()
    BankProposal.objects.create(by=None, digest="1", **asked)
    assert words(nora) == ["1 file of questions waits for a second person."], "what a command brought waits for all"
