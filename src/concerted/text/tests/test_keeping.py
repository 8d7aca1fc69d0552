"""Kept while she types: nothing is overwritten or lost, nothing is handed on, readers see nothing of it."""

import html
import re
from typing import Any

import pytest
from django.http import Http404
from django.test import Client
from django.utils import timezone

from concerted.directory.models import Person
from concerted.directory.tests.factories import grant_role, make_person
from concerted.ledger.models import Entry
from concerted.text import services
from concerted.text.models import Document, SectionDraft, TextProposal, Translation, TranslationCount
from concerted.text.rules import SectionText
from concerted.text.services.editing import PUBLISHERS
from concerted.text.tests.test_translating import (
    HOW,
    TITLE,
    WHY,
    draft,
    make_document,
    make_translator,
    shown,
    signed_in,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now()
WORDS = "Demandez : {svc.helpline}"


@pytest.fixture(autouse=True)
def _french(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PUBLISHERS, "training", services.publish_version)
    services.add_language("fr", "Français", by=None, at=NOW)


@pytest.fixture
def tara() -> Person:
    return make_translator("Tara")


@pytest.fixture
def rena() -> Person:
    return make_translator("Rena")


class Tab:
    """One window with the form open: it sends what it holds, and takes in what comes back."""

    def __init__(self, client: Client, path: str) -> None:
        self.client, self.path = client, path
        page = client.get(path).content.decode()
        found = re.findall(r'<input type="hidden" name="(seen|base|source_hash|page)"(?: value="([^"]*)")?', page)
        self.form = {name: html.unescape(value) for name, value in found}

    def types(self, words: str, title: str = "Pourquoi", *, lost: bool = False) -> str:
        """What the page sends by itself; `lost`: the answer never arrives."""
        said = self.form | {"title": title, "markdown": words, "do": "keep"}
        answer = self.client.post(self.path, said, headers={"HX-Request": "true"})
        assert answer.status_code == 200
        body = answer.content.decode()
        if not lost:
            found = re.search(r'name="seen"(?: value="([^"]*)")?', body)
            assert found
            self.form["seen"] = html.unescape(found[1] or "")
        return body

    def presses(self, button: str, words: str, title: str = "Pourquoi") -> Any:
        return self.client.post(self.path, self.form | {"title": title, "markdown": words, button: ""})


def bench(person: Person, document: Document, key: str = "why") -> Tab:
    return Tab(signed_in(person), f"/languages/fr/{document.public}/{key}/")


def desk(person: Person, document: Document, key: str = "how") -> Tab:
    return Tab(signed_in(person), f"/texts/{document.public}/part/{key}/")


def author(name: str) -> Person:
    person = make_person(name)
    grant_role(person, "author")
    return person


# --- The translator ------------------------------------------------------------------------------------------------


def test_a_translation_is_kept_while_she_types_and_waits_for_nobody(tara: Person) -> None:
    document = make_document()
    tab, entries = bench(tara, document), Entry.objects.count()
    for words in ("D", "Dem", "Demandez"):
        assert "Saved at" in tab.types(words)
    kept = Translation.objects.get()
    assert (kept.markdown, kept.state, kept.ready, kept.revision) == ("Demandez", "draft", False, 1)
    assert shown(document)["why"].startswith("Ask first")
    counted = TranslationCount.objects.get(document=document, language="fr")
    assert (counted.draft, counted.waiting, counted.missing) == (1, 0, 2)
    assert Entry.objects.count() == entries


def test_the_answer_is_the_part_of_the_full_page(tara: Person) -> None:
    document = make_document()
    tab = bench(tara, document)
    part = tab.types(WORDS).strip()
    assert part.startswith('<p id="kept"')
    full = tab.client.get(tab.path).content.decode()
    assert "".join(part.split()) in "".join(full.split())


def test_two_translators_at_once_are_told_and_lose_nothing(tara: Person, rena: Person) -> None:
    document = make_document()
    first, second = bench(tara, document), bench(rena, document)
    first.types("Demandez.")
    for words in ("Autre", "Autre chose"):
        said = second.types(words)
        assert "Not saved:" in said
        assert "Somebody else saved this part" in said
        assert "What somebody else wrote here" in said
        assert "Demandez." in said
    assert Translation.objects.get().markdown == "Demandez."
    # Pressing the button shows both once more; pressing it again, she has seen them.
    page = second.presses("draft", "Les deux.")
    assert page.status_code == 409
    assert "Les deux.</textarea>" in page.content.decode()
    assert "Demandez." in page.content.decode()
    assert Translation.objects.get().markdown == "Demandez."


def test_an_older_tab_of_the_same_translator_is_told(tara: Person) -> None:
    document = make_document()
    older, newer = bench(tara, document), bench(tara, document)
    newer.types("Neuf.")
    said = older.types("Vieux.")
    assert "You saved this part in another window" in said
    assert "What you saved in another window" in said
    assert "Neuf." in said
    assert Translation.objects.get().markdown == "Neuf."
    page = older.presses("draft", "Vieux.")
    assert page.status_code == 409
    assert "What you saved in another window" in page.content.decode()
    assert "Neuf." in newer.client.get(newer.path).content.decode()


def test_a_page_knows_its_own_words_when_the_answer_was_lost(tara: Person) -> None:
    document = make_document()
    tab = bench(tara, document)
    tab.types("Un.", lost=True)
    assert "Saved at" in tab.types("Un. Deux.", lost=True)
    answer = tab.presses("ready", WORDS)
    assert answer.status_code == 302
    assert Translation.objects.get().ready
    # The answer to the button was lost as well: she presses it again.
    assert tab.presses("ready", WORDS).status_code == 302
    assert Translation.objects.count() == 1


def test_nothing_typed_late_reaches_what_was_handed_on(tara: Person, rena: Person) -> None:
    document = make_document()
    tab = bench(tara, document)
    tab.types("Un.")
    tab.presses("ready", WORDS)
    said = tab.types("Trop tard.")
    assert "waits for a second person" in said
    kept = Translation.objects.get()
    assert (kept.markdown, kept.ready) == (WORDS, True)
    # Neither does the second person's own typing take it away from her.
    assert "waits for a second person" in bench(rena, document).types("Autre.")
    assert Translation.objects.count() == 1
    services.review(kept, accept=True, by=rena, at=NOW)
    assert "Readers are shown what you wrote here before" in tab.types("Encore plus tard.")
    assert Translation.objects.get().markdown == shown(document)["why"] == WORDS


def test_typing_over_something_reviewed_begins_a_draft_of_its_own(tara: Person, rena: Person) -> None:
    document = make_document()
    services.review(draft(document, by=tara), accept=True, by=rena, at=NOW)
    before, tab = shown(document), bench(tara, document)
    for words in ("Mieux", "Mieux dit"):
        tab.types(words)
    assert [(one.state, one.markdown) for one in Translation.objects.order_by("revision")] == [
        ("reviewed", before["why"]),
        ("draft", "Mieux dit"),
    ]
    assert shown(document) == before


def test_a_remark_stays_while_she_mends(tara: Person, rena: Person) -> None:
    document = make_document()
    services.review(draft(document, by=tara), accept=False, remark="Say « vous ».", by=rena, at=NOW)
    bench(tara, document).types("Vous.")
    assert Translation.objects.get().remark == "Say « vous »."


def test_an_emptied_box_is_not_kept_and_says_so(tara: Person) -> None:
    document = make_document()
    tab = bench(tara, document)
    assert "Saved at" not in tab.types("", title="")
    assert not Translation.objects.exists()
    tab.types("Un.")
    said = tab.types("")
    assert "Not saved: It is empty." in said
    assert 'role="alert"' not in said
    assert Translation.objects.get().markdown == "Un."


def test_words_that_are_too_long_are_not_kept(tara: Person) -> None:
    tab = bench(tara, make_document())
    assert "Not saved:" in tab.types("x" * 20_001)
    assert not Translation.objects.exists()


def test_the_source_that_moves_while_she_types(tara: Person) -> None:
    document = make_document()
    tab = bench(tara, document, "how")
    make_document(TITLE, WHY, SectionText("how", "Listen well.", title="How"))
    assert "The source has changed while you wrote" in tab.types("Écoutez.")
    assert not Translation.objects.exists()


def test_only_a_translator_of_the_language_is_kept(tara: Person) -> None:
    document = make_document()
    section = document.published.sections.get(key="why")  # type: ignore[union-attr]
    facts = {"source_hash": section.hash, "markdown": "x", "seen": "", "page": "p", "at": NOW}
    with pytest.raises(Http404):
        services.keep_draft(document, "why", "fr", **facts, by=make_person("Amal"))
    answer = signed_in(make_person("Bela")).post(
        f"/languages/fr/{document.public}/why/", {"do": "keep"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_what_is_sent_do_not_grow(tara: Person, rows: int, django_assert_num_queries: Any) -> None:
    ada = author("Ada")
    document = make_document(*[SectionText(f"p{n}", "More.", title="P") for n in range(rows)], WHY, HOW)
    tab, other = bench(tara, document), desk(ada, document)
    tab.types("Un.")
    other.types("One.", title="How")
    with django_assert_num_queries(18):
        tab.types("Un. Deux.")
    with django_assert_num_queries(18):
        other.types("One. Two.", title="How")


# --- The author ----------------------------------------------------------------------------------------------------


def test_a_wording_is_kept_while_an_author_types() -> None:
    document = make_document()
    tab, entries = desk(author("Ada"), document), Entry.objects.count()
    for words in ("Listen w", "Listen well."):
        assert "Saved at" in tab.types(words, title="How")
    assert SectionDraft.objects.get().markdown == "Listen well."
    assert shown(document)["how"] == "Listen."
    assert Entry.objects.count() == entries
    # The published words again: no draft is left, and typing goes on.
    tab.types("Listen.", title="How")
    assert not SectionDraft.objects.exists()
    assert "Saved at" in tab.types("Listen to her.", title="How")


def test_the_answer_to_an_author_is_the_part_of_the_full_page() -> None:
    tab = desk(author("Ada"), make_document())
    part = tab.types("Listen well.", title="How").strip()
    assert "".join(part.split()) in "".join(tab.client.get(tab.path).content.decode().split())


def test_two_authors_at_once_are_told_and_lose_nothing() -> None:
    document, ada, eva = make_document(), author("Ada"), author("Eva")
    first, second, older = desk(ada, document), desk(eva, document), desk(ada, document)
    first.types("Hers.", title="How")
    assert "Somebody else saved this part" in second.types("Mine.", title="How")
    said = older.types("Old.", title="How")
    assert "in another window" in said
    assert "Hers." in said
    assert SectionDraft.objects.get().markdown == "Hers."
    page = older.presses("stay", "Old.", title="How")
    assert page.status_code == 409
    assert "What you saved in another window" in page.content.decode()


def test_an_author_whose_answer_was_lost_goes_on() -> None:
    tab = desk(author("Ada"), make_document())
    tab.types("One.", title="How", lost=True)
    assert "Saved at" in tab.types("One. Two.", title="How")
    assert tab.presses("stay", "One. Two. Three.", title="How")["Location"] == tab.path


def test_typing_takes_no_proposal_back() -> None:
    document, ada, eva = make_document(), author("Ada"), author("Eva")
    tab = desk(ada, document)
    tab.types("Listen well.", title="How")
    proposal = services.propose_text(document, "Better.", by=ada, at=NOW)
    assert "waits for a second person" in tab.types("Listen to her.", title="How")
    assert SectionDraft.objects.get().markdown == "Listen well."
    services.decide_text(proposal, accept=False, remark="Shorter.", by=eva, at=NOW)
    assert "Saved at" in tab.types("Hear her.", title="How")
    assert TextProposal.objects.get().remark == "Shorter."
    # The button does take it back.
    services.propose_text(document, "Shorter.", by=ada, at=NOW)
    tab.presses("stay", "Hear.", title="How")
    assert not TextProposal.objects.exists()


def test_typing_after_it_was_published_does_not_lie_over_the_new_words() -> None:
    document, ada, eva = make_document(), author("Ada"), author("Eva")
    tab = desk(ada, document)
    tab.types("Listen well.", title="How")
    services.decide_text(services.propose_text(document, "Better.", by=ada, at=NOW), accept=True, by=eva, at=NOW)
    document.refresh_from_db()
    assert "published anew while you wrote" in tab.types("Listen we", title="How")
    assert not SectionDraft.objects.exists()
    page = tab.presses("stay", "Listen we", title="How")
    assert page.status_code == 409
    assert "Listen we</textarea>" in page.content.decode()


def test_a_part_emptied_for_a_moment_is_not_kept() -> None:
    tab = desk(author("Ada"), make_document())
    tab.types("Listen well.", title="How")
    assert "Not saved: Words: This field is required." in tab.types("", title="How")
    assert SectionDraft.objects.get().markdown == "Listen well."
