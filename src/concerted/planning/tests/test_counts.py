"""Monthly counts: kept once, corrected with a reason, taken from files, and shown to others without small numbers."""

import json
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.http import Http404
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as some

from concerted.directory.models import Territory
from concerted.directory.tests.factories import grant_role, make_agency, make_person, make_position, make_territory
from concerted.ledger.models import Entry
from concerted.planning import services
from concerted.planning.models import Count
from concerted.planning.queries.counts import counts_held, series
from concerted.planning.rules.counts import FEWEST, CountOf, Shown, in_steps, shown_to_others, total_of
from concerted.planning.services.counts import Written
from concerted.planning.tests.factories import local, national

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)
CALLS, ANSWERED = CountOf("helpline", "contacts"), CountOf("helpline", "answered")
SENT, WAITED = CountOf("helpline", "referred", "shelter"), CountOf("helpline", "wait_days", "shelter")
POSTS = CountOf("helpline", "posts_filled")
HEAD = "territory,month,service,counted,to,value\n"


@pytest.fixture
def lake(db: None) -> Territory:
    return make_territory("Lake", make_territory("Country"))


def counted(place: Territory, month: date = MARCH, **told: Any) -> Written:
    facts: dict[str, Any] = {"by": None, "at": AT} | {key: told.pop(key) for key in ("why", "by", "at") if key in told}
    return services.count_month(place, month, told["told"], **facts)


def test_a_month_sent_twice_is_kept_once(lake: Territory) -> None:
    assert counted(lake, told={CALLS: 137, POSTS: 4}) == Written(2, 0, 0)
    assert counted(lake, told={CALLS: 137, POSTS: 4}) == Written(0, 0, 2)
    assert Count.objects.count() == 2


def test_a_correction_says_why_and_what_was_known_stays_known(lake: Territory) -> None:
    counted(lake, told={CALLS: 137})
    with pytest.raises(services.CountRefused, match="Say why it is corrected"):
        counted(lake, told={CALLS: 130})
    later = datetime(2026, 11, 21, 9, tzinfo=UTC)
    assert counted(lake, told={CALLS: 130}, why="Seven were counted twice", at=later) == Written(0, 1, 0)
    assert series(lake.pk, CALLS, MARCH, APRIL) == {MARCH: 130}
    assert series(lake.pk, CALLS, MARCH, APRIL, known_at=AT) == {MARCH: 137}
    assert counted(lake, told={CALLS: None}, why="Another district's") == Written(0, 1, 0)
    assert counts_held([lake.pk], MARCH, APRIL) == {}


def test_a_month_to_come_is_refused(lake: Territory) -> None:
    with pytest.raises(services.CountRefused, match="has not begun"):
        counted(lake, date(2026, 12, 1), told={CALLS: 1})
    assert not Count.objects.exists()


def test_only_who_counts_there_counts(lake: Territory) -> None:
    other = make_territory("Forest")
    near = local(lake, "Lina")
    for stranger in (make_person("Amal"), local(other), national()):
        with pytest.raises(Http404):
            counted(lake, told={CALLS: 1}, by=stranger)
    assert counted(lake, told={CALLS: 1}, by=near).create == 1
    # Where nobody coordinates, whoever coordinates the country counts.
    assert counted(make_territory("Island"), told={CALLS: 1}, by=national("Nadia")).create == 1


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("count_of_a_whole_month", {"month": date(2026, 3, 2)}),
        ("count_on_the_way_leads_somewhere", {"to": "shelter"}),
        ("count_on_the_way_leads_somewhere", {"counted": "referred"}),
        ("count_within_reason", {"value": 10_000_001}),
    ],
)
def test_the_database_refuses_nonsense(lake: Territory, name: str, wrong: dict[str, Any]) -> None:
    right: dict[str, Any] = {"territory": lake, "month": MARCH, "service": "helpline", "counted": "contacts"}
    Count.objects.create(**right, value=3, at=AT)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Count.objects.create(**(right | {"value": 3, "at": AT} | wrong))
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        Count.objects.update(value=4)


# --- what others see


_OF = [CALLS, ANSWERED, SENT, WAITED, POSTS, CountOf("shelter", "open_cases")]
_MONTH = some.dictionaries(some.sampled_from(_OF), some.integers(0, 60), max_size=6)


def _published(months: list[dict[CountOf, int]]) -> Any:
    """Everything others are shown of several places or months: each number, and the sums of each count over all."""
    shown = [shown_to_others(month) for month in months]
    return shown, {of: total_of(month.get(of) for month in shown) for of in _OF}


