"""The pages of readiness: who may open them, what they say, and what they cost."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from concerted.directory.models import Person, Territory
from concerted.directory.tests.factories import make_agency, make_person, make_position, make_territory
from concerted.planning.models import Delegation, Rating, Statement
from concerted.planning.tests.factories import (
    delegate,
    local,
    moderate,
    national,
    publish_readiness,
    rate,
)

pytestmark = pytest.mark.django_db
LINE = "North; 80 000; 60000; 100000; 150000; Budget request"


class World:
    """Lina coordinates the north, Dora the south, Nora and Nadia the country; Amal practises in the north."""

    def __init__(self) -> None:
        publish_readiness()
        country = make_territory("Country")
        self.north, self.south = make_territory("North", country), make_territory("South", country)
        self.lina, self.dora = local(self.north), local(self.south, "Dora")
        self.nora, self.nadia = national(), national("Nadia")
        self.amal = make_person("Amal")
        make_position(self.amal, make_agency(territory=self.north))


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def ask(client: Client) -> Any:
    def ask(actor: Person, name: str, *args: Any, query: str = "", **data: Any) -> Any:
        client.force_login(actor)
        path = reverse(f"readiness:{name}", args=args) + query
        return client.post(path, data, follow=True) if data else client.get(path)

    return ask


def test_strangers_find_nothing(world: World, ask: Any) -> None:
    rate(world.north, world.lina)
    for stranger in (world.amal, world.dora):
        assert ask(stranger, "place", world.north.pk).status_code == 404
    assert ask(world.amal, "index").status_code == 404
    assert "North" not in ask(world.dora, "index").content.decode()
    kept = delegate({world.north: 80_000}, world.nora)
    for stranger in (world.amal, world.dora, world.lina):
        assert ask(stranger, "delegation", kept.public).status_code == 404


def test_she_rates_item_by_item_and_hands_in(world: World, ask: Any) -> None:
    answer = ask(world.lina, "rate", world.north.pk, go="1")
    rating = Rating.objects.get()
    assert "3 items have no answer yet" in answer.content.decode()
    refused = ask(world.lina, "rating", rating.public, go="1")
    assert "Level 0 is an answer, too" in refused.content.decode()
    for key in ("legal-power", "supervision", "escalation"):
        ask(world.lina, "item", rating.public, key, level="2", evidence="Minutes of May")
    ask(world.lina, "item", rating.public, "money", level="3", evidence="Promised by letter")
    done = ask(world.lina, "rating", rating.public, go="1").content.decode()
    assert "The authority has rated itself" in done
    assert rating.answers.get(item="money").level is None
    assert "Promised by letter" in done


def test_a_wrong_answer_keeps_what_was_typed(world: World, ask: Any) -> None:
    ask(world.lina, "rate", world.north.pk, go="1")
    rating = Rating.objects.get()
    page = ask(world.lina, "item", rating.public, "supervision", evidence="Minutes of May", link="no link")
    assert "Minutes of May" in page.content.decode()
    assert not rating.answers.exists()
    assert ask(world.lina, "item", rating.public, "stars").status_code == 404


def test_the_second_level_reads_what_was_rated_and_the_difference_is_shown(world: World, ask: Any) -> None:
    rate(world.north, world.lina, level=3)
    ask(world.nora, "moderate", world.north.pk, go="1")
    beside = Rating.objects.get(kind="moderated")
    assert "Self-rating" in ask(world.nora, "item", beside.public, "supervision").content.decode()
    moderate(world.north, world.nora, supervision=1)
    page = ask(world.nora, "place", world.north.pk).content.decode()
    assert "The second level rates it lower, by 2." in page
    assert "Has gaps" in page


def test_over_time_there_is_a_drawing_with_its_table(world: World, ask: Any) -> None:
    rate(world.north, world.lina)
    assert '<svg class="chart' not in ask(world.lina, "place", world.north.pk).content.decode()
    moderate(world.north, world.nora, level=1)
    page = ask(world.lina, "place", world.north.pk).content.decode()
    assert '<svg class="chart' in page
    assert "Items at each rating" in page


def test_the_way_to_another_authority(world: World, ask: Any) -> None:
    answer = ask(world.lina, "index", query=f"?place={world.north.pk}")
    assert answer["Location"] == reverse("readiness:place", args=[world.north.pk])
    assert ask(world.lina, "index", query=f"?place={world.south.pk}").status_code == 200


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("North; 80 000; 60000; 100000; 150000", "It has 5 parts"),
        ("Nowhere; 1; 1; 2; 3; x", "There is no “Nowhere”"),
        ("North; much; 1; 2; 3; x", "“much” is no whole sum"),
        ("North; 1,5; 1; 2; 3; x", "“1,5” is no whole sum"),
        ("North; 1; 3; 2; 4; x", "have to rise"),
        ("North; 1; 0; 2; 4; x", "have to rise"),
        ("North; 1; 1; 2; 4;", "where the estimate comes from"),
    ],
)
def test_every_line_that_cannot_be_read_is_told(world: World, ask: Any, line: str, said: str) -> None:
    facts = {"duty": "Boards", "code": "boards", "basis": "Act 1", "currency": "EUR", "year": "2026"}
    page = ask(world.nora, "delegation_new", **facts, promises=f"{LINE}\n\n{line}").content.decode()
    assert "Line 3:" in page
    assert said in page
    assert line in page
    assert not Delegation.objects.exists()


def test_several_of_one_name_are_told_apart(world: World, ask: Any) -> None:
    make_territory("North", world.south)
    facts = {"duty": "Boards", "code": "boards", "basis": "Act 1", "currency": "EUR", "year": "2026"}
    assert "several “North”" in ask(world.nora, "delegation_new", **facts, promises=LINE).content.decode()
    ask(world.nora, "delegation_new", **facts, promises=LINE.replace("North", "North, Country"))
    assert Delegation.objects.get().shares.get().territory == world.north


def test_a_duty_says_who_is_short_first_and_why(world: World, ask: Any) -> None:
    facts = {"duty": "Boards", "code": "boards", "basis": "Act 1", "currency": "EUR", "year": "٢٠٢٦"}
    south = LINE.replace("North", "South").replace("80 000", "180.000")
    page = ask(world.nora, "delegation_new", **facts, promises=f"{LINE}\n{south}").content.decode()
    assert "North is short first: its funds suffice in 28 of 100 likely cases." in page
    assert "It receives" in page
    assert "It gives" in page
    assert "Why these numbers" in page


def test_two_levels_sign_in_the_browser(world: World, ask: Any) -> None:
    kept = delegate({world.north: 80_000}, world.nora)
    blocked = ask(world.nora, "statement_write", kept.public, world.north.pk, override="x").content.decode()
    assert "This authority is not assessed" in blocked
    rate(world.north, world.lina)
    moderate(world.north, world.nora)
    refused = ask(world.nora, "statement_write", kept.public, world.north.pk, override="").content.decode()
    assert "This authority has gaps" in refused
    ask(world.nora, "statement_write", kept.public, world.north.pk, override="The law begins in May")
    statement = Statement.objects.get()
    assert ask(world.dora, "statement", statement.public).status_code == 404
    assert "Sign for the authority" in ask(world.lina, "statement", statement.public).content.decode()
    stale = ask(world.lina, "sign", statement.public, seen="other").content.decode()
    assert "not what you were shown" in stale
    ask(world.lina, "sign", statement.public, seen=statement.hash)
    assert "waits for a signature" in ask(world.lina, "statement", statement.public).content.decode()
    page = ask(world.nora, "sign", statement.public, seen=statement.hash).content.decode()
    assert "waits for a signature" not in page
    assert "The law begins in May" in page
    assert "Handed down in spite of gaps" in ask(world.lina, "place", world.north.pk).content.decode()


def _rated(world: World, number: int) -> list[Territory]:
    made = [make_territory(f"Place {n}", world.north) for n in range(number)]
    for one in made:
        rate(one)
        moderate(one)
    return made


@pytest.mark.parametrize("number", [1, 3])
def test_pages_cost_the_same_for_one_and_three(
    world: World, number: int, client: Client, django_assert_num_queries: Any
) -> None:
    made = _rated(world, number)
    kept = delegate(dict.fromkeys(made, 80_000), world.nora)
    client.force_login(world.nora)
    for path, queries in (
        (reverse("readiness:index"), 8),
        (reverse("readiness:place", args=[made[0].pk]), 14),
        (reverse("readiness:delegations"), 6),
        (reverse("readiness:delegation", args=[kept.public]), 6),
    ):
        client.get(path)
        with django_assert_num_queries(queries, info=path):
            assert client.get(path).status_code == 200
