"""Agencies count their own service: added up for the territory, seen by nobody else as they are."""

import re
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.http import Http404
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as some

from concerted.directory.models import Agency, Person
from concerted.directory.tests.factories import (
    grant_role,
    make_agency,
    make_person,
    make_position,
    make_sector,
    make_territory,
)
from concerted.ledger.models import EntryWords
from concerted.planning import services
from concerted.planning.models import Count, KeptPlan, LineCrossing
from concerted.planning.queries.counts import counts_held, series
from concerted.planning.rules.counts import FEWEST, CountOf, Shown, in_steps, shown_to_others
from concerted.planning.rules.parts import together, together_for_others
from concerted.planning.tests.factories import local, national
from concerted.planning.tests.test_plan_file import EXAMPLES

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
MARCH = date(2026, 3, 1)
CASES, POSTS = CountOf("advocacy", "contacts"), CountOf("advocacy", "posts_filled")
SENT, WAITED = CountOf("advocacy", "referred", "shelter"), CountOf("advocacy", "wait_days", "shelter")
CALLS = CountOf("police", "contacts")
HEAD = "territory,agency,month,service,counted,to,value\n"


class World:
    """Two women's centres and a police station in one area; Mona, Ines and Pia manage them."""

    def __init__(self) -> None:
        self.region, self.far = make_territory("Region"), make_territory("Far")
        self.area = make_territory("Area", self.region)
        women = make_sector("women")
        self.first = make_agency("First Centre", sector=women, territory=self.area)
        self.second = make_agency("Second Centre", sector=women, territory=self.area)
        self.station = make_agency("Station", sector=make_sector("police"), territory=self.area)
        self.mona, self.ines, self.pia = (
            self._manager(name, agency)
            for name, agency in (("Mona", self.first), ("Ines", self.second), ("Pia", self.station))
        )
        self.amal = make_position(make_person("Amal"), self.first).person
        self.lina, self.nora, self.fara = local(self.region), national(), local(self.far, "Fara")

    def _manager(self, name: str, agency: Agency) -> Person:
        person = make_position(make_person(name), agency).person
        grant_role(person, "manager", agency)
        return person

    def count(self, agency: Agency | None, told: dict[CountOf, int | None], **facts: Any) -> None:
        facts = {"by": None, "at": AT} | facts
        services.count_month(self.area, facts.pop("month", MARCH), told, agency=agency, **facts)

    @property
    def held(self) -> dict[CountOf, int]:
        return counts_held([self.area.pk], MARCH, MARCH)[self.area.pk, MARCH]


@pytest.fixture
def world(db: None) -> World:
    return World()


