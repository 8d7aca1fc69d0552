"""A plan as a page: nothing is saved until it is kept, and who may not see it finds nothing."""

import re
from typing import Any

import pytest
from django.http import Http404
from django.test import Client
from django.utils import timezone

from concerted.directory.models import Person
from concerted.directory.tests.factories import grant_role, make_agency, make_person, make_position, make_territory
from concerted.kit.tests.stored import changed, stored
from concerted.ledger.models import Entry
from concerted.planning import services
from concerted.planning.models import KeptPlan

pytestmark = pytest.mark.django_db
PATH = "/plans/example/delegation/"


class World:
    """Mona manages the clinic of Lakes, Bela works there, Chiara manages the court of Hills; Dora is national."""

    def __init__(self) -> None:
        self.lakes, self.hills = make_territory("Lakes"), make_territory("Hills")
        self.clinic = make_agency("Clinic", territory=self.lakes)
        self.court = make_agency("Court", territory=self.hills)
        self.mona, self.bela, self.chiara = make_person("Mona"), make_person("Bela"), make_person("Chiara")
        self.dora, self.lina = make_person("Dora"), make_person("Lina")
        for person, agency in ((self.mona, self.clinic), (self.bela, self.clinic), (self.chiara, self.court)):
            make_position(person, agency)
        grant_role(self.mona, "manager", self.clinic)
        grant_role(self.chiara, "manager", self.court)
        grant_role(self.dora, "national_coordinator")
        grant_role(self.lina, "local_coordinator", self.lakes)

    def keep(self, **changes: Any) -> KeptPlan:
        facts: dict[str, Any] = {"agency": self.clinic, "by": self.mona, "at": timezone.now()}
        return services.keep_plan("Ours", "delegation", changes, **facts)


@pytest.fixture
def world() -> World:
    return World()


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    session = client.session
    session["second_step"] = True
    session.save()
    return client


def shown(client: Client, path: str, **said: Any) -> str:
    answer = client.get(path, said)
    assert answer.status_code == 200, path
    return answer.content.decode()


def to_hire(html: str) -> int:
    found = re.search(r"People to hire</dt><dd><b>(\d+)</b>", html)
    assert found
    return int(found[1])


def test_a_plan_answers_what_is_asked_and_saves_nothing(world: World) -> None:
    client = signed_in(world.dora)
    shown(client, "/plans/")
    before = stored()
    plain = shown(client, PATH)
    busier = shown(client, PATH, **{"services.advocacy.contacts.per_10000": "2.5"})
    assert to_hire(busier) > to_hire(plain)
    assert 'value="2.5"' in busier
    assert changed(before) == []


