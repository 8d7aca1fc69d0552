"""A translation memory comes in as offers: beside the box of whoever translates the same words, and nowhere else."""

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import transaction
from django.http import Http404
from django.utils import timezone

from concerted.directory.models import Person
from concerted.ledger.models import Entry
from concerted.text import queries, services
from concerted.text.exchange.segments import ExchangeRefused
from concerted.text.models import ContentLanguage, Document, Offer, Translation
from concerted.text.queries.memory import memories_in
from concerted.text.rules import SectionText
from concerted.text.services.exchange import export_language, import_file
from concerted.text.services.memory import MemoryTaken, drop_memory
from concerted.text.tests.test_translating import (
    HOW,
    TITLE,
    counts,
    draft,
    make_document,
    make_translator,
    shown,
    signed_in,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now()
WHY = SectionText("why", "Ask **her** first: {svc.helpline}\n\nThen [write](http://a.b) it.", title="Why ask")
POURQUOI = {
    "title": "Pourquoi",
    "markdown": "{svc.helpline} : demandez-**lui** d’abord\n\nPuis [écrivez](http://a.b).",
}


@pytest.fixture(autouse=True)
def french() -> ContentLanguage:
    return services.add_language("fr", "Français", by=None, at=NOW)


@pytest.fixture
def tara() -> Person:
    return make_translator("Tara")


def memory(*pairs: tuple[str, str], language: str = "fr", source: str = "en") -> bytes:
    """A TMX file as another tool writes it; words are XML already."""
    units = "".join(
        f'<tu><tuv xml:lang="{source}"><seg>{was}</seg></tuv><tuv xml:lang="{language}"><seg>{now}</seg></tuv></tu>'
        for was, now in pairs
    )
    head = f'<header srclang="{source}" segtype="sentence"/>'
    return f'<?xml version="1.0"?><tmx version="1.4">{head}<body>{units}</body></tmx>'.encode()


def take(content: bytes, by: Person | None = None, **changes: Any) -> MemoryTaken:
    done = import_file(content, by=by, at=NOW, **changes)
    assert isinstance(done, MemoryTaken)
    return done


def reasons(done: MemoryTaken) -> list[tuple[str, str]]:
    return [(one.unit, one.code) for one in done.left_out]


def offered(document: Document, key: str = "why") -> list[tuple[str, tuple[str, ...]]]:
    row = next(row for row in queries.rows_of(document, "fr") if row.section.key == key)
    return [(one.source, one.offers) for one in queries.remembered(row, document, "fr")]


def elsewhere(by: Person) -> bytes:
    """The memory of a response that has translated `WHY`; nothing of that response is left here."""
    with transaction.atomic():
        document = make_document(TITLE, WHY, HOW, key="elsewhere")
        services.review(draft(document, by=by, **POURQUOI), accept=True, by=make_translator("Rena"), at=NOW)
        content = export_language("fr", "tmx")
        transaction.set_rollback(True)
    return content


def test_what_one_response_translated_is_offered_in_another(tara: Person) -> None:
    content = elsewhere(tara)
    document = make_document(TITLE, SectionText("other-key", WHY.markdown, title=WHY.title), HOW)
    done = take(content, tara)
    assert (done.offered, done.unchanged, done.left_out) == (3, 0, ())
    assert offered(document, "other-key") == [
        ("Why ask", ("Pourquoi",)),
        ("Ask **her** first: {svc.helpline}", ("{svc.helpline} : demandez-**lui** d’abord",)),
        ("Then [write](http://a.b) it.", ("Puis [écrivez](http://a.b).",)),
    ]
    assert offered(document, "how") == []
    page = signed_in(tara).get(f"/languages/fr/{document.public}/other-key/").content.decode()
    assert "A memory has these words" in page
    assert "demandez-<strong>lui</strong> d’abord" in page


def test_nothing_of_a_memory_is_applied(tara: Person) -> None:
    content = elsewhere(tara)
    document = make_document(TITLE, WHY, HOW)
    before = counts(document)
    take(content, tara)
    assert counts(document) == before == {"missing": 3, "outdated": 0, "draft": 0, "reviewed": 0, "waiting": 0}
    assert shown(document)["why"] == WHY.markdown
    assert not Translation.objects.exists()


def test_the_same_memory_again_adds_nothing(tara: Person) -> None:
    content = elsewhere(tara)
    make_document(TITLE, WHY, HOW)
    take(content, tara)
    entries = Entry.objects.filter(verb="memory taken in").count()
    done = take(content, tara)
    assert (done.offered, done.unchanged) == (0, 3)
    assert (Offer.objects.count(), Entry.objects.filter(verb="memory taken in").count(), entries) == (3, 1, 1)


def test_a_dry_run_says_the_same_and_stores_nothing(tara: Person) -> None:
    content = elsewhere(tara)
    make_document(TITLE, WHY, HOW)
    assert take(content, tara, dry_run=True) == MemoryTaken(3, 0, ())
    assert not Offer.objects.exists()


def test_each_pair_left_out_says_why(tara: Person) -> None:
    make_document(TITLE, WHY, HOW)
    services.add_language("sw", "Kiswahili", by=None, at=NOW)
    slot = "<ph>{svc.helpline}</ph>"
    done = take(
        memory(
            ("No such words.", "Rien."),
            (f"Ask her first: {slot}", "Demandez d’abord"),
            (f"Ask her first: {slot}", f'<bpt i="1">**</bpt>D<ept i="1">**</ept> {slot} {slot}'),
            ("Listen.", "Listen."),
            ("Listen.", "É\x80coutez."),
            ("How", "Comment"),
        ),
        tara,
    )
    assert done.offered == 1
    assert reasons(done) == [
        ("tu 5", "character"),
        ("tu 2 (fr)", "missing"),
        ("tu 3 (fr)", "doubled"),
        ("tu 4 (fr)", "untranslated"),
        ("tu 1 (fr)", "elsewhere"),
    ]
    assert reasons(take(memory(("How", "Jinsi"), language="sw"), tara)) == [("tu 1 (sw)", "not-hers")]
    assert reasons(take(memory(("How", "Wie"), language="de"), tara)) == [("tu 1 (de)", "closed")]
    assert reasons(take(memory(("How", "Comment"), source="es"), tara)) == [("tu 1 (fr)", "elsewhere")]
    assert all(one.reason for one in done.left_out)
    assert take(memory(("How", "Jinsi"), language="sw")).offered == 1


def test_memories_of_other_tools_fit_by_their_plain_words(tara: Person) -> None:
    document = make_document(TITLE, SectionText("why", "Ask *her*\nfirst.", title="Why"), HOW)
    done = take(
        memory(
            ('Ask <bpt i="1">&lt;i&gt;</bpt>her<ept i="1">&lt;/i&gt;</ept> first.', "Demandez-*lui* d’abord."),
            ("Why", "Pourquoi"),
            language="FR-CA",
            source="EN-US",
        ),
        tara,
    )
    assert (done.offered, done.left_out) == (2, ())
    assert offered(document) == [("Why", ("Pourquoi",)), ("Ask *her*\nfirst.", ("Demandez-*lui* d’abord.",))]
    utf16 = memory(("Why", "Pourquoi donc")).decode().replace('"1.0"', '"1.0" encoding="UTF-16"').encode("utf-16")
    assert take(utf16, tara).offered == 1


def test_offers_stop_at_three_and_leave_out_what_stands_there(tara: Person) -> None:
    document = make_document(TITLE, WHY, HOW)
    take(memory(*(("How", f"Comment {n}") for n in range(5))), tara)
    assert offered(document, "how") == [("How", ("Comment 4", "Comment 3", "Comment 2"))]
    draft(document, "how", by=tara, title="Comment 4", markdown="Écoutez.")
    assert offered(document, "how") == [("How", ("Comment 3", "Comment 2", "Comment 1"))]


def test_an_offer_that_does_not_fit_the_marks_of_today_is_not_shown(tara: Person) -> None:
    document = make_document(TITLE, SectionText("why", "Ask first"), HOW)
    take(memory(("Ask first", "Demandez d’abord")), tara)
    assert offered(document) == [("Ask first", ("Demandez d’abord",))]
    document = make_document(TITLE, SectionText("why", "Ask first {svc.helpline}"), HOW)
    assert offered(document) == []


def test_a_memory_without_its_source_language_is_refused(tara: Person) -> None:
    make_document(TITLE, WHY, HOW)
    content = memory(("How", "Comment")).decode()
    for bad in (content.replace('<header srclang="en" segtype="sentence"/>', ""), content.replace('srclang="en"', "")):
        with pytest.raises(ExchangeRefused, match="which language it is translated from"):
            take(bad.encode(), tara)
    assert not Offer.objects.exists()


def test_the_page_takes_a_memory_and_says_what_became_of_it(tara: Person) -> None:
    make_document(TITLE, WHY, HOW)
    client = signed_in(tara)

    def send(*pairs: tuple[str, str]) -> str:
        file = SimpleUploadedFile("x.tmx", memory(*pairs))
        return client.post("/languages/fr/file/", {"file": file}, follow=True).content.decode()

    assert "1 pairs of the memory are offered to translators now; 0 were offered before." in send(("How", "Comment"))
    page = send(("How", "Comment"), ("Other", escape("<b>Autre</b>")))
    assert "0 pairs of the memory are offered to translators now; 1 were offered before." in page
    assert "<bdi>tu 2 (fr)</bdi>: No text here has these source words." in page


def test_the_command_takes_a_memory(tmp_path: Path) -> None:
    make_document(TITLE, WHY, HOW)
    file = tmp_path / "x.tmx"
    file.write_bytes(memory(("How", "Comment"), ("Other", "Autre")))
    said = StringIO()
    call_command("xliff", "import", str(file), "--dry-run", stdout=said)
    assert said.getvalue() == (
        "1 offered, 0 were before, 1 left out.\ntu 2 (fr): No text here has these source words.\n"
    )
    said = StringIO()
    call_command("xliff", "import", str(file), "--format", "json", stdout=said)
    assert json.loads(said.getvalue())["offered"] == 1


@pytest.mark.parametrize("pairs", [1, 30])
def test_queries_do_not_grow_with_pairs(tara: Person, pairs: int, django_assert_num_queries: Any) -> None:
    make_document(TITLE, *(SectionText(f"s{n}", f"Words {n}.") for n in range(pairs)))
    content = memory(*((f"Words {n}.", f"Mots {n}.") for n in range(pairs)))
    with django_assert_num_queries(9):
        take(content, tara)


def test_a_memory_can_be_taken_away(tara: Person, french: ContentLanguage) -> None:
    document = make_document(TITLE, WHY, HOW)
    services.add_language("sw", "Kiswahili", by=None, at=NOW)
    take(memory(("How", "Comment")), tara)
    later = NOW + timedelta(microseconds=1)
    import_file(memory(("How", "Comment donc"), ("Why ask", "Pourquoi")), by=tara, at=later)
    import_file(memory(("How", "Jinsi"), language="sw"), by=None, at=later)
    draft(document, by=tara, **POURQUOI)
    assert [(one.at, one.pairs) for one in memories_in("fr")] == [(later, 2), (NOW, 1)]
    assert drop_memory(french, later, by=tara, at=NOW) == 2
    assert offered(document, "how") == [("How", ("Comment",))]
    assert [(one.at, one.pairs) for one in memories_in("sw")] == [(later, 1)]
    assert Translation.objects.count() == 1
    entry = Entry.objects.get(verb="memory taken away")
    assert (entry.object_kind, entry.object_id, entry.by_id) == ("language", "fr", tara.pk)
    assert drop_memory(french, later, by=tara, at=NOW) == 0
    assert Entry.objects.filter(verb="memory taken away").count() == 1


def test_only_who_translates_into_a_language_takes_its_memories_away(tara: Person, french: ContentLanguage) -> None:
    make_document(TITLE, WHY, HOW)
    take(memory(("How", "Comment")), tara)
    services.add_language("sw", "Kiswahili", by=None, at=NOW)
    other = make_translator("Sofia", "sw")
    with pytest.raises(Http404):
        drop_memory(french, NOW, by=other, at=NOW)
    words = {"memory": memories_in("fr")[0].mark}
    assert signed_in(other).post("/languages/fr/memory/remove/", words).status_code == 404
    assert Offer.objects.count() == 1


def test_the_page_lists_memories_and_takes_one_away(tara: Person) -> None:
    document = make_document(TITLE, WHY, HOW)
    client = signed_in(tara)
    assert "Memories" not in client.get("/languages/fr/file/").content.decode()
    take(memory(("How", "Comment"), ("Why ask", "Pourquoi")), tara)
    mark = memories_in("fr")[0].mark
    page = client.get("/languages/fr/file/").content.decode()
    assert "2 pairs offered" in page
    assert f'value="{mark}"' in page
    for bad in ("", "soon", "2026-13-45T00:00:00+00:00", "2026-01-01T00:00:00"):
        page = client.post("/languages/fr/memory/remove/", {"memory": bad}, follow=True).content.decode()
        assert "0 pairs are offered no longer." in page
    assert client.get("/languages/fr/memory/remove/").status_code == 302
    page = client.post("/languages/fr/memory/remove/", {"memory": mark}, follow=True).content.decode()
    assert "2 pairs are offered no longer." in page
    assert offered(document, "how") == []


@pytest.mark.parametrize("memories", [1, 3])
def test_queries_of_the_page_do_not_grow_with_memories(
    tara: Person, memories: int, django_assert_num_queries: Any
) -> None:
    make_document(TITLE, WHY, HOW)
    for n in range(memories):
        import_file(memory(("How", f"Comment {n}")), by=tara, at=NOW + timedelta(seconds=n))
    client = signed_in(tara)
    client.get("/languages/fr/file/")
    with django_assert_num_queries(6):
        client.get("/languages/fr/file/")
