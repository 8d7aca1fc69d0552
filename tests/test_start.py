"""The two ways a response begins: a real, empty one, and the demonstration."""

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from concerted.capacity import queries
from concerted.capacity.models import Mandate
from concerted.directory.models import Agency, Person, Response, Role, Sector, Territory
from concerted.directory.tests.factories import make_person
from concerted.ledger.models import Entry
from concerted.packs.demo.accounts import ACCOUNTS, PASSWORD
from concerted.packs.demo.build import load_demonstration

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _only_loading(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database of a test is migrated, and its pages need no collected files."""
    for command in ("init", "demo"):
        monkeypatch.setattr(f"concerted.packs.management.commands.{command}.call_command", lambda *a, **k: None)


def told(command: str, *arguments: str) -> dict[str, Any]:
    out = StringIO()
    call_command(command, *arguments, "--format", "json", stdout=out)
    return dict(json.loads(out.getvalue()))


def test_init_leaves_an_empty_response_and_a_link_that_works_once() -> None:
    told_first = told("init", "--name", "Nora", "--email", "Nora@example.org")
    person = Person.objects.get()
    assert person.email == "nora@example.org"
    assert set(Role.objects.values_list("role", flat=True)) == {"national_coordinator", "administrator"}
    assert not Agency.objects.exists()
    assert not Territory.objects.exists()
    assert not Mandate.objects.exists()
    client = Client()
    path = told_first["link"].removeprefix("http://localhost:8000")
    form = client.get(path, follow=True).redirect_chain[-1][0]
    sent = {"password1": "river stone lamp", "password2": "river stone lamp"}
    assert client.post(form, sent).status_code == 302
    person.refresh_from_db()
    assert person.check_password("river stone lamp")
    assert b"password1" not in Client().get(path, follow=True).content


def test_init_asked_again_gives_the_same_person_a_new_link() -> None:
    told("init", "--name", "Nora", "--email", "nora@example.org")
    told("init", "--name", "Nora", "--email", "nora@example.org")
    assert Person.objects.count() == 1
    assert Role.objects.count() == 2


def test_init_leaves_a_response_alone_that_is_there() -> None:
    make_person()
    with pytest.raises(CommandError, match="already holds a response; nothing was changed"):
        told("init", "--name", "Nora", "--email", "nora@example.org")
    assert Person.objects.count() == 1


def test_the_demonstration_refuses_anyone_it_did_not_make() -> None:
    make_person()
    with pytest.raises(CommandError, match="not the demonstration; nothing was changed"):
        told("demo", "--no-serve")
    assert Person.objects.count() == 1


def test_a_demonstration_of_another_day_is_made_anew_unless_somebody_joined() -> None:
    long_ago = timezone.now() - timedelta(days=40)
    starter = Path(django_settings.CONTENT_ROOT) / "starter"
    load_demonstration(starter, at=long_ago, say=lambda line: None)
    before = Person.objects.count()
    guest = make_person("Guest", email="foreign@example.org")
    with pytest.raises(CommandError, match=r"people it did not make \(1\); nothing was changed"):
        told("demo", "--no-serve")
    err = StringIO()
    call_command("demo", "--no-serve", "--as-it-is", "--format", "json", stdout=StringIO(), stderr=err)
    assert "It is served as it is" in err.getvalue()
    guest.refresh_from_db()
    assert Response.objects.get().set_up_at == long_ago
    guest.delete()
    amal = Person.objects.get(email="amal@kestria.example")
    Person.objects.filter(pk=amal.pk).update(email="somebody@example.org")
    with pytest.raises(CommandError, match="people it did not make"):
        told("demo", "--no-serve")
    Person.objects.filter(pk=amal.pk).update(email=amal.email)
    entries = list(Entry.objects.order_by("pk").values_list("pk", "digest"))
    loaded = told("demo", "--no-serve")
    assert (loaded["made"], loaded["territories"], loaded["agencies"]) == (True, 16, 60)
    made = Response.objects.get().set_up_at
    assert made is not None
    assert timezone.localdate(made) == timezone.localdate()
    assert Person.objects.count() == before
    assert not Person.objects.filter(pk__lte=amal.pk).exists()
    assert Person.objects.get(email=amal.email).check_password(PASSWORD)
    assert list(Entry.objects.order_by("pk").values_list("pk", "digest"))[: len(entries)] == entries
    assert told("demo", "--no-serve")["made"] is False
    make_person("Guest", email="foreign@example.org")
    with pytest.raises(CommandError, match="nothing was changed"):
        told("demo", "--no-serve")


def test_the_demonstration_has_something_to_say_to_everybody(settings: Any) -> None:
    loaded = told("demo", "--no-serve")
    assert (loaded["territories"], loaded["agencies"]) == (16, 60)
    assert 1950 <= loaded["people"] <= 2100
    assert Sector.objects.count() == 7
    assert told("demo", "--no-serve")["made"] is False
    picture = queries.picture(None, timezone.localdate())
    states = {cell.count.state for row in picture.rows for cell in row.cells}
    assert {"gap", "ok"} <= states
    assert picture.gaps < picture.cells
    settings.CONCERTED_DEMO = True
    for account in ACCOUNTS:
        client = Client()
        client.post("/account/login/", {"login": account.email, "password": PASSWORD})
        answer = client.get("/")
        assert answer.status_code == 200, account.email
        if account.login in ("amal", "mona"):
            assert "overdue" in answer.content.decode()
        if account.login in ("amal", "tove"):
            assert "Highlands, mixed table" in client.get("/learn/cases/").content.decode()