def test_a_change_by_script_is_the_part_of_the_whole_page(world: World) -> None:
    client, said = signed_in(world.dora), {"in": "forest", "territories.forest.people": "300000"}
    whole = shown(client, PATH, **said)
    part = client.get(PATH, said, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert part.strip() in whole


def test_months_are_said_in_words(world: World) -> None:
    html = shown(signed_in(world.dora), PATH)
    assert "In the last month, December 2028" in html
    without_fields = re.sub(r"<input[^>]*>|<code>.*?</code>", "", html)
    assert not re.search(r">[^<]*\b20\d\d-\d\d\b", without_fields)


def test_every_number_opens_to_why(world: World) -> None:
    html = shown(signed_in(world.dora), PATH)
    place = "services.<wbr>helpline.<wbr>queue.<wbr>never_alone"
    assert f'People in every open hour<code class="hint">{place}</code>' in html
    assert "<dt>Weeks in a month</dt>" in html
    assert "Public pay scale of 2026" in html
    assert "exact for these inputs" in html
    assert "approximate: something in it is assumed" in html


def test_a_reason_is_told_in_words_with_the_place_as_a_hint(world: World) -> None:
    from concerted.planning.queries.plan_files import examples

    client = signed_in(world.dora)
    for one in examples():
        path = f"/plans/example/{one.name}/"
        territory = re.search(rf"{path}\?(?:[^\"]*;)?in=([\w-]+)", shown(client, path))
        assert territory, path
        for said in ({}, {"in": territory[1]}):
            inputs = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", shown(client, path, **said))
            assert inputs
            for name, value in inputs:
                assert not name.startswith("<code>"), name
                assert not re.search(r"\d{4}-\d\d|offered|answered$", value), value


def test_a_value_that_cannot_be_is_told_beside_it_and_the_plan_stands(world: World) -> None:
    client = signed_in(world.dora)
    html = shown(client, PATH, **{"services.helpline.queue.minutes": "-1"})
    assert 'aria-invalid="true"' in html
    assert to_hire(html) == to_hire(shown(client, PATH))
    html = shown(client, PATH, **{"initiatives.duty.start": "soon"})
    assert "2027-04" in html
    assert "Write year and month" in html
    html = shown(client, PATH, **{"referrals.helpline.advocacy.share": "1e300"})
    assert to_hire(html) == to_hire(shown(client, PATH))


def told(client: Client, path: str, language: str, **said: Any) -> list[str]:
    """Every note of a fault on a page in a language: its markup."""
    client.cookies["django_language"] = language
    return re.findall(r'<div class="note gap fill">(.*?)</div>', shown(client, path, **said), re.S)


FAULTY = {"services.advocacy.contacts.per_10000": "1e9"}


@pytest.mark.parametrize(
    ("language", "begins", "words"),
    [
        ("en", "a month: <bdi>", "Correct the value that makes it so large."),
        ("fr", "contacts et orientations par mois\xa0:", "Corrigez la valeur"),
        ("ar", "الاتصالات والإحالات في الشهر", "صححوا القيمة"),
    ],
)
def test_what_cannot_be_worked_out_is_told_in_her_language(
    world: World, language: str, begins: str, words: str
) -> None:
    client = signed_in(world.dora)
    for path in (PATH, f"{PATH}keep/"):
        (note,) = told(client, path, language, **FAULTY)
        assert begins in note
        assert words in note
        assert f'lang="{language}"' in note
        assert "<bdi>advocacy</bdi>" in note


def test_a_value_at_fault_is_named_as_the_form_names_it(world: World) -> None:
    client = signed_in(world.dora)
    (note,) = told(client, PATH, "fr", **{"initiatives.duty.start": "0001-01"})
    assert "Commence au mois de" in note
    assert "Écrivez une année de 1900 à 2200." in note
    assert "initiatives.duty.start" not in note


def test_options_stand_side_by_side(world: World) -> None:
    html = shown(signed_in(world.dora), PATH, compare="1")
    assert "One line for all four" in html
    assert "Three in every open hour" in html


def test_a_page_of_paper_holds_three_numbers(world: World) -> None:
    client = signed_in(world.dora)
    html = shown(client, f"{PATH}sheet/lake/")
    assert "<p>as of <time" in html, "paper is read long after"
    facts = re.search(r'<dl class="facts">.*?</dl>', html, re.S)
    assert facts
    assert facts[0].count("<dt>") == 3
    assert client.get(f"{PATH}sheet/nowhere/").status_code == 404
    assert client.get("/plans/example/nothing/").status_code == 404
    assert client.get(PATH, {"in": "nowhere"}).status_code == 404


def test_a_plan_is_kept_with_its_values_and_its_answer(world: World) -> None:
    client = signed_in(world.mona)
    said = {"services.helpline.queue.minutes": "30"}
    answer = client.post(f"{PATH}keep/", {**said, "title": "Longer talks", "agency": world.clinic.pk})
    kept = KeptPlan.objects.get()
    assert answer["Location"] == f"/plans/kept/{kept.public}/"
    assert kept.changes == {"services.helpline.queue.minutes": 30.0}
    assert (kept.base, kept.agency, kept.seed, len(kept.fingerprint)) == ("delegation", world.clinic, 4, 64)
    assert Entry.objects.filter(verb="plan kept", object_id=str(kept.pk)).exists()
    html = shown(client, f"/plans/kept/{kept.public}/")
    assert "Longer talks" in html
    assert "differently today" not in html


def test_a_manager_keeps_for_her_own_agency_only(world: World) -> None:
    client = signed_in(world.mona)
    for agency in ("", world.court.pk):
        answer = client.post(f"{PATH}keep/", {"title": "Theirs", "agency": agency})
        assert answer.status_code == 200
    assert not KeptPlan.objects.exists()


def test_a_local_coordinator_keeps_for_her_own_territories_and_those_below(world: World) -> None:
    shore = make_territory("Shore", world.lakes)
    client = signed_in(world.lina)
    assert "Keep this plan" in shown(client, PATH)
    page = shown(client, f"{PATH}keep/")
    assert f'<option value="{world.lakes.pk}" selected>' in page
    assert "Hills" not in page
    for territory in ("", world.hills.pk):
        answer = client.post(f"{PATH}keep/", {"title": "Theirs", "territory": territory})
        assert answer.status_code == 200
    assert not KeptPlan.objects.exists()
    for territory in (world.lakes, shore):
        assert client.post(f"{PATH}keep/", {"title": territory.name, "territory": territory.pk}).status_code == 302
    kept = KeptPlan.objects.get(territory=shore)
    assert (kept.agency, kept.by) == (None, world.lina)
    assert "Shore" in shown(signed_in(world.dora), "/plans/")
    path = f"/plans/kept/{kept.public}/"
    for person, status in ((world.dora, 200), (world.lina, 200), (world.bela, 404), (world.chiara, 404)):
        assert signed_in(person).get(path).status_code == status, person.name
    with pytest.raises(Http404):
        services.keep_plan("No", "delegation", {}, territory=world.hills, by=world.lina, at=timezone.now())
    with pytest.raises(Http404):
        services.keep_plan("No", "delegation", {}, by=world.lina, at=timezone.now())


def test_who_manages_an_agency_and_coordinates_a_territory_says_for_which(world: World) -> None:
    grant_role(world.mona, "local_coordinator", world.lakes)
    client, path = signed_in(world.mona), f"{PATH}keep/"
    both = {"title": "Ours", "agency": world.clinic.pk, "territory": world.lakes.pk}
    for said in (both, {"title": "Ours"}):
        assert "Choose an agency or a territory" in client.post(path, said).content.decode()
    assert not KeptPlan.objects.exists()
    for name in ("agency", "territory"):
        assert client.post(path, {key: both[key] for key in ("title", name)}).status_code == 302
    assert list(KeptPlan.objects.order_by("pk").values_list("agency", "territory")) == [
        (world.clinic.pk, None),
        (None, world.lakes.pk),
    ]


def test_another_answer_of_the_engine_is_told_and_kept_when_asked(world: World) -> None:
    kept = world.keep()
    KeptPlan.objects.update(fingerprint="0" * 64)
    client = signed_in(world.mona)
    path = f"/plans/kept/{kept.public}/"
    assert "differently today" in shown(client, path)
    client.post(f"{path}again/")
    kept.refresh_from_db()
    assert kept.fingerprint != "0" * 64
    assert "differently today" not in shown(client, path)
    assert Entry.objects.filter(verb="plan answered again").count() == 1


def test_who_may_not_see_it_finds_nothing(world: World) -> None:
    path = f"/plans/kept/{world.keep().public}/"
    for person, status in (
        (world.mona, 200),
        (world.dora, 200),
        (world.lina, 200),
        (world.bela, 404),
        (world.chiara, 404),
    ):
        assert signed_in(person).get(path).status_code == status, person.name
    assert "Ours" in shown(signed_in(world.lina), "/plans/")
    assert "Ours" not in shown(signed_in(world.chiara), "/plans/")


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(world: World, rows: int, django_assert_num_queries: Any) -> None:
    plans = [world.keep() for _row in range(rows)]
    client = signed_in(world.dora)
    for path, count in (("/plans/", 4), (PATH, 3), (f"/plans/kept/{plans[0].public}/", 5)):
        shown(client, path)
        with django_assert_num_queries(count, info=path):
            shown(client, path)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_heaviest_plan_keeps_to_the_budget_of_a_page(world: World, language: str) -> None:
    """A page after the first is at most 15 KB over the wire."""
    client = signed_in(world.dora)
    client.cookies["django_language"] = language
    for one in ("helpline", "referral-protocol-victoria"):
        page = client.get(f"/plans/example/{one}/", headers={"Accept-Encoding": "gzip"})
        assert page["Content-Encoding"] == "gzip"
        assert len(page.content) <= 15 * 1024, one
