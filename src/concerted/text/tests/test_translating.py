"""From a draft to what readers see: two people, one wording, nothing shown that was made for another."""

import re
from typing import Any

import pytest
from django.http import Http404
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concerted.directory.models import Person
from concerted.directory.tests.factories import grant_role, make_person
from concerted.text import queries, services
from concerted.text.models import ContentLanguage, Document, Section, Translation, TranslationCount, Translator
from concerted.text.rules import SectionText, state_in
from concerted.text.services import Moved, TranslationRefused
from concerted.text.wording import WordEntry

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TITLE = SectionText("title", "A safe plan", kind="title")
WHY = SectionText("why", "Ask first: {svc.helpline}", title="Why ask")
HOW = SectionText("how", "Listen.", title="How")


def make_document(*sections: SectionText, key: str = "one") -> Document:
    document, _made = Document.objects.get_or_create(room="training", key=key)
    services.publish_version(document, sections or (TITLE, WHY, HOW), by=None, at=NOW)
    document.refresh_from_db()
    return document


def make_translator(name: str, code: str = "fr") -> Person:
    person = make_person(name)
    grant_role(person, "translator")
    Translator.objects.create(person=person, language_id=code)
    return person


@pytest.fixture(autouse=True)
def french() -> ContentLanguage:
    return services.add_language("fr", "Français", by=None, at=NOW)


@pytest.fixture
def tara() -> Person:
    return make_translator("Tara")


@pytest.fixture
def rena() -> Person:
    return make_translator("Rena")


def draft(document: Document, key: str = "why", *, by: Person, **changes: Any) -> Translation:
    section = Section.objects.get(version=document.published, key=key)
    last = (
        Translation.objects.filter(document=document, key=key, source_hash=section.hash).order_by("-revision").first()
    )
    facts = {
        "source_hash": section.hash,
        "title": "Pourquoi" if section.title else "",
        "markdown": "Demandez d’abord : {svc.helpline}",
        "ready": True,
        "seen": services.seen_of(last),
    }
    return services.write_draft(document, key, "fr", **(facts | changes), by=by, at=NOW)


def counts(document: Document) -> dict[str, int]:
    row = TranslationCount.objects.get(document=document, language="fr")
    return {name: getattr(row, name) for name in ("missing", "outdated", "draft", "reviewed", "waiting")}


def shown(document: Document) -> dict[str, str]:
    assert document.published_id
    sections = queries.read_sections([document.published_id], "fr")[document.published_id]
    return {section.key: section.markdown for section in sections}


def test_readers_see_it_once_a_second_person_let_it_through(tara: Person, rena: Person) -> None:
    document = make_document()
    assert counts(document) == {"missing": 3, "outdated": 0, "draft": 0, "reviewed": 0, "waiting": 0}
    written = draft(document, by=tara)
    assert counts(document) == {"missing": 2, "outdated": 0, "draft": 1, "reviewed": 0, "waiting": 1}
    assert shown(document)["why"].startswith("Ask")
    services.review(written, accept=True, by=rena, at=NOW)
    assert shown(document)["why"].startswith("Demandez")
    assert counts(document) == {"missing": 2, "outdated": 0, "draft": 0, "reviewed": 1, "waiting": 0}


def test_nobody_reviews_her_own(tara: Person) -> None:
    written = draft(make_document(), by=tara)
    with pytest.raises(TranslationRefused, match="second person"):
        services.review(written, accept=True, by=tara, at=NOW)
    written.refresh_from_db()
    assert written.state == "draft"


def test_given_back_it_says_what_to_change(tara: Person, rena: Person) -> None:
    document = make_document()
    written = draft(document, by=tara)
    with pytest.raises(TranslationRefused, match="few words"):
        services.review(written, accept=False, remark=" ", by=rena, at=NOW)
    back = services.review(written, accept=False, remark="Say « vous ».", by=rena, at=NOW)
    assert (back.state, back.ready, back.remark) == ("draft", False, "Say « vous ».")
    assert draft(document, by=tara).remark == ""


def test_only_her_own_languages(tara: Person) -> None:
    document = make_document()
    services.add_language("sw", "Kiswahili", by=None, at=NOW)
    why = Section.objects.get(version=document.published, key="why")
    with pytest.raises(Http404):
        services.write_draft(
            document, "why", "sw", source_hash=why.hash, markdown="x", ready=False, seen="", by=tara, at=NOW
        )