@given(some.lists(_MONTH, min_size=1, max_size=4), some.data())
def test_nothing_that_is_shown_depends_on_a_number_that_is_withheld(months: list[Any], data: Any) -> None:
    """Whatever sums, months or earlier versions are put beside each other: they are the same for any such number."""
    other = []
    for month in months:
        changed = dict(month)
        for of, value in month.items():
            if shown_to_others(month)[of].few and of.counted != "wait_days":
                changed[of] = data.draw(some.integers(0, FEWEST - 1))
            elif shown_to_others(month)[of].few:
                changed[of] = data.draw(some.integers(0, 400))
            elif of in (CALLS, ANSWERED, SENT):
                near = some.integers(FEWEST, value + 5).filter(lambda n, value=value: in_steps(n) == in_steps(value))
                changed[of] = data.draw(near)
        other.append(changed)
    assert _published(other) == _published(months)


def test_others_see_fives_and_no_small_number() -> None:
    shown = shown_to_others({CALLS: 137, ANSWERED: 9, SENT: 9, WAITED: 21, POSTS: 4})
    few = Shown(few=True)
    assert shown == {CALLS: Shown(135), ANSWERED: few, SENT: few, WAITED: few, POSTS: Shown(4)}
    assert shown_to_others({SENT: 10, WAITED: 21})[WAITED] == Shown(21)


# --- files


def taken(text: str | bytes, **facts: Any) -> Any:
    content = text if isinstance(text, bytes) else text.encode()
    return services.take_counts(BytesIO(content), **({"by": None, "at": AT} | facts))


def test_a_file_is_taken_in_and_comes_out_again_without_small_numbers(lake: Territory) -> None:
    lines = "Country > Lake,2026-03,helpline,contacts,,137\nlake,2026-03,Legal aid,open cases,,4\n"
    assert taken(HEAD + lines, dry_run=True).plain() == {"create": 2, "change": 0, "skip": 0, "errors": []}
    assert not Count.objects.exists()
    assert taken(HEAD + lines).create == 2
    assert taken(HEAD + lines).skip == 2
    out = StringIO()
    call_command("counts", "export", stdout=out)
    assert out.getvalue().splitlines()[1:] == [
        '"Lake, Country",2026-03,helpline,contacts,,135,False',
        '"Lake, Country",2026-03,legal_aid,open_cases,,,True',
    ]


