"""What answers tell about questions: shares of enough people, groups kept back where they could be worked out."""

from typing import Any

import pytest
from django.test import Client

from concerted.directory.tests.factories import grant_role, make_person, make_sector
from concerted.practice.models import Bank, ItemCount, OptionCount, QuestionVersion
from concerted.practice.services import reword
from concerted.text.queries import as_written
from concerted.text.rules import SectionText
from concerted.training.tests.factories import publish_small_bank, publish_small_exam
from concerted.training.tests.test_item_counts import NOW, in_sector, practise

pytestmark = pytest.mark.django_db
PAGE = "/learn/questions/danger/answers/"


@pytest.fixture
def bank() -> Bank:
    return publish_small_bank()


def _client(role: str) -> Client:
    person, client = make_person(role), Client()
    grant_role(person, role)
    client.force_login(person)
    return client


@pytest.fixture
def trainer() -> Client:
    return _client("trainer")


def _count(bank: Bank, sector: str, people: int, right: int, key: str = "one", language: str = "en") -> None:
    question = QuestionVersion.objects.filter(question__document=bank.document, question__key=key).latest("pk")
    facts = {"rest": 50 * people, "rest_squared": 3000 * people, "rest_right": 50 * right}
    ItemCount.objects.create(
        question=question,
        what_kind="bank",
        what=bank.pk,
        sector=sector,
        language=language,
        people=people,
        right=right,
        **facts,
    )


def test_it_shows_shares_from_ten_people_on(bank: Bank, trainer: Client) -> None:
    for n in range(9):
        practise(in_sector(f"Person {n}"), bank, [True, n < 5, None, None])
    assert "Not enough people have answered yet" in trainer.get(PAGE).content.decode()
    practise(in_sector("Person 9"), bank, [True, False, None, None])
    page = trainer.get(PAGE).content.decode()
    for seen in ("Question one?", "10 people or more", "about 95 in 100", "about 50 in 100"):
        assert seen in page
    assert "By sector" not in page, "one group is the whole"
    assert "Person 9" not in page


def test_a_small_group_cannot_be_had_by_taking_away(bank: Bank, trainer: Client) -> None:
    for sector in ("health", "police", "justice"):
        make_sector(sector)
    for sector, people in (("health", 40), ("police", 12), ("justice", 3)):
        _count(bank, sector, people, people - 2)
    page = trainer.get(PAGE).content.decode()
    assert "Health" in page
    assert "Smaller groups together" in page, "police would leave three"
    assert "Police" not in page
    assert "Justice" not in page


def test_what_needs_another_look_is_said_from_thirty_people_on(bank: Bank, trainer: Client) -> None:
    _count(bank, "health", 29, 28)
    assert "Too easy" not in trainer.get(PAGE).content.decode()
    _count(bank, "police", 1, 1)
    page = trainer.get(PAGE).content.decode()
    for seen in ("Too easy", "Does not tell people apart", "A wrong answer that nobody chose", "Second"):
        assert seen in page
    question = QuestionVersion.objects.get(question__key="one")
    OptionCount.objects.create(question=question, what_kind="bank", what=bank.pk, option="b", people=1)
    _count(bank, "justice", 1, 0)
    assert "A wrong answer that nobody chose" not in trainer.get(PAGE).content.decode()


def test_a_question_keeps_its_numbers_while_its_words_stay(bank: Bank, trainer: Client) -> None:
    """Another question is reworded: this one is the same item in both versions."""
    _count(bank, "health", 12, 6)
    version = bank.document.published_id
    assert version is not None
    sections = [
        SectionText(one.key, "Reworded?" if one.key == "many" else one.markdown, one.kind, one.title, one.data)
        for one in as_written(version).sections
    ]
    reword(bank.document, sections, by=None, at=NOW)
    bank.document.refresh_from_db()
    _count(bank, "health", 12, 12)
    page = trainer.get(PAGE).content.decode()
    assert page.count("Question one?") == 1
    assert "20 people or more" in page
    assert "about 75 in 100" in page


def test_only_those_who_write_and_teach_see_it(bank: Bank) -> None:
    publish_small_exam()
    for path in (PAGE, "/learn/tests/final/answers/"):
        for role, status in (("author", 200), ("national_coordinator", 200), ("auditor", 200), ("manager", 404)):
            assert _client(role).get(path).status_code == status, role
        amal = Client()
        amal.force_login(make_person("Amal"))
        assert amal.get(path).status_code == 404
        home = path.removesuffix("answers/")
        assert path not in amal.get(home).content.decode()
        assert path in _client("trainer").get(home).content.decode()
        assert Client().get(path).status_code == 302


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(bank: Bank, trainer: Client, rows: int, django_assert_num_queries: Any) -> None:
    for n in range(rows):
        for key in ("one", "many", "order")[:rows]:
            _count(bank, f"sector-{n}", 20, 10, key)
    trainer.get(PAGE)
    with django_assert_num_queries(7):
        trainer.get(PAGE)