def test_unchanged_parts_carry_over_and_changed_ones_fall_behind(tara: Person, rena: Person) -> None:
    document = make_document()
    for key, words in (("title", "Un plan sûr"), ("why", "Demandez : {svc.helpline}"), ("how", "Écoutez.")):
        services.review(draft(document, key, markdown=words, by=tara), accept=True, by=rena, at=NOW)
    document = make_document(TITLE, WHY, SectionText("how", "Listen well.", title="How"), SectionText("new", "More."))
    assert counts(document) == {"missing": 1, "outdated": 1, "draft": 0, "reviewed": 2, "waiting": 0}
    assert shown(document) == {
        "title": "Un plan sûr",
        "why": "Demandez : {svc.helpline}",
        "how": "Listen well.",
        "new": "More.",
    }


def test_a_draft_made_for_the_wording_before_is_not_stored(tara: Person) -> None:
    document = make_document()
    before = Section.objects.get(version=document.published, key="how").hash
    document = make_document(TITLE, WHY, SectionText("how", "Listen well.", title="How"))
    with pytest.raises(Moved, match="source has changed"):
        draft(document, "how", source_hash=before, by=tara)
    assert not Translation.objects.exists()


def test_two_at_once_lose_nothing(tara: Person, rena: Person) -> None:
    document = make_document()
    draft(document, by=tara)
    with pytest.raises(Moved, match="Somebody else"):
        draft(document, markdown="Autre {svc.helpline}", seen="", by=rena)
    assert Translation.objects.get().markdown.startswith("Demandez")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [({"markdown": ""}, "still empty"), ({"title": ""}, "still empty"), ({"markdown": "Demandez."}, "svc.helpline")],
)
def test_an_unfinished_draft_is_kept_but_not_handed_on(tara: Person, changes: dict[str, str], reason: str) -> None:
    document = make_document()
    with pytest.raises(TranslationRefused, match=reason):
        draft(document, by=tara, **changes)
    assert draft(document, by=tara, ready=False, **changes).ready is False


def test_a_reviewed_revision_stays_while_a_new_draft_is_written(tara: Person, rena: Person) -> None:
    document = make_document()
    services.review(draft(document, by=tara), accept=True, by=rena, at=NOW)
    again = draft(document, markdown="Mieux : {svc.helpline}", by=tara)
    assert again.revision == 2
    assert shown(document)["why"].startswith("Demandez")
    assert counts(document)["reviewed"] == 1


def test_the_same_words_elsewhere_are_offered_never_applied(tara: Person, rena: Person) -> None:
    one, other = make_document(), make_document(TITLE, HOW, WHY, key="two")
    services.review(draft(one, by=tara), accept=True, by=rena, at=NOW)
    row = next(row for row in queries.rows_of(other, "fr") if row.section.key == "why")
    assert [offer.markdown for offer in queries.offers(row, other, "fr")] == ["Demandez d’abord : {svc.helpline}"]
    assert shown(other)["why"].startswith("Ask")
    assert row.state == "missing"


def test_tested_with_readers(tara: Person, rena: Person) -> None:
    document = make_document()
    services.review(draft(document, by=tara), accept=True, by=rena, at=NOW)
    assert services.mark_tested(document, "fr", by=rena, at=NOW) == 1
    assert TranslationCount.objects.get(document=document).tested == 1
    assert shown(document)["why"].startswith("Demandez")


_MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("publish"), st.sampled_from(["One.", "Two.", "Three."])),
        st.tuples(st.just("draft"), st.sampled_from(["Un.", "Deux.", "Trois."])),
        st.tuples(st.just("review"), st.booleans()),
    ),
    max_size=12,
)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(moves=_MOVES)
def test_no_reader_ever_sees_a_translation_made_for_another_wording(moves: list[tuple[str, Any]]) -> None:
    """Any order of publishing, drafting and reviewing: what is shown was reviewed for the wording that is published."""
    tara, rena = make_translator("Tara"), make_translator("Rena")
    key = f"text-{Document.objects.count()}"
    document = make_document(SectionText("a", "One."), key=key)
    made_for: dict[str, set[str]] = {}
    for kind, value in moves:
        section = Section.objects.get(version=document.published, key="a")
        last = Translation.objects.filter(document=document, source_hash=section.hash).order_by("-revision").first()
        if kind == "publish":
            document = make_document(SectionText("a", value), key=key)
        elif kind == "draft":
            draft(document, "a", markdown=value, by=tara)
        elif last and last.ready:
            services.review(last, accept=value, remark="Mend it.", by=rena, at=NOW)
            if value:
                made_for.setdefault(section.markdown, set()).add(last.markdown)
        source = Section.objects.get(version=document.published, key="a").markdown
        assert shown(document)["a"] in made_for.get(source, set()) | {source}
        row = TranslationCount.objects.get(document=document, language="fr")
        states = [(one.source_hash, one.state) for one in Translation.objects.filter(document=document).order_by("pk")]
        assert getattr(row, state_in(Section.objects.get(version=document.published, key="a").hash, states)) == 1


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_the_way_of_a_translator_and_a_second_person(tara: Person, rena: Person) -> None:
    document = make_document(TITLE, WHY, SectionText("q1.a", "Listen."))
    path = f"/languages/fr/{document.public}/"
    client, second = signed_in(tara), signed_in(rena)
    assert "3 missing" in client.get("/languages/fr/").content.decode()
    assert f"{path}title/" in client.get(path).content.decode()
    page = client.get(f"{path}why/")
    assert b"Ask first" in page.content
    said = {"source_hash": page.context["form"].initial["source_hash"], "seen": "", "title": "Pourquoi"}
    answer = client.post(f"{path}why/", said | {"markdown": "Demandez {svc.helpline}", "ready": ""})
    assert answer["Location"] == f"{path}q1.a/?on"
    assert client.get(f"{path}q1.a/").status_code == 200
    assert "to review" in second.get("/languages/").content.decode()
    assert "second person" in second.get(path).content.decode()
    assert b"Let readers see it" in second.get(f"{path}why/").content
    assert b"Let readers see it" not in client.get(f"{path}why/").content
    second.post(f"{path}why/review/", {"do": "accept"})
    assert shown(document)["why"] == "Demandez {svc.helpline}"
    assert "1 of 3" in second.get("/languages/").content.decode()


def test_what_moved_on_is_shown_with_its_difference(tara: Person, rena: Person) -> None:
    document = make_document()
    services.review(draft(document, "how", markdown="Écoutez.", by=tara), accept=True, by=rena, at=NOW)
    document = make_document(TITLE, WHY, SectionText("how", "Listen well.", title="How"))
    page = signed_in(tara).get(f"/languages/fr/{document.public}/how/").content.decode()
    assert "<del>Listen.</del><ins>Listen well.</ins>" in page
    assert "Écoutez." in page


def test_a_difference_keeps_its_lines(tara: Person, rena: Person) -> None:
    document = make_document()
    services.review(draft(document, "how", markdown="Écoutez.", by=tara), accept=True, by=rena, at=NOW)
    document = make_document(TITLE, WHY, SectionText("how", "Listen.\n\n- One & <b>\n- Two", title="How"))
    page = signed_in(tara).get(f"/languages/fr/{document.public}/how/").content.decode()
    assert "Listen.<ins><br><br>- One &amp; &lt;b&gt;<br>- Two</ins>" in page


def test_words_are_kept_when_the_source_moves_while_she_writes(tara: Person) -> None:
    document = make_document()
    client, path = signed_in(tara), f"/languages/fr/{document.public}/how/"
    before = client.get(path).context["form"].initial["source_hash"]
    make_document(TITLE, WHY, SectionText("how", "Listen well.", title="How"))
    said = {"source_hash": before, "seen": "", "title": "Comment", "markdown": "Écoutez.", "ready": ""}
    answer = client.post(path, said)
    assert answer.status_code == 409
    assert "The source has changed while you wrote" in answer.content.decode()
    assert "Écoutez.</textarea>" in answer.content.decode()
    assert not Translation.objects.exists()


def test_strangers_have_no_workbench(tara: Person) -> None:
    document = make_document()
    for stranger in (make_person("Amal"), make_translator_of_spanish()):
        client = signed_in(stranger)
        assert client.get(f"/languages/fr/{document.public}/").status_code == 200
        assert client.get(f"/languages/fr/{document.public}/why/").status_code == 404
        assert client.post(f"/languages/fr/{document.public}/why/review/", {"do": "accept"}).status_code == 404