def _client(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def _page(agency: Agency, service: str = "advocacy") -> str:
    return reverse("planning:count_agency", args=[agency.public, "2026-03", service])


def test_what_agencies_count_is_added_up_and_a_number_for_all_takes_its_place(world: World) -> None:
    world.count(world.first, {CASES: 31, SENT: 12, WAITED: 20, POSTS: 3}, by=world.mona)
    world.count(world.second, {CASES: 14, SENT: 30, WAITED: 34, POSTS: 2}, by=world.ines)
    assert world.held == {CASES: 45, SENT: 42, WAITED: 30, POSTS: 5}
    world.count(None, {CASES: 60}, by=world.lina)
    assert world.held == {CASES: 60, SENT: 42, WAITED: 30, POSTS: 5}
    # Taken back, the agencies' hold again; and what was known then stays known.
    later = datetime(2026, 11, 21, 9, tzinfo=UTC)
    world.count(None, {CASES: None}, by=world.lina, why="Only the centres count", at=later)
    assert world.held[CASES] == 45
    assert series(world.area.pk, CASES, MARCH, MARCH, known_at=AT) == {MARCH: 60}
    assert {"month": "2026-03-01", "numbers": 4, "corrected": 0, "agency": "First Centre"} in [
        row.words for row in EntryWords.objects.all()
    ]


def test_only_her_own_agency_and_its_own_service(world: World) -> None:
    strangers = (world.amal, world.ines, world.pia, world.nora, world.fara)
    for stranger in strangers:
        with pytest.raises(Http404):
            world.count(world.first, {CASES: 1}, by=stranger)
    for person in (world.mona, *strangers):
        with pytest.raises(Http404):
            world.count(None, {CASES: 1}, by=person)
    with pytest.raises(services.CountRefused, match="does not run this service"):
        world.count(world.first, {CALLS: 1}, by=world.mona)
    with pytest.raises(services.CountRefused, match="has not begun"):
        world.count(world.first, {CASES: 1}, by=world.mona, month=date(2026, 12, 1))
    world.count(world.first, {CASES: 12}, by=world.mona)
    with pytest.raises(services.CountRefused, match="Say why"):
        world.count(world.first, {CASES: 13}, by=world.mona)
    # Another agency's number is none that she corrects.
    world.count(world.second, {CASES: 13}, by=world.ines)
    # A closed agency counts no more, and an agency counts in its own territory.
    world.second.closed_on = timezone.localdate()
    world.second.save()
    with pytest.raises(Http404):
        world.count(world.second, {CASES: 14}, by=world.ines, why="Late")
    with pytest.raises(Http404):
        services.count_month(world.region, MARCH, {CASES: 1}, agency=world.first, by=world.mona, at=AT)


def test_strangers(world: World) -> None:
    agency = reverse("planning:counts_agency", args=[world.first.public])
    for person, status in (
        (world.amal, 404),
        (world.ines, 404),
        (world.pia, 404),
        (world.fara, 404),
        (world.nora, 404),
        (world.mona, 200),
        (world.lina, 200),
    ):
        assert _client(person).get(agency).status_code == status, person
        assert _client(person).get(_page(world.first)).status_code == status, person
    assert _client(world.mona).get(_page(world.first, "police")).status_code == 404
    assert _client(world.mona).get(_page(world.first, "nothing")).status_code == 404


def test_a_manager_counts_on_the_page_and_sees_her_own_numbers_only(world: World) -> None:
    mona, ines = _client(world.mona), _client(world.ines)
    start = mona.get(reverse("planning:counts")).content.decode()
    assert "Count for First Centre" in start
    assert "Count for Second Centre" not in start
    assert mona.post(_page(world.first), {"contacts": "33", "answered": "7"}).status_code == 302
    assert ines.post(_page(world.second), {"contacts": "18"}).status_code == 302
    mine = reverse("planning:counts_agency", args=[world.first.public]) + "?month=2026-03"
    assert _numbers(mona, mine) == ["7", "33"]
    place = reverse("planning:counts_place", args=[world.area.pk]) + "?month=2026-03"
    assert _numbers(mona, place) == ["fewer than ten", "55"], "35 and 20, as others see them"
    assert _numbers(_client(world.lina), place) == ["7", "51"]


def _numbers(client: Client, path: str) -> list[str]:
    """What a page says was counted, in the order of its names."""
    return re.findall(r"<dd>([^<]*)</dd>", client.get(path).content.decode().split("What was counted")[1])


def test_a_coordinator_is_told_that_agencies_counted(world: World) -> None:
    lina = _client(world.lina)
    path = reverse("planning:count", args=[world.area.pk, "2026-03", "advocacy"])
    assert "takes the place of their sum" not in lina.get(path).content.decode()
    world.count(world.first, {CASES: 31})
    assert "takes the place of their sum" in lina.get(path).content.decode()
    place = lina.get(reverse("planning:counts_place", args=[world.area.pk]) + "?month=2026-03").content.decode()
    for name in ("First Centre", "Second Centre", "Station"):
        assert name in place


def test_a_sector_that_runs_no_service_has_nothing_to_count(world: World) -> None:
    school = make_agency("School", sector=make_sector("education"), territory=world.area)
    path = reverse("planning:counts_agency", args=[school.public])
    assert "runs none of the services" in _client(world.lina).get(path).content.decode()


def test_the_line_is_that_of_all_agencies_together(world: World) -> None:
    for agency in (world.first, world.second):
        world.count(agency, {CASES: 12, POSTS: 1})
    assert LineCrossing.objects.get().territory == world.area, "24 came, two posts carry 16.6"


# --- files


def taken(text: str, by: Person | None = None, **facts: Any) -> Any:
    return services.take_counts(BytesIO((HEAD + text).encode()), by=by, **({"at": AT} | facts))


def test_a_manager_brings_a_file_of_her_own_agency(world: World) -> None:
    lines = "Area,first centre,2026-03,advocacy,contacts,,31\nArea,First Centre,2026-03,shelter,contacts,,4\n"
    assert taken(lines, world.mona).plain() == {"create": 2, "change": 0, "skip": 0, "errors": []}
    assert Count.objects.filter(agency=world.first, by=world.mona).count() == 2
    assert taken("Area,Second Centre,2026-03,advocacy,contacts,,14\n" + lines).create == 1
    out = StringIO()
    call_command("counts", "export", stdout=out)
    assert out.getvalue().splitlines()[1:] == [
        '"Area, Region",2026-03,advocacy,contacts,,45,False',
        '"Area, Region",2026-03,shelter,contacts,,,True',
    ]


@pytest.mark.parametrize(
    ("line", "message", "remedy"),
    [
        ("Area,,2026-03,advocacy,contacts,,1", "You count for your own agency", "Write the name of your agency"),
        (
            "Area,Second Centre,2026-03,advocacy,contacts,,1",
            "There is no agency “Second Centre” here",
            "Write its name",
        ),
        ("Area,Frst Centre,2026-03,advocacy,contacts,,1", "There is no agency “Frst Centre”", "Did you mean “First C"),
        ("Region,First Centre,2026-03,advocacy,contacts,,1", "There is no territory “Region”", "your own territories"),
        ("Area,First Centre,2026-03,police,contacts,,1", "does not run this service", "Correct the file"),
    ],
)
def test_a_fault_in_a_managers_file(world: World, line: str, message: str, remedy: str) -> None:
    result = taken(line + "\n", world.mona)
    assert [one.line for one in result.errors] == [2]
    assert message in result.errors[0].message
    assert remedy in result.errors[0].remedy
    assert not Count.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(world: World, rows: int, django_assert_num_queries: Any) -> None:
    women = make_sector("women")
    lines = ""
    for n in range(rows):
        agency = make_agency(f"More {n}", sector=women, territory=world.area)
        grant_role(world.mona, "manager", agency)
        world.count(agency, {CASES: 20 + n})
        lines += f"Area,More {n},2026-04,advocacy,contacts,,12\n"
    world.count(world.first, {CASES: 20})
    mona, lina = _client(world.mona), _client(world.lina)
    for client, path, number in (
        (mona, reverse("planning:counts"), 5),
        (mona, reverse("planning:counts_agency", args=[world.first.public]) + "?month=2026-03", 5),
        (mona, _page(world.first), 5),
        (lina, reverse("planning:counts_place", args=[world.area.pk]) + "?month=2026-03", 8),
    ):
        client.get(path)
        with django_assert_num_queries(number, info=path):
            assert client.get(path).status_code == 200
    world.mona.__dict__.pop("held_roles", None)
    with django_assert_num_queries(17):
        assert taken(lines, world.mona).create == rows


# --- what others see

_OF = [CASES, SENT, WAITED, POSTS]
_MONTH = some.dictionaries(some.sampled_from(_OF), some.integers(0, 60), max_size=4)
_PARTS = some.dictionaries(some.sampled_from([None, 1, 2, 3]), _MONTH, max_size=4)


@given(_PARTS, some.data())
def test_nothing_that_is_shown_depends_on_a_number_that_is_withheld(parts: Any, data: Any) -> None:
    """Whatever one agency knows of itself: no other number that is withheld changes what is shown of all."""
    other: dict[Any, dict[CountOf, int]] = {}
    for who, month in parts.items():
        other[who] = dict(month)
        seen = shown_to_others(month)
        for of, value in month.items():
            if seen[of].few:
                most = 400 if of == WAITED else FEWEST - 1
                other[who][of] = data.draw(some.integers(0, most))
            elif of in (CASES, SENT):
                near = some.integers(FEWEST, value + 5).filter(lambda n, value=value: in_steps(n) == in_steps(value))
                other[who][of] = data.draw(near)
    assert together_for_others(other) == together_for_others(parts)


@given(_PARTS)
def test_others_see_of_the_same_counts(parts: Any) -> None:
    assert set(together_for_others(parts)) == set(together(parts))


def test_a_small_agency_is_not_found_by_taking_another_away() -> None:
    shown = [together_for_others({1: {CASES: 57}, 2: {CASES: few}})[CASES] for few in range(FEWEST)]
    assert shown == [Shown(60)] * FEWEST
    assert together_for_others({1: {CASES: 3}})[CASES] == Shown(few=True)


def _beside(plan: KeptPlan, person: Person, service: str) -> list[dict[str, Any]]:
    """The lines of one service of a plan beside what came."""
    lines: list[dict[str, Any]] = (
        _client(person).get(reverse("planning:actual_values", args=[plan.public])).json()["services"][service]
    )
    return lines


def test_a_plan_for_an_agency_stands_beside_what_it_counted_itself(world: World) -> None:
    june, at = date(2027, 6, 1), datetime(2027, 7, 2, tzinfo=UTC)
    make_territory("Coast")
    facts: dict[str, Any] = {"by": world.mona, "at": at}
    plan = services.keep_plan("Ours", "helpline", {}, agency=world.first, **facts)
    path = reverse("planning:actual", args=[plan.public])
    client = _client(world.mona)
    world.count(world.second, {CASES: 9000}, month=june, at=at)
    page = client.get(path + "?of=advocacy").content.decode()
    assert "counted nothing of this service itself" in page
    assert "Plan and counts: Coast" in page
    world.count(world.first, {CASES: 31}, month=june, at=at)
    page = client.get(path + "?of=advocacy").content.decode()
    assert "Beside all of it stands what that agency counted itself." in page
    assert "Plan and counts: First Centre" in page
    assert "Plan and counts: Coast" not in page
    # Others see fives, and of small numbers that they are small: so does this page.
    assert "30 came, the plan said" in page
    (line,) = _beside(plan, world.nora, "advocacy")
    assert (line["agency"], line["unit"], line["state"]) == ("First Centre", "total", "below")
    assert next(one["counted"] for one in line["months"] if one["month"] == "2027-06") == 30
    assert [line["agency"] for line in _beside(plan, world.nora, "shelter")] == [None]
    ours = services.keep_plan("All", "helpline", {}, by=world.nora, at=at)
    assert "made for an agency" not in client.get(reverse("planning:actual", args=[ours.public])).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_an_agencys_plan_beside_its_counts(world: World, rows: int, django_assert_num_queries: Any) -> None:
    at = datetime(2027, 9, 2, tzinfo=UTC)
    plan = services.keep_plan("Ours", "helpline", {}, agency=world.first, by=world.mona, at=at)
    for month in range(6, 6 + rows):
        world.count(world.first, {CASES: 31}, month=date(2027, month - 2, 1), at=at)
    client, path = _client(world.mona), reverse("planning:actual", args=[plan.public]) + "?of=advocacy"
    client.get(path)
    with django_assert_num_queries(6):
        assert client.get(path).status_code == 200


def test_a_service_by_another_name_is_counted_as_its_kind(world: World) -> None:
    june, at = date(2027, 6, 1), datetime(2027, 7, 2, tzinfo=UTC)
    text = (EXAMPLES / "helpline.yaml").read_text().replace("advocacy", "casework")
    text = text.replace("  casework:\n    contacts:", "  casework:\n    kind: advocacy\n    contacts:", 1)
    plan = services.keep_plan("Ours", "own", {}, file=text, agency=world.first, by=world.mona, at=at)
    world.count(world.first, {CASES: 31}, month=june, at=at)
    (line,) = _beside(plan, world.nora, "casework")
    assert line["agency"] == "First Centre"
    # Two services of one kind are counted as one: neither is put beside that.
    twice = text.replace("  legal_aid:\n    cases:", "  legal_aid:\n    kind: advocacy\n    cases:", 1)
    plan = services.keep_plan("Both", "own", {}, file=twice, agency=world.first, by=world.mona, at=at)
    assert _beside(plan, world.nora, "casework") == []
