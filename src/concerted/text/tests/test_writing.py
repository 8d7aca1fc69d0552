"""Another wording of a published text: drafts nobody reads, two people, and translators who see what is behind."""

from typing import Any

import pytest
from django.http import Http404
from django.utils import timezone

from concerted.directory.models import Person
from concerted.directory.tests.factories import grant_role, make_person
from concerted.text import queries, services
from concerted.text.models import Document, Section, SectionDraft, TextProposal
from concerted.text.rules import SectionText
from concerted.text.services import EditRefused
from concerted.text.services.editing import PUBLISHERS, token_of
from concerted.text.tests.test_translating import HOW, TITLE, WHY, make_document, signed_in

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture(autouse=True)
def _plain_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PUBLISHERS, "training", services.publish_version)


def make_author(name: str) -> Person:
    person = make_person(name)
    grant_role(person, "author")
    return person


@pytest.fixture
def ada() -> Person:
    return make_author("Ada")


@pytest.fixture
def eva() -> Person:
    return make_author("Eva")


def edit(
    document: Document, by: Person, key: str = "how", words: str = "Listen well.", seen: str | None = None
) -> None:
    held = SectionDraft.objects.filter(document=document, key=key).first()
    section = Section.objects.get(version=document.published, key=key)
    seen = token_of(held) if seen is None else seen
    services.edit_section(document, key, title=section.title, markdown=words, seen=seen, by=by, at=timezone.now())


def markdown(document: Document, key: str = "how") -> str:
    document.refresh_from_db()
    return Section.objects.get(version=document.published, key=key).markdown


def test_a_second_person_publishes_and_nobody_reads_it_before(ada: Person, eva: Person) -> None:
    document = make_document()
    edit(document, ada)
    proposal = services.propose_text(document, "How to listen, said better.", by=ada, at=NOW)
    assert markdown(document) == "Listen."
    with pytest.raises(EditRefused, match="second person"):
        services.decide_text(proposal, accept=True, by=ada, at=NOW)
    services.decide_text(proposal, accept=True, by=eva, at=NOW)
    assert markdown(document) == "Listen well."
    assert document.published is not None
    assert document.published.summary == "How to listen, said better."
    assert not SectionDraft.objects.exists()
    assert not TextProposal.objects.exists()


def test_given_back_it_waits_no_longer(ada: Person, eva: Person) -> None:
    document = make_document()
    edit(document, ada)
    proposal = services.propose_text(document, "Better.", by=ada, at=NOW)
    with pytest.raises(EditRefused, match="few words"):
        services.decide_text(proposal, accept=False, by=eva, at=NOW)
    services.decide_text(proposal, accept=False, remark="Shorter, please.", by=eva, at=NOW)
    with pytest.raises(EditRefused, match="given back already"):
        services.decide_text(proposal, accept=True, by=eva, at=NOW)
    assert SectionDraft.objects.exists()
    assert services.propose_text(document, "Shorter.", by=ada, at=NOW).waits


def test_another_word_takes_the_proposal_back(ada: Person, eva: Person) -> None:
    document = make_document()
    edit(document, ada)
    proposal = services.propose_text(document, "Better.", by=ada, at=NOW)
    edit(document, ada, words="Listen to her.")
    assert not TextProposal.objects.filter(pk=proposal.pk).exists()


def test_the_published_words_again_take_the_draft_away(ada: Person) -> None:
    document = make_document()
    edit(document, ada)
    edit(document, ada, words="Listen.")
    assert not SectionDraft.objects.exists()
    with pytest.raises(EditRefused, match="Nothing has changed"):
        services.propose_text(document, "Better.", by=ada, at=NOW)


def test_two_at_once_lose_nothing(ada: Person, eva: Person) -> None:
    document = make_document()
    edit(document, ada)
    with pytest.raises(EditRefused, match="Somebody else"):
        edit(document, eva, words="Hear her.", seen="")
    assert SectionDraft.objects.get().markdown == "Listen well."
    page = signed_in(eva).post(
        f"/texts/{document.public}/part/how/", {"title": "How", "markdown": "Hear her.", "seen": ""}
    )
    assert page.status_code == 409
    shown = page.content.decode()
    assert "Hear her.</textarea>" in shown
    assert "Listen well." in shown
    # With the token of what she now sees, she may put the two together.
    token = token_of(SectionDraft.objects.get())
    assert f'value="{token}"'.replace("+", "&#x2B;") in shown or token in shown
    signed_in(eva).post(f"/texts/{document.public}/part/how/", {"title": "How", "markdown": "Both.", "seen": token})
    assert SectionDraft.objects.get().markdown == "Both."


