"""What many take for true beyond a group: counted weekly, only what gives nobody away, each within her own reach."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from concerted.directory.models import Agency, Person, Territory
from concerted.directory.tests.factories import (
    grant_role,
    make_agency,
    make_person,
    make_position,
    make_profession,
    make_sector,
    make_territory,
)
from concerted.practice.models import Bank
from concerted.training import services
from concerted.training.models import MisconceptionShare
from concerted.training.tests.factories import publish_small_bank
from concerted.training.tests.test_item_counts import practise

pytestmark = pytest.mark.django_db
NOW, TODAY = timezone.now(), timezone.localdate()
INDEX = "/learn/misconceptions/"


@pytest.fixture
def bank() -> Bank:
    return publish_small_bank()


@pytest.fixture
def region() -> Territory:
    return make_territory("Region")


def staff(bank: Bank, name: str, at: Territory, people: int, wrong: int, sector: str = "health") -> Agency:
    """An agency whose people answered the small bank; so many of them take the low option of question one for right."""
    agency = make_agency(name, territory=at, sector=make_sector(sector))
    for n in range(people):
        person = make_person(f"{name} {n}")
        make_position(person, agency, make_profession("nurse"))
        practise(person, bank, [n >= wrong, True, True, None])
    return agency


def client_of(role: str, scope: Any = None) -> Client:
    person, client = make_person(role), Client()
    grant_role(person, role, *([scope] if scope else []))
    client.force_login(person)
    return client


def held(tag: str = "low") -> dict[tuple[str, int], tuple[int, int | None]]:
    rows = MisconceptionShare.objects.filter(tag=tag)
    return {(row.kind, row.what): (row.people, row.share) for row in rows}


def test_it_counts_an_agency_a_territory_a_sector_and_a_profession(bank: Bank, region: Territory) -> None:
    north = make_territory("North", region)
    clinic = staff(bank, "Clinic", north, 12, 6)
    police = staff(bank, "Police", region, 10, 2, sector="police")
    assert services.count_misconceptions(at=NOW) == services.count_misconceptions(at=NOW), "again it is the same"
    assert held() == {
        ("agency", clinic.pk): (10, 50),
        ("agency", police.pk): (10, None),
        ("territory", north.pk): (10, 50),
        ("territory", region.pk): (20, 35),
        ("sector", clinic.sector_id): (10, 50),
        ("sector", police.sector_id): (10, None),
        ("profession", make_profession("nurse").pk): (20, 35),
    }


def test_what_would_give_a_small_agency_away_is_kept_back(bank: Bank, region: Territory) -> None:
    """The region less the clinic would be the refuge; the sector less the police station would be it as well."""
    clinic = staff(bank, "Clinic", region, 14, 6)
    station = staff(bank, "Station", region, 12, 6, sector="police")
    refuge = staff(bank, "Refuge", region, 3, 3, sector="police")
    services.count_misconceptions(at=NOW)
    told = held()
    assert ("agency", refuge.pk) not in told
    assert ("agency", station.pk) not in told
    assert told["territory", region.pk] == (25, 50)
    assert {("agency", clinic.pk), ("sector", refuge.sector_id)} <= told.keys()


def test_a_page_says_how_many_hold_it_and_what_few_hold(bank: Bank, region: Territory) -> None:
    clinic = staff(bank, "Clinic", region, 12, 6)
    path = f"{INDEX}agency/{clinic.public}/"
    manager = client_of("manager", clinic)
    assert "Nothing is counted yet" in manager.get(INDEX).content.decode()
    assert "There is nothing to show" in manager.get(path).content.decode()
    services.count_misconceptions(at=NOW)
    page = manager.get(path).content.decode()
    for seen in ("What many get wrong: Clinic", "About 50 in 100", "of 10 people or more", "Question one?", "Second"):
        assert seen in page
    assert "Held by fewer than 5 people, or by nobody:" in page
    assert "Clinic 1" not in page, "no name"
    assert path in manager.get(INDEX).content.decode()


def test_a_question_stands_once_whatever_its_versions(bank: Bank, region: Territory) -> None:
    staff(bank, "Clinic", region, 6, 6)
    staff(publish_small_bank(right="a"), "Police", region, 6, 6)
    services.count_misconceptions(at=NOW)
    [row] = MisconceptionShare.objects.filter(kind="territory", tag="low")
    assert (row.people, len(row.questions)) == (10, 1)


def test_it_moves_once_a_week_and_not_with_an_answer(bank: Bank, region: Territory) -> None:
    clinic = staff(bank, "Clinic", region, 12, 6)
    services.count_misconceptions(at=NOW)
    before = held()
    newcomer = make_person("Newcomer")
    make_position(newcomer, clinic)
    for _again in range(2):
        practise(newcomer, bank, [False] * 4)
    assert held() == before


def test_who_sees_what(bank: Bank, region: Territory) -> None:
    clinic = staff(bank, "Clinic", make_territory("North", region), 12, 6)
    far = staff(bank, "Far", make_territory("South", region), 12, 6, sector="police")
    services.count_misconceptions(at=NOW)
    agencies = [f"{INDEX}agency/{one.public}/" for one in (clinic, far)]
    places = [f"{INDEX}territory/{one.territory_id}/" for one in (clinic, far)]
    wide = [f"{INDEX}sector/health/", f"{INDEX}profession/nurse/"]
    asked = [*agencies, *places, *wide, INDEX]
    seen = {
        "manager": ("1000001", clinic),
        "local_coordinator": ("1010001", clinic.territory),
        "national_coordinator": ("1111111", None),
        "auditor": ("1111111", None),
        "author": ("0000111", None),
        "supervisor": ("0000000", None),
    }
    for role, (expected, scope) in seen.items():
        client = client_of(role, scope)
        answers = "".join(str(int(client.get(path).status_code == 200)) for path in asked)
        assert answers == expected, role
    coordinator = client_of("local_coordinator", clinic.territory).get(INDEX).content.decode()
    assert agencies[0] in coordinator
    assert agencies[1] not in coordinator
    assert wide[0] not in coordinator


def test_strangers_get_not_found(bank: Bank, region: Territory) -> None:
    """Amal practises at the clinic, Bela is her colleague, Chiara works elsewhere; Dora coordinates there."""
    clinic = staff(bank, "Clinic", region, 12, 6)
    amal, bela, chiara, dora = (make_person(name) for name in ("Amal", "Bela", "Chiara", "Dora"))
    for person in (amal, bela):
        make_position(person, clinic)
    make_position(chiara)
    grant_role(dora, "local_coordinator", region)
    statuses = [_status(person, f"{INDEX}agency/{clinic.public}/") for person in (amal, bela, chiara, dora)]
    assert statuses == [404, 404, 404, 200]
    assert _status(amal, INDEX) == 404
    assert Client().get(INDEX).status_code == 302


def _status(person: Person, path: str) -> int:
    client = Client()
    client.force_login(person)
    return client.get(path).status_code


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"people": 9, "share": 50}, "misconception_share_of_enough_people"),
        ({"people": 10, "share": 100}, "misconception_share_between_ends"),
    ],
)
def test_the_database_refuses_what_may_not_be_shown(facts: dict[str, int], name: str) -> None:
    where = {"kind": "agency", "what": 1, "tag": "low", "counted_on": TODAY}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        MisconceptionShare.objects.create(**where, **facts)
    MisconceptionShare.objects.create(**where, people=10, share=95)
    with pytest.raises(IntegrityError), transaction.atomic():
        MisconceptionShare.objects.create(**where, people=10)


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(bank: Bank, region: Territory, rows: int, django_assert_num_queries: Any) -> None:
    agencies = [staff(bank, f"Clinic {n}", region, 10, 6) for n in range(rows)]
    services.count_misconceptions(at=NOW)
    nora = client_of("national_coordinator")
    for path, queries in ((INDEX, 10), (f"{INDEX}agency/{agencies[0].public}/", 8)):
        nora.get(path)
        with django_assert_num_queries(queries, info=path):
            assert nora.get(path).status_code == 200
