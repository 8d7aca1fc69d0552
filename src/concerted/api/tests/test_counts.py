"""Counts that a program sends: by a key, all or nothing, with what to do in every answer."""

import json
import re
import shlex
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from concerted.accounts.models import ProgramKey
from concerted.accounts.services.program_keys import make_key
from concerted.api.rules import MOST_BYTES
from concerted.directory.models import Person, Role
from concerted.directory.tests.factories import grant_role, make_agency, make_person, make_position, make_territory
from concerted.kit.tests.stored import changed, stored
from concerted.ledger.models import EntryWords
from concerted.planning.models import Count

pytestmark = pytest.mark.django_db
HERE = "/api/counts/"
TODAY = timezone.localdate()
ROOT = Path(__file__).parents[4]


@pytest.fixture(autouse=True)
def _no_limit_left_over() -> None:
    """Limits are counted in the cache, which outlives a test."""
    cache.clear()


def with_key(person: Person, *, step: bool = True) -> str:
    """A key of hers, and a second step as she needs for it."""
    if step:
        Authenticator.objects.create(user=person, type="totp", data={})
    _key, secret = make_key(person, name="Case system", until=TODAY + timedelta(9), by=person, at=timezone.now())
    return secret


class World:
    """Lina coordinates the lake, Mona manages its centre; Amal works there, Fara coordinates elsewhere."""

    def __init__(self) -> None:
        self.lake, self.far = make_territory("Lake"), make_territory("Far")
        self.centre = make_agency("Centre", territory=self.lake)
        self.lina, self.mona, self.fara = make_person("Lina"), make_person("Mona"), make_person("Fara")
        self.amal = make_position(make_person("Amal"), self.centre).person
        grant_role(self.lina, "local_coordinator", self.lake)
        grant_role(self.mona, "manager", self.centre)
        grant_role(self.fara, "local_coordinator", self.far)


@pytest.fixture
def world(db: None) -> World:
    return World()


def entry(**facts: Any) -> dict[str, Any]:
    told = {"territory": "Lake", "month": "2026-03", "service": "shelter", "what": "contacts", "number": 14}
    return told | facts


def send(secret: str, *entries: Any, client: Client | None = None, body: Any = None, **more: Any) -> Any:
    body = json.dumps({"counts": list(entries)} | more) if body is None else body
    asking = {"Authorization": f"Bearer {secret}"}
    return (client or Client()).post(HERE, body, content_type="application/json", headers=asking)


def fault(answer: Any) -> tuple[int, str, str]:
    first = answer.json()["errors"][0]
    assert first["remedy"]
    return first["line"], first["field"], first["message"]


def test_counts_are_taken_in_and_the_trail_names_the_key(world: World) -> None:
    secret = with_key(world.lina)
    answer = send(secret, entry(), entry(service="police", number="20"))
    assert (answer.status_code, answer.json()) == (200, {"create": 2, "change": 0, "skip": 0, "errors": []})
    assert answer.headers["Cache-Control"] == "no-store"
    assert set(Count.objects.values_list("service", "value", "by")) == {
        ("shelter", 14, world.lina.pk),
        ("police", 20, world.lina.pk),
    }
    words = [row.words for row in EntryWords.objects.filter(entry__verb="month counted")]
    assert [one["key"] for one in words] == [f"Case system ({secret[:9]}…)"]
    assert ProgramKey.objects.get().used_on == TODAY
    assert send(secret, entry()).json()["skip"] == 1


def test_tried_only_nothing_is_kept(world: World) -> None:
    secret = with_key(world.lina)
    send(secret, entry(territory="Nowhere"))
    before = stored()
    assert send(secret, entry(), dry_run=True).json()["create"] == 1
    assert changed(before) == []


