"""Another wording of a unit: a new version of its module, marking kept; whoever is under way stays where she began."""

import pytest
from django.test import Client
from django.utils import timezone

from concerted.capacity.models import Evidence
from concerted.directory.models import Person
from concerted.directory.tests.factories import grant_role, make_person
from concerted.practice.models import QuestionVersion
from concerted.text import services
from concerted.text.models import Document
from concerted.training.models import Module
from concerted.training.tests.factories import publish_small_module

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def make_author(name: str) -> Person:
    person = make_person(name)
    grant_role(person, "author")
    return person


def reword(key: str, section: str, words: str) -> None:
    """Two authors, one part."""
    document = Document.objects.get(key=key)
    ada, eva = make_author("Ada"), make_author("Eva")
    held = document.published.sections.get(key=section)
    services.edit_section(document, section, title=held.title, markdown=words, seen="", by=ada, at=NOW)
    services.decide_text(services.propose_text(document, "Said better.", by=ada, at=NOW), accept=True, by=eva, at=NOW)


def learner() -> Client:
    client = Client()
    client.force_login(make_person())
    client.post("/learn/core/start/")
    return client


def page(client: Client) -> str:
    return client.get("/learn/core/C1/").content.decode()


def test_new_learners_read_it_and_those_under_way_keep_theirs() -> None:
    module = publish_small_module()
    under_way = learner()
    assert "Ask first." in page(under_way)
    reword("unit:core:C1", "why", "Ask her first, alone.")
    assert "Ask first." in page(under_way)
    assert "Ask her first, alone." in page(learner())
    module.refresh_from_db()
    assert module.published is not None
    assert module.published.no == 2
    assert [one.version_id for one in module.published.units.order_by("place")] == [
        unit.document.published_id for unit in module.units.order_by("code")
    ]


def test_questions_keep_their_marking_and_evidence_stays() -> None:
    publish_small_module()
    before = Evidence.objects.count()
    reword("unit:core:C1", "q1", "Which of these?")
    version = Document.objects.get(key="unit:core:C1").published
    held = {one.question.key: one.marking for one in QuestionVersion.objects.filter(version=version)}
    assert held == {"q1": {"right": "a"}, "q2": {"right": ["a", "b"]}}
    assert Evidence.objects.count() == before


def test_a_new_title_names_the_credential_too() -> None:
    publish_small_module()
    reword("module:core", "title", "A safer plan")
    module = Module.objects.get(code="core")
    assert module.credential.names["en"] == "A safer plan"
    assert module.published is not None
    assert module.published.no == 2


def test_a_pack_loaded_again_leaves_the_wording_made_here() -> None:
    publish_small_module()
    reword("unit:core:C1", "why", "Ask her first, alone.")
    reword("module:core", "title", "A safer plan")
    module = publish_small_module()
    assert "Ask her first, alone." in page(learner())
    assert module.document.published is not None
    assert module.document.published.sections.get(key="title").markdown == "A safer plan"
    assert module.credential.names["en"] == "A safer plan"
    assert module.published is not None
    assert module.published.no == 3


def test_the_same_words_from_the_pack_make_no_further_version() -> None:
    module = publish_small_module()
    assert module.published is not None
    assert publish_small_module().published == module.published