@pytest.mark.parametrize(
    ("line", "message", "remedy"),
    [
        ("Lak,2026-03,helpline,contacts,,1", "There is no territory “Lak”.", "Did you mean “Lake”?"),
        (",2026-03,helpline,contacts,,1", "The territory is missing.", "Write where it was counted"),
        ("Lake,March,helpline,contacts,,1", "“March” is no month.", "for example 2027-03"),
        ("Lake,2026-13,helpline,contacts,,1", "“2026-13” is no month.", "for example 2027-03"),
        ("Lake,2027-03,helpline,contacts,,1", "This month has not begun.", "Correct the file"),
        ("Lake,2026-03,helplin,contacts,,1", "“helplin” is not known here.", "Did you mean “helpline”?"),
        ("Lake,2026-03,hospital,contacts,,1", "“hospital” is not known here.", "Write one of: helpline, advocacy"),
        ("Lake,2026-03,helpline,calls,,1", "“calls” is not known here.", "Write one of: contacts, answered"),
        ("Lake,2026-03,helpline,contacts,shelter,1", "“contacts” leads to no other service.", "Leave this cell empty."),
        ("Lake,2026-03,helpline,referred,,1", "A word is missing.", "Write one of: advocacy"),
        ("Lake,2026-03,helpline,referred,helpline,1", "“helpline” is not known here.", "Write one of: advocacy"),
        ("Lake,2026-03,helpline,contacts,,", "The number is missing.", "no data is no line at all"),
        ("Lake,2026-03,helpline,contacts,,-3", "begins with “-”", "Write the plain value."),
        ("Lake,2026-03,helpline,contacts,,1.5", "“1.5” is no number of a month.", "Write a whole number"),
        ("Lake,2026-03,helpline,contacts,,1000000000", "“1000000000” is no number of a month.", "Write a whole"),
        ("Lake,2026-03,helpline,contacts,,=1+1", "begins with “=”", "Write the plain value."),
        ("Lake,2026-03,helpline,contacts", "This line has 4 cells, the header 6.", "Put a cell"),
        ("Lake,2026-04,helpline,contacts,,1", "This line repeats line 2.", "Take one of the two away."),
    ],
)
def test_a_fault_is_told_with_its_line_and_nothing_is_stored(
    lake: Territory, line: str, message: str, remedy: str
) -> None:
    result = taken(f"{HEAD}Lake,2026-04,helpline,contacts,,1\n{line}\n")
    fault = result.errors[0]
    assert fault.line == 3
    assert message in fault.message
    assert remedy in fault.remedy
    assert len(result.errors) == 1
    assert not Count.objects.exists()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty"),
        (HEAD.encode(), "There is nothing below the header."),
        (f"{HEAD}Lake,2026-03,helpline,contacts,,1".encode("utf-16"), "UTF-16"),
        (HEAD.encode() + b"L\xe9ke,2026-03,helpline,contacts,,1", "is not UTF-8"),
        (b"place,value\nLake,1\n", "month"),
        (b"PK\x03\x04abc", "This is a spreadsheet"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_as_one_fault(lake: Territory, content: bytes, message: str) -> None:
    result = taken(content)
    assert len(result.errors) == 1
    assert message in result.errors[0].message + result.errors[0].remedy
    assert not Count.objects.exists()


def test_a_mark_at_the_start_and_semicolons_and_other_digits_are_read(lake: Territory) -> None:
    text = "\ufeffMois;Territoire;Service;Indicateur;Vers;Valeur\n2026-03;Lake;helpline;contacts;;١٣٧\n"
    assert taken(text).plain()["errors"] == []
    assert series(lake.pk, CALLS, MARCH, MARCH) == {MARCH: 137}


def test_a_file_counts_only_where_its_bringer_may(lake: Territory) -> None:
    make_territory("Forest")
    lines = "Lake,2026-03,helpline,contacts,,1\nForest,2026-03,helpline,contacts,,1\n"
    result = taken(HEAD + lines, by=local(lake))
    assert [(fault.line, fault.message) for fault in result.errors] == [(3, "There is no territory “Forest”.")]
    assert not Count.objects.exists()


@pytest.mark.parametrize(("places", "months"), [(1, 1), (3, 3), (3, 9)])
def test_a_file_is_taken_together(lake: Territory, places: int, months: int, django_assert_num_queries: Any) -> None:
    """However many territories and months a file holds, and whoever brings it."""
    lina = local(lake)
    lines = [
        f"Shore {n},2026-{month:02d},helpline,contacts,,{20 + month}\nShore {n},2026-{month:02d},police,contacts,,12\n"
        for n in range(places)
        for month in range(1, months + 1)
    ]
    shores = [make_territory(f"Shore {n}", lake) for n in range(places)]
    with django_assert_num_queries(18):
        assert taken(HEAD + "".join(lines), by=lina).create == 2 * places * months
    assert Entry.objects.filter(verb="month counted", by_id=lina.pk).count() == places * months
    changed = "".join(lines).replace("police,contacts,,12", "police,contacts,,14")
    later = datetime(2026, 11, 21, 9, tzinfo=UTC)
    with django_assert_num_queries(17):
        assert taken(HEAD + changed, by=lina, why="A list came late", at=later).change == places * months
    of, january = CountOf("police", "contacts"), date(2026, 1, 1)
    for shore in shores:
        assert series(shore.pk, of, january, january) == {january: 14}
        assert series(shore.pk, of, january, january, known_at=AT) == {january: 12}, "what was known stays known"


def test_the_command_tells_faults_in_json_and_leaves_with_one(lake: Territory, tmp_path: Any) -> None:
    file = tmp_path / "counts.csv"
    file.write_text(f"{HEAD}Lake,2026-03,helpline,contacts,,x\n")
    out = StringIO()
    with pytest.raises(SystemExit) as left:
        call_command("counts", "import", str(file), "--dry-run", "--format", "json", stdout=out)
    assert left.value.code == 1
    told = json.loads(out.getvalue())
    assert (told["create"], told["errors"][0]["line"]) == (0, 2)


# --- pages


class World:
    """A region with an area, another region, and people of every kind who might look."""

    def __init__(self) -> None:
        country = make_territory("Country")
        self.region, self.far = make_territory("Region", country), make_territory("Far", country)
        self.area = make_territory("Area", self.region)
        agency, court = make_agency("Clinic", territory=self.area), make_agency("Court", territory=self.far)
        self.amal, self.bela, self.mona = (
            make_position(make_person(n), agency).person for n in ("Amal", "Bela", "Mona")
        )
        self.chiara = make_position(make_person("Chiara"), court).person
        grant_role(self.mona, "manager", agency)
        self.lina, self.nora = local(self.region), national()


@pytest.fixture
def world(db: None) -> World:
    return World()


def _client(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def _here(world: World, service: str = "helpline") -> str:
    return reverse("planning:count", args=[world.area.pk, "2026-03", service])


def test_a_coordinator_counts_a_month_and_sees_it_as_it_is(world: World) -> None:
    lina = _client(world.lina)
    page = lina.get(_here(world)).content.decode()
    assert "Leave a box empty where nobody counted" in page
    sent = {"contacts": "137", "answered": "7", "referred.shelter": "12", "wait_days.shelter": "21", "why": ""}
    for _twice in range(2):
        assert lina.post(_here(world), sent).status_code == 302
    assert Count.objects.count() == 4
    assert "Write nothing here about a woman" in lina.get(_here(world)).content.decode(), "where she may correct"
    place = reverse("planning:counts_place", args=[world.area.pk]) + "?month=2026-03"
    mine = lina.get(place).content.decode()
    assert ">137<" in mine
    assert "fewer than ten" not in mine.split("What was counted")[1]
    nora = _client(world.nora).get(place).content.decode()
    assert ">135<" in nora
    assert ">137<" not in nora
    assert "fewer than ten" in nora.split("What was counted")[1]


def test_a_correction_without_a_reason_keeps_what_was_typed(world: World) -> None:
    lina = _client(world.lina)
    lina.post(_here(world), {"contacts": "137"})
    page = lina.post(_here(world), {"contacts": "140", "why": ""}).content.decode()
    assert "Say why it is corrected" in page
    assert 'value="140"' in page
    page = lina.post(_here(world), {"contacts": "many"}).content.decode()
    assert "Enter a whole number" in page
    assert lina.post(_here(world), {"contacts": "140", "why": "Counted twice"}).status_code == 302
    assert series(world.area.pk, CALLS, MARCH, MARCH) == {MARCH: 140}
    # An emptied box takes the number back.
    assert lina.post(_here(world), {"contacts": "", "why": "Not ours"}).status_code == 302
    assert series(world.area.pk, CALLS, MARCH, MARCH) == {}


def test_strangers(world: World) -> None:
    place = reverse("planning:counts_place", args=[world.area.pk])
    for person, sees, counts in (
        (world.amal, 404, 404),
        (world.bela, 404, 404),
        (world.chiara, 404, 404),
        (world.mona, 200, 404),
        (world.nora, 200, 404),
        (world.lina, 200, 200),
    ):
        client = _client(person)
        assert client.get(place).status_code == sees, person
        assert client.get(reverse("planning:counts")).status_code == sees, person
        assert client.get(reverse("planning:counts_file", args=["json"])).status_code == sees, person
        assert client.get(_here(world)).status_code == counts, person
    assert _client(world.lina).get(_here(world, "hospital")).status_code == 404


def test_the_file_for_programs_holds_no_small_number(world: World) -> None:
    counted(world.area, told={CALLS: 137, ANSWERED: 7})
    nora = _client(world.nora)
    answer = nora.get(reverse("planning:counts_file", args=["json"]))
    values = {row["counted"]: (row["value"], row["withheld"]) for row in answer.json()["counts"]}
    assert values == {"contacts": (135, False), "answered": (None, True)}
    lines = b"".join(nora.get(reverse("planning:counts_file", args=["csv"])).streaming_content)
    assert b"137" not in lines
    assert nora.get(reverse("planning:counts_file", args=["exe"])).status_code == 404


def test_a_file_brought_on_the_page(world: World) -> None:
    lina = _client(world.lina)
    path = reverse("planning:counts_bring")
    name = world.area.name

    def bring(text: str) -> Any:
        file = BytesIO(text.encode())
        file.name = "a.csv"
        return lina.post(path, {"file": file, "why": ""}, follow=True).content.decode()

    assert "1 line has to be corrected" in bring(f"{HEAD}{name},2026-03,helpline,contacts,,x\n")
    assert not Count.objects.exists()
    assert "1 new, 0 corrected, 0 already there." in bring(f"{HEAD}{name},2026-03,helpline,contacts,,5\n")


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(world: World, rows: int, django_assert_num_queries: Any) -> None:
    for number in range(rows):
        counted(make_territory(f"More {number}", world.region), told={CALLS: 20 + number, SENT: 12})
        counted(world.area, date(2026, 6 + number, 1), told={CALLS: 20})
        grant_role(make_position().person, "local_coordinator", world.far)
    lina = _client(world.lina)
    place = world.area.pk
    for path, number in (
        (reverse("planning:counts"), 6),
        (reverse("planning:counts_place", args=[place]) + "?month=2026-06", 8),
        (_here(world), 6),
        (reverse("planning:counts_file", args=["json"]), 5),
    ):
        lina.get(path)
        with django_assert_num_queries(number, info=path):
            assert lina.get(path).status_code == 200
