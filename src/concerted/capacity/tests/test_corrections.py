"""Exemptions, taking back, and what was recorded elsewhere: who decides, and never about herself."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from concerted.capacity import queries, services
from concerted.capacity.access import EXEMPTION
from concerted.capacity.models import Episode, Exemption, Mandate, OutsideClaim, TakingBack
from concerted.capacity.services.alone import act_on_what_waited
from concerted.capacity.services.evidence import NotRecorded
from concerted.capacity.services.mandates import MandateRefused, Wording
from concerted.capacity.tests.factories import achieve, make_credential, make_mandate
from concerted.capacity.tests.test_pages import World
from concerted.directory.models import Person, Role
from concerted.directory.queries import find_people
from concerted.directory.tests.factories import grant_role, make_agency, make_person, make_position
from concerted.kit import access
from concerted.post.models import Notice

pytestmark = pytest.mark.django_db
TODAY, NOW = timezone.localdate(), timezone.now()
LEAVE = {"from_day": TODAY, "until_day": TODAY + timedelta(days=90), "reason": "Long leave", "authority": "Office"}


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def ask(client: Client) -> Any:
    def ask(actor: Any, path: str, **data: Any) -> Any:
        client.force_login(actor)
        return client.post(path, data) if data else client.get(path)

    return ask


def claim_of(person: Person, world: World, by: Person) -> OutsideClaim:
    facts = {"agency": world.agency, "achieved_on": TODAY, "provider": "University"}
    return services.claim_outside(person, world.credential, **facts, by=by, at=NOW)


def test_nobody_decides_about_herself(world: World) -> None:
    make_position(world.dora, world.agency)
    claim = claim_of(world.dora, world, world.mona)
    with pytest.raises(NotRecorded, match="about yourself"):
        services.decide_claim(claim.pk, accept=True, by=world.dora, at=NOW)
    with pytest.raises(NotRecorded, match="about yourself"):
        services.grant_exemption(world.dora, world.mandate, **LEAVE, by=world.dora, at=NOW)
    services.decide_claim(claim.pk, accept=True, by=world.nora, at=NOW)


def test_a_refusal_says_why_and_whoever_recorded_it_hears(world: World, ask: Any) -> None:
    claim = claim_of(world.amal, world, world.mona)
    with pytest.raises(NotRecorded, match="Say why"):
        services.decide_claim(claim.pk, accept=False, by=world.dora, at=NOW)
    ask(world.dora, "/capacity/outside/", claim=claim.pk, accept="no", reason="No certificate seen")
    told = set(Notice.objects.filter(kind="claim_refused").values_list("person__name", flat=True))
    assert told == {"Amal", "Mona"}
    for reader in (world.amal, world.mona, world.dora):
        assert b"No certificate seen" in ask(reader, "/capacity/outside/").content
    assert b"No certificate seen" not in ask(world.bela, "/capacity/outside/").content
    assert b"No certificate seen" not in ask(world.chiara, "/capacity/outside/").content


def test_many_are_confirmed_at_once(world: World, ask: Any) -> None:
    claims = [claim_of(person, world, world.mona) for person in (world.amal, world.bela)]
    foreign = make_person()
    make_position(foreign, world.elsewhere)
    answer = ask(world.dora, "/capacity/outside/", claim=[claim.pk for claim in claims], accept="yes")
    assert answer.status_code == 302
    assert set(OutsideClaim.objects.values_list("state", flat=True)) == {"confirmed"}
    assert b"2 confirmed" in ask(world.dora, "/capacity/outside/").content
    ask(world.dora, "/capacity/outside/", accept="yes")
    assert b"Choose at least one record" in ask(world.dora, "/capacity/outside/").content


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_lists_do_not_grow(
    world: World, ask: Any, client: Client, number: int, django_assert_num_queries: Any
) -> None:
    admin = make_person("Vera")
    grant_role(admin, "administrator")
    for n in range(number):
        person = make_person(f"Zoe {n}")
        make_position(person, world.agency)
        claim_of(person, world, world.mona)
        services.grant_exemption(person, world.mandate, **LEAVE, by=world.dora, at=NOW)
        fact = achieve(person, make_credential(f"c-{n}"), TODAY)
        services.propose_taking_back(fact, reason="Wrong", by=admin, at=NOW)
    for actor, path, number_of_queries in (
        (world.dora, "/capacity/outside/", 6),
        (world.dora, "/capacity/exempt/?who=Zoe", 8),
        (admin, "/capacity/records/?who=Zoe", 7),
    ):
        ask(actor, path)
        with django_assert_num_queries(number_of_queries):
            assert client.get(path).status_code == 200


def test_a_coordinator_finds_whom_to_exempt_within_her_reach(world: World, ask: Any) -> None:
    page = ask(world.dora, "/capacity/exempt/?who=ama").content.decode()
    assert f"/capacity/person/{world.amal.public}/exempt/" in page
    assert b"Nobody you may see" in ask(world.dora, "/capacity/exempt/?who=chiara").content
    assert b"three letters at least" in ask(world.dora, "/capacity/exempt/?who=am").content
    sent = {"mandate": world.mandate.pk} | {key: str(value) for key, value in LEAVE.items()}
    path = f"/capacity/person/{world.amal.public}/exempt/"
    assert ask(world.dora, path, **sent).status_code == 302
    assert b"already recorded" in ask(world.dora, path, **sent).content
    assert Exemption.objects.count() == 1
    assert b"Amal" in ask(world.dora, "/capacity/exempt/").content
    assert ask(world.mona, path, **sent).status_code == 404


def test_who_is_hidden_is_found_by_her_whole_address_only(world: World) -> None:
    hana = make_person("Hana", email="hana@example.org", hidden=True)
    make_position(hana, world.agency)
    reach = access.reach(world.dora, "C", EXEMPTION)
    assert find_people("Hana", reach, TODAY, besides=world.dora) == []
    assert len(find_people("HANA@example.org", reach, TODAY, besides=world.dora)) == 1


def test_a_wrong_record_is_taken_back_by_two_on_its_page(world: World, ask: Any) -> None:
    fact = achieve(world.amal, world.credential, TODAY)
    vera, olga = make_person("Vera"), make_person("Second")
    for admin in (vera, olga):
        grant_role(admin, "administrator")
    record = f"/capacity/person/{world.amal.public}/evidence/"
    assert f"{record}{fact.pk}/take-back/" in ask(vera, record).content.decode()
    for stranger in (world.amal, world.bela, world.chiara, world.dora, world.mona):
        assert ask(stranger, record).status_code == 404
        assert ask(stranger, "/capacity/records/").status_code == 404
        assert ask(stranger, f"{record}{fact.pk}/take-back/", reason="Mine").status_code == 404
    assert b"This field is required" in ask(vera, f"{record}{fact.pk}/take-back/", reason="").content
    assert ask(vera, f"{record}{fact.pk}/take-back/", reason="Another Amal").status_code == 302
    asked = TakingBack.objects.get()
    assert b"Another Amal" in ask(olga, "/capacity/records/").content
    ask(vera, "/capacity/records/", claim=asked.pk, accept="yes")
    assert TakingBack.objects.exists(), "not by the one who asked"
    ask(olga, "/capacity/records/", claim=asked.pk, accept="yes")
    assert queries.standings_of(world.amal, TODAY)[0].state == "overdue"


def test_a_proposed_version_can_be_withdrawn_on_its_page(world: World, ask: Any) -> None:
    waiting = services.propose_mandate(
        "core",
        {},
        Wording(world.mandate.versions.get().audience_version, world.credential, "Act 9", "Ministry", TODAY),
        by=world.nora,
        at=NOW,
    )
    path = f"/capacity/mandates/core/{waiting.no}/withdraw/"
    assert path in ask(world.nora, "/capacity/mandates/core/").content.decode()
    assert b"next version" not in ask(world.nora, "/capacity/mandates/core/").content
    for stranger in (world.amal, world.bela, world.chiara, world.dora):
        assert ask(stranger, path, go="1").status_code == 404
    assert ask(world.nora, path).status_code == 302, "looking withdraws nothing"
    assert ask(world.nora, path, go="1").status_code == 302
    assert Mandate.objects.get(code="core").versions.count() == 1


def test_the_only_coordinator_waits_a_day_and_everybody_hears_of_it(world: World, ask: Any) -> None:
    from concerted.jobs import worker

    wording = Wording(world.mandate.versions.get().audience_version, world.credential, "Act 9", "Ministry", TODAY)
    version = services.propose_mandate("core", {}, wording, by=world.nora, at=NOW)
    assert version.alone_at == NOW + timedelta(hours=24)
    worker.run_all_ready(timezone.now())
    told = set(Notice.objects.filter(kind="mandate_alone").values_list("person__name", flat=True))
    assert told == {"Mona", "Dora"}
    assert b"No second person can confirm this yet" in ask(world.nora, "/capacity/mandates/core/").content
    assert act_on_what_waited(NOW + timedelta(hours=23)) == 0
    assert act_on_what_waited(NOW + timedelta(hours=24)) == 1
    version.refresh_from_db()
    assert version.published_at == NOW + timedelta(hours=24)
    assert version.confirmed_by is None


def test_what_was_withdrawn_in_time_never_takes_effect(world: World) -> None:
    wording = Wording(world.mandate.versions.get().audience_version, world.credential, "Act 9", "Ministry", TODAY)
    version = services.propose_mandate("core", {}, wording, by=world.nora, at=NOW)
    services.withdraw_mandate(version.pk, by=world.nora, at=NOW)
    assert act_on_what_waited(NOW + timedelta(days=2)) == 0


def test_who_lost_her_role_meanwhile_puts_nothing_in_force(world: World) -> None:
    wording = Wording(world.mandate.versions.get().audience_version, world.credential, "Act 9", "Ministry", TODAY)
    services.propose_mandate("core", {}, wording, by=world.nora, at=NOW)
    vera = make_person("Vera")
    grant_role(vera, "administrator")
    services.propose_taking_back(achieve(world.amal, world.credential, TODAY), reason="Wrong", by=vera, at=NOW)
    Role.objects.update(until=TODAY)
    assert act_on_what_waited(NOW + timedelta(days=2)) == 0
    Role.objects.update(until=None)
    assert act_on_what_waited(NOW + timedelta(days=2)) == 2
    assert not TakingBack.objects.exists()


def test_with_a_second_person_nothing_takes_effect_by_itself(world: World) -> None:
    grant_role(make_person("Nadia"), "national_coordinator")
    wording = Wording(world.mandate.versions.get().audience_version, world.credential, "Act 9", "Ministry", TODAY)
    assert services.propose_mandate("core", {}, wording, by=world.nora, at=NOW).alone_at is None
    assert act_on_what_waited(NOW + timedelta(days=9)) == 0


def test_what_is_not_yet_due_is_not_called_not_required(ask: Any) -> None:
    nora = make_person("Nora")
    grant_role(nora, "national_coordinator")
    make_position(make_person("Nilufar"), make_agency(), since=TODAY)
    make_mandate(first_due_months=12, warn_days=0)
    page = ask(nora, "/capacity/").content.decode()
    assert "Nothing is due yet" in page
    assert "1 later" in page
    assert "Not yet due</span>" in page


def test_today_is_today_where_the_people_are(settings: Any, world: World) -> None:
    """01:30 in Nairobi is still yesterday in UTC: training of this morning is not "in the future"."""
    settings.TIME_ZONE = "Africa/Nairobi"
    timezone.deactivate()
    timezone.get_default_timezone.cache_clear()
    at = datetime(2026, 11, 26, 1, 30, tzinfo=ZoneInfo("Africa/Nairobi")).astimezone(UTC)
    try:
        claim = services.claim_outside(
            world.amal,
            world.credential,
            agency=world.agency,
            achieved_on=timezone.localdate(at),
            provider="University",
            by=world.mona,
            at=at,
        )
    finally:
        settings.TIME_ZONE = "UTC"
        timezone.get_default_timezone.cache_clear()
    assert claim.achieved_on.isoformat() == "2026-11-26"


def test_an_agency_that_closed_later_is_in_the_picture_of_before(world: World, ask: Any) -> None:
    world.agency.closed_on = TODAY
    world.agency.save()
    before = TODAY - timedelta(days=1)
    assert Episode.objects.filter(agency=world.agency).exists()
    page = ask(world.nora, f"/capacity/?by=agency&on={before}").content.decode()
    assert "Clinic" in page
    assert f"/capacity/agency/{world.agency.pk}/?on={before}" in page
    assert "Clinic" not in ask(world.nora, "/capacity/?by=agency").content.decode()


def test_a_record_taken_back_alone_is_told_and_leads_nowhere_forbidden(world: World) -> None:
    from concerted.jobs import worker

    vera = make_person("Vera")
    grant_role(vera, "administrator")
    asked = services.propose_taking_back(achieve(world.amal, world.credential, TODAY), reason="Wrong", by=vera, at=NOW)
    worker.run_all_ready(timezone.now())
    told = Notice.objects.filter(kind="taking_back_alone")
    assert set(told.values_list("person__name", flat=True)) == {"Mona", "Dora", "Nora"}
    assert set(told.values_list("link", flat=True)) == {""}
    assert asked.alone_at == NOW + timedelta(hours=24)


def test_what_was_decided_meanwhile_does_not_stop_the_others(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from concerted.capacity.services import alone

    vera = make_person("Vera")
    grant_role(vera, "administrator")
    for n in range(2):
        fact = achieve(world.amal, make_credential(f"c-{n}"), TODAY)
        services.propose_taking_back(fact, reason="Wrong", by=vera, at=NOW)
    decide = alone.decide_taking_back
    first = TakingBack.objects.order_by("pk").values_list("pk", flat=True)[0]

    def beaten_to_it(pk: int, **facts: Any) -> None:
        if pk == first:
            TakingBack.objects.filter(pk=pk).delete()
        decide(pk, **facts)

    monkeypatch.setattr(alone, "decide_taking_back", beaten_to_it)
    assert act_on_what_waited(NOW + timedelta(days=2)) == 1
    assert not TakingBack.objects.exists()


def test_nothing_is_announced_where_somebody_can_confirm(world: World) -> None:
    from django_tasks_db.models import DBTaskResult

    grant_role(make_person("Nadia"), "national_coordinator")
    wording = Wording(world.mandate.versions.get().audience_version, world.credential, "Act 9", "Ministry", TODAY)
    services.propose_mandate("core", {}, wording, by=world.nora, at=NOW)
    assert not DBTaskResult.objects.filter(task_path="concerted.capacity.jobs.announce").exists()


def test_a_taken_code_is_refused_and_another_tab_changes_nothing(world: World) -> None:
    wording = Wording(world.mandate.versions.get().audience_version, world.credential, "Act 9", "Ministry", TODAY)
    with pytest.raises(MandateRefused, match="has this code already"):
        services.propose_mandate("core", {"en": "Mine"}, wording, new=True, by=world.nora, at=NOW)
    assert Mandate.objects.get(code="core").versions.count() == 1