def test_a_text_that_moved_under_a_draft_is_not_overwritten(ada: Person, eva: Person) -> None:
    document = make_document()
    edit(document, ada)
    make_document(TITLE, WHY, HOW.__class__("how", "Listen first.", title="How"))
    document.refresh_from_db()
    proposal = services.propose_text(document, "Better.", by=ada, at=NOW)
    with pytest.raises(EditRefused, match="changed under a draft"):
        services.decide_text(proposal, accept=True, by=eva, at=NOW)
    assert markdown(document) == "Listen first."


def test_a_part_keeps_some_words(ada: Person) -> None:
    document = make_document()
    with pytest.raises(EditRefused, match="cannot lose"):
        edit(document, ada, words=" ")


def test_the_way_of_two_authors_and_what_the_translator_sees(ada: Person, eva: Person) -> None:
    document = make_document()
    services.add_language("fr", "Français", by=None, at=NOW)
    client, second, path = signed_in(ada), signed_in(eva), f"/texts/{document.public}/"
    assert path in client.get("/texts/").content.decode()
    seen = client.get(f"{path}part/how/").context["form"].initial["seen"]
    client.post(f"{path}part/how/", {"title": "How", "markdown": "Listen well.", "seen": seen})
    assert "<del>Listen.</del><ins>Listen well.</ins>" in client.get(path).content.decode()
    assert "What changes, in a sentence" in client.post(f"{path}propose/", {"summary": ""}).content.decode()
    client.post(f"{path}propose/", {"summary": "Listening, said better."})
    assert "Publish it" not in client.get(path).content.decode()
    assert "Publish it" in second.get(path).content.decode()
    assert client.post(f"{path}decide/", {"do": "publish"}).status_code == 409
    second.post(f"{path}decide/", {"do": "publish"})
    assert markdown(document) == "Listen well."
    assert "Listening, said better." in client.get(path).content.decode(), "what was said of it stays to be read"
    states = {row.section.key: row.state for row in queries.rows_of(document, "fr")}
    assert states == {"title": "missing", "why": "missing", "how": "missing"}


def test_a_text_is_found_by_words_of_its_title(ada: Person) -> None:
    make_document(SectionText("title", "Care after harm", kind="title"), WHY, key="care")
    make_document(SectionText("title", "Signs of danger", kind="title"), WHY, key="signs")
    client = signed_in(ada)
    page = client.get("/texts/?words=AFTER care").content.decode()
    assert "Care after harm" in page
    assert "Signs of danger" not in page
    assert "No title has these words." in client.get("/texts/", {"words": "nowhere\0"}).content.decode()


def test_strangers_neither_write_nor_publish(ada: Person) -> None:
    document = make_document()
    edit(document, ada)
    proposal = services.propose_text(document, "Better.", by=ada, at=NOW)
    amal = make_person("Amal")
    client = signed_in(amal)
    for path in ("/texts/", f"/texts/{document.public}/", f"/texts/{document.public}/part/how/"):
        assert client.get(path).status_code == 404
    with pytest.raises(Http404):
        services.decide_text(proposal, accept=True, by=amal, at=NOW)
    trainer = make_person("Tove")
    grant_role(trainer, "trainer")
    reader = signed_in(trainer)
    assert reader.get(f"/texts/{document.public}/").status_code == 200
    assert reader.get(f"/texts/{document.public}/part/how/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(ada: Person, rows: int, django_assert_num_queries: Any) -> None:
    document = make_document()
    for n in range(rows):
        other = make_document(TITLE, WHY, key=f"more-{n}")
        edit(other, ada, "why", f"Ask {n}.")
    edit(document, ada)
    client = signed_in(ada)
    for path, number in (
        ("/texts/", 5),
        (f"/texts/{document.public}/", 9),
        (f"/texts/{document.public}/part/how/", 9),
    ):
        client.get(path)
        with django_assert_num_queries(number, info=path):
            assert client.get(path).status_code == 200


def test_each_part_says_what_it_is(ada: Person) -> None:
    document = make_document()
    client = signed_in(ada)
    assert "The title of the text" in client.get(f"/texts/{document.public}/").content.decode()
    assert "A passage" in client.get(f"/texts/{document.public}/part/how/").content.decode()