def test_a_correction_says_why_number_by_number(world: World) -> None:
    secret = with_key(world.lina)
    send(secret, entry(), entry(service="police"))
    one, two = entry(number=15, reason="Two came late"), entry(service="police", number=16)
    answer = send(secret, one, two)
    assert answer.status_code == 400
    assert "Say why" in fault(answer)[2]
    assert Count.objects.count() == 2
    assert send(secret, one, two | {"reason": "A list was lost"}).json()["change"] == 2
    assert set(Count.objects.order_by("pk").values_list("why", flat=True)) == {"", "Two came late", "A list was lost"}
    assert fault(send(secret, entry(number=17, reason="x" * 201)))[:2] == (1, "reason")


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"number": 1.5}, "number", "“1.5” is no number of a month."),
        ({"number": True}, "number", "“True” is no number of a month."),
        ({"number": -1}, "number", "“-1” is no number of a month."),
        ({"number": 10**30}, "number", "is no number of a month."),
        ({"number": None}, "number", "The number is missing."),
        ({"what": "contact"}, "what", "“contact” is not known here."),
        ({"what": "referred"}, "to", "A word is missing."),
        ({"agancy": "Centre"}, "agancy", "There is no field “agancy”."),
        ({"agency": ["Centre"]}, "agency", "This is no text."),
        ({"territory": "\ud800"}, "territory", "a sign that cannot be seen"),
        ({"territory": "La\0ke"}, "territory", "a sign that cannot be seen"),
        ({"territory": "Far"}, "territory", "There is no territory “Far”."),
        ({"month": "2126-03"}, "", "This month has not begun."),
    ],
)
def test_a_fault_is_told_with_its_entry_and_nothing_is_kept(
    world: World, wrong: dict[str, Any], field: str, message: str
) -> None:
    answer = send(with_key(world.lina), entry(service="police"), entry(**wrong))
    assert answer.status_code == 400
    line, named, said = fault(answer)
    assert (line, named) == (2, field)
    assert message in said
    assert not Count.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"counts",
        b"[]",
        b"\xff\xfe{",
        b'{"counts": {}}',
        b'{"counts": [], "dryrun": true}',
        b'{"counts": [], "dry_run": 1}',
        b'{"counts": [], "counts": []}',
        b'{"counts": [NaN]}',
        b'{"counts": [1e400, null, "x", []]}',
        b'{"counts": []}',
        b'{"counts": [{"number": ' + b"9" * 5000 + b"}]}",
        b"[" * 100_000,
        b'{"counts": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    ],
    ids=range(14),
)
def test_hostile_bodies_are_answered_in_plain_words(world: World, body: bytes) -> None:
    answer = send(with_key(world.lina), body=body)
    assert answer.status_code == 400
    assert fault(answer)[2]
    assert not Count.objects.exists()


def test_too_long_is_refused_unread(world: World) -> None:
    assert send(with_key(world.lina), body=b" " * (MOST_BYTES + 1)).status_code == 413


def test_a_manager_counts_for_her_agency_and_no_further(world: World) -> None:
    secret = with_key(world.mona)
    assert fault(send(secret, entry()))[:2] == (1, "agency")
    assert send(secret, entry(agency="Centre")).json()["create"] == 1
    assert Count.objects.get().agency_id == world.centre.pk


def test_strangers(world: World) -> None:
    """Elsewhere a coordinator finds no territory of this name; who lost her role, or her second step, finds nothing."""
    assert fault(send(with_key(world.fara), entry()))[2] == "There is no territory “Lake”."
    secret = with_key(world.lina, step=False)
    assert send(secret, entry()).status_code == 403
    assert Client().get(HERE, headers={"Authorization": f"Bearer {secret}"}).status_code == 403
    Authenticator.objects.create(user=world.lina, type="recovery_codes", data={})
    assert send(secret, entry()).status_code == 403
    Authenticator.objects.create(user=world.lina, type="webauthn", data={})
    assert send(secret, entry()).status_code == 200
    Role.objects.filter(person=world.lina).delete()
    answer = send(secret, entry(number=15))
    assert (answer.status_code, fault(answer)[2]) == (403, "The key is right, but opens nothing here.")