def test_a_long_text_has_ways_into_it(tara: Person) -> None:
    short = f"/languages/fr/{make_document().public}/"
    client = signed_in(tara)
    assert "Go to a part" not in client.get(short).content.decode()
    parts = [SectionText(f"part-{n}", f"Words {n}.", title=f"Heading {n}" if n == 7 else "") for n in range(50)]
    held = make_document(TITLE, *parts, key="long")
    for key in ("title", "part-0"):
        draft(held, key, by=tara)
    held = make_document(TITLE, SectionText("part-0", "Other words."), *parts[1:], key="long")
    page = client.get(f"/languages/fr/{held.public}/").content.decode()
    ways = page[page.index("Go to a part") : page.index("</nav>", page.index("Go to a part"))]
    assert re.findall(r'href="#([^"]+)"', ways) == ["part-1", "part-0", "part-7"]
    assert "Heading 7" in ways


def test_large_numbers_have_their_thousands(tara: Person) -> None:
    held = make_document()
    TranslationCount.objects.filter(document=held, language="fr").update(missing=3408)
    client = signed_in(tara)
    for path in ("/languages/", "/languages/fr/"):
        assert "3,408 missing" in client.get(path).content.decode()


def make_translator_of_spanish() -> Person:
    services.add_language("es", "Español", by=None, at=NOW)
    return make_translator("Ines", "es")


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(tara: Person, rows: int, django_assert_num_queries: Any) -> None:
    document = make_document()
    for n in range(rows):
        make_document(TITLE, WHY, SectionText(f"more-{n}", "More."), key=f"more-{n}")
        draft(document, by=tara, ready=True)
        make_translator(f"Another {n}")
    client = signed_in(tara)
    for path, number in (
        ("/languages/", 6),
        ("/languages/fr/", 7),
        (f"/languages/fr/{document.public}/", 10),
        (f"/languages/fr/{document.public}/preview/", 9),
        (f"/languages/fr/{document.public}/why/", 14),
    ):
        client.get(path)
        with django_assert_num_queries(number, info=path):
            assert client.get(path).status_code == 200


def test_a_coordinator_opens_a_language_and_enters_a_translator() -> None:
    nora, tess = make_person("Nora"), make_person("Tess")
    grant_role(nora, "national_coordinator")
    client = signed_in(nora)
    document = make_document()
    bad = client.post("/languages/add/", {"code": "Swahili!", "name": "Kiswahili"}).content.decode()
    assert "two or three letters" in bad
    assert client.post("/languages/add/", {"code": "sw", "name": "Kiswahili"})["Location"] == "/languages/sw/people/"
    assert TranslationCount.objects.get(document=document, language="sw").missing == 3
    assert "Nobody else holds the role" in client.get("/languages/sw/people/").content.decode()
    grant_role(tess, "translator")
    client.post("/languages/sw/people/", {"person": str(tess.public)})
    assert Translator.objects.get(language="sw").person == tess


def test_words_to_avoid_are_shown_while_translating(tara: Person) -> None:
    document = make_document()
    entry = WordEntry("fr", ("femme battue",), "femme victime de violences", "Elle n'est pas ce qu'on lui a fait.")
    assert services.replace_glossary("starter", [entry])
    assert not services.replace_glossary("starter", [entry])
    draft(document, markdown="Une femme battue {svc.helpline}", ready=False, by=tara)
    page = signed_in(tara).get(f"/languages/fr/{document.public}/why/").content.decode()
    assert "<mark>femme battue</mark>: femme victime de violences" in page
    assert "femme battue" in signed_in(tara).get("/languages/fr/words/").content.decode()


def test_the_queue_turns_its_pages_and_narrows(tara: Person, rena: Person) -> None:
    for n in range(27):
        make_document(SectionText("title", f"Text {n}", kind="title"), key=f"text-{n:02}")
    done = Document.objects.get(key="text-03")
    services.review(draft(done, "title", markdown="Texte trois", title="", by=tara), accept=True, by=rena, at=NOW)
    client = signed_in(tara)
    first, second = (client.get(f"/languages/fr/?page={n}").content.decode() for n in (1, 2))
    assert "1 to 25 of 27" in first
    assert "26 to 27 of 27" in second
    # What is done stands last, and under its own title.
    assert "Texte trois" in second
    assert "Texte trois" not in client.get("/languages/fr/?only=missing&page=2").content.decode()
    assert "1 to 25 of 26" in client.get("/languages/fr/?only=missing").content.decode()
    assert "Nothing here." in client.get("/languages/fr/?only=review").content.decode()