def test_wrong_ended_and_unknown_keys_are_answered_alike(world: World, django_assert_num_queries: Any) -> None:
    """The same words, the same single query."""
    secret, spent = with_key(world.lina), with_key(world.mona)
    ProgramKey.objects.filter(person=world.mona).update(ended_at=timezone.now())
    answers = []
    for wrong in (spent, "ck_" + "x" * 43, secret[:-1], secret.upper(), "", "é", "x" * 5000):
        with django_assert_num_queries(1):
            answers.append(send(wrong, entry()))
    Person.objects.filter(pk=world.lina.pk).update(is_active=False)
    with django_assert_num_queries(1):
        answers.append(send(secret, entry()))
    assert {(one.status_code, one.content, one.headers["WWW-Authenticate"]) for one in answers} == {
        (401, answers[0].content, "Bearer")
    }
    assert not Count.objects.exists()


def test_no_cookie_opens_anything_and_no_token_is_asked_for(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.lina)
    assert client.get(HERE).status_code == 401
    assert client.post(HERE, {"counts": []}, content_type="application/json").status_code == 401
    assert send(with_key(world.mona), entry(), client=client).status_code == 400, "Mona's key, not Lina's session"
    assert not Count.objects.exists()


def test_guessing_is_stopped(world: World) -> None:
    secret = with_key(world.lina)
    assert [send("ck_wrong", entry()).status_code for _n in range(11)] == [401] * 10 + [429]
    answer = send(secret, entry())
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert fault(answer)[2] == "These are too many requests."
    cache.clear()
    assert [send(secret, entry()).status_code for _n in range(31)] == [200] * 30 + [429]


def test_it_reads_what_the_file_for_programs_holds(world: World) -> None:
    secret = with_key(world.lina)
    send(secret, entry(), entry(service="police", number=4))
    client = Client()
    answer = client.get(HERE, headers={"Authorization": f"Bearer {secret}"})
    page = Client()
    page.force_login(world.lina)
    assert answer.json() == page.get("/plans/counts/all.json").json()
    assert [one["value"] for one in answer.json()["counts"]] == [None, 15]
    assert not client.cookies


def test_reading_notes_the_day_once(world: World, django_assert_num_queries: Any) -> None:
    secret = with_key(world.lina)
    for queries in (5, 4):
        with django_assert_num_queries(queries):
            assert Client().get(HERE, headers={"Authorization": f"Bearer {secret}"}).status_code == 200
        assert ProgramKey.objects.get().used_on == TODAY


def test_other_addresses_and_ways_are_refused(world: World) -> None:
    answer = Client().get("/api/people/")
    assert (answer.status_code, fault(answer)[2]) == (404, "There is nothing at this address.")
    assert Client().post("/api/").status_code in (404, 405)
    assert Client().put(HERE).status_code == 405


def test_faults_come_in_the_language_that_is_asked_for(world: World) -> None:
    asking = {"Authorization": "Bearer x", "Accept-Language": "fr"}
    assert Client().get(HERE, headers=asking).headers["Content-Language"] == "fr"


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(world: World, rows: int, django_assert_num_queries: Any) -> None:
    secret = with_key(world.lina)
    send(secret, entry(month="2026-01"))
    for number in range(rows):
        make_territory(f"Shore {number}", world.lake)
    with django_assert_num_queries(20):
        answer = send(secret, *(entry(territory=f"Shore {number}") for number in range(rows)))
    assert answer.json()["create"] == rows


def test_the_example_of_the_guide_is_answered_so(world: World) -> None:
    block = next(
        one
        for one in re.findall(r"```console\n(.*?)```", (ROOT / "docs/monitoring.md").read_text(), re.DOTALL)
        if "curl" in one
    )
    command, _mark, said = block.removeprefix("$ ").rpartition("'\n")
    curl, address, *given = shlex.split(command + "'")
    options = dict(zip(given[::2], given[1::2], strict=True))
    assert (curl, address, set(options)) == ("curl", f"https://concerted.example{HERE}", {"--header", "--data"})
    make_territory("Likoni", world.lake)
    name, _colon, value = options["--header"].partition(": ")
    value = value.replace("$KEY", with_key(world.lina))
    form = "application/x-www-form-urlencoded"
    answer = Client().post(HERE, options["--data"], content_type=form, headers={name: value})
    assert (answer.status_code, answer.json()) == (200, json.loads(said))
