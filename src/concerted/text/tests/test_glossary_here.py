"""The glossary written here: beside what packs say, at once in every highlight, and nobody's words are lost."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.test import Client
from django.utils import timezone

from concerted.directory.models import Person
from concerted.directory.tests.factories import grant_role, make_person
from concerted.ledger.models import Entry
from concerted.text import services
from concerted.text.models import ContentLanguage, GlossaryEntry, GlossaryWording
from concerted.text.queries import glossary_of
from concerted.text.queries.glossary import GlossaryLine, glossary_lines
from concerted.text.rules import SectionText
from concerted.text.services import GlossaryMoved, GlossaryRefused
from concerted.text.services.glossary import token_of
from concerted.text.tests.test_translating import make_document, make_translator, signed_in
from concerted.text.wording import WordEntry

pytestmark = pytest.mark.django_db
NOW = timezone.now()
BEATEN = WordEntry("fr", ("femme battue", "victime passive"), "femme", "Elle est plus que cela.")
OTHER = WordEntry("fr", ("crime passionnel",), "féminicide", "Ce n'est pas de l'amour.")
BETTER = WordEntry("fr", ("femme battue",), "survivante", "Elle a survécu.", ("survivante",), "survivor")
LOAD = [BEATEN, OTHER]


@pytest.fixture(autouse=True)
def french() -> ContentLanguage:
    services.add_language("en", "English", by=None, at=NOW)
    made = services.add_language("fr", "Français", by=None, at=NOW)
    services.replace_glossary("starter", LOAD)
    return made


@pytest.fixture
def tara() -> Person:
    return make_translator("Tara")


@pytest.fixture
def rena() -> Person:
    return make_translator("Rena")


@pytest.fixture
def ada() -> Person:
    person = make_person("Ada")
    grant_role(person, "author")
    return person


def line_of(phrase: str, code: str = "fr") -> GlossaryLine:
    return next(line for line in glossary_lines(code) if phrase in line.words.avoid)


def write(
    words: WordEntry, by: Person, *, over: GlossaryLine | None = None, key: str = "new"
) -> GlossaryWording | None:
    language = ContentLanguage.objects.get(pk=words.language)
    seen, key = (token_of(over), over.key) if over else ("", key)
    return services.write_entry(language, key, words, seen=seen, by=by, at=NOW)


def take_out(over: GlossaryLine, by: Person) -> GlossaryWording | None:
    language = ContentLanguage.objects.get(pk=over.words.language)
    return services.take_out(language, over.key, seen=token_of(over), by=by, at=NOW)


def typed(client: Client, path: str, **changes: str) -> dict[str, str]:
    """What the form of a page holds, with some of it changed."""
    form = client.get(path).context["form"]
    return {name: str(form[name].value() or "") for name in form.fields} | changes


def test_what_is_written_here_holds_in_the_place_of_the_pack_s(tara: Person) -> None:
    made = write(BETTER, tara, over=line_of("femme battue"))
    assert made is not None
    assert (made.no, made.by, made.at, made.gone) == (1, tara, NOW, False)
    assert glossary_of("fr") == [BETTER, OTHER]
    assert GlossaryEntry.objects.count() == 2, "the pack's own words are as they were"
    assert Entry.objects.filter(verb="glossary entry written", object_id=str(made.pk)).exists()


def test_an_entry_of_our_own_stands_beside_the_packs(ada: Person) -> None:
    own = WordEntry("fr", ("provoqu*",), "il l'a frappée", "Personne ne provoque un crime.")
    write(own, ada)
    assert glossary_of("fr") == [own, BEATEN, OTHER]
    assert glossary_of("en") == []


def test_what_was_taken_out_is_found_nowhere_and_can_come_back(ada: Person) -> None:
    out = take_out(line_of("femme battue"), ada)
    assert out is not None
    assert glossary_of("fr") == [OTHER]
    assert Entry.objects.filter(verb="glossary entry taken out", object_id=str(out.pk)).exists()
    line = line_of("femme battue")
    assert take_out(line, ada) is None, "it is out already"
    write(BEATEN, ada, over=line)
    assert glossary_of("fr") == [BEATEN, OTHER]


@pytest.mark.parametrize(
    "again",
    [
        LOAD,
        [OTHER, BEATEN],
        [OTHER, WordEntry("fr", ("neuf", "femme battue"), "personne", "Autre raison.")],
        [WordEntry("fr", ("autre",), "x", "y"), *LOAD],
    ],
    ids=["the same", "in another order", "reworded", "with more"],
)
def test_a_pack_loaded_again_leaves_it_in_place(again: list[WordEntry], ada: Person) -> None:
    write(BETTER, ada, over=line_of("femme battue"))
    take_out(line_of("crime passionnel"), ada)
    services.replace_glossary("starter", again)
    held = glossary_of("fr")
    assert [entry for entry in held if "femme battue" in entry.avoid] == [BETTER]
    assert [entry for entry in held if "crime passionnel" in entry.avoid] == []


def test_an_entry_that_a_pack_splits_keeps_its_key_once(ada: Person) -> None:
    line = line_of("femme battue")
    one, two = (WordEntry("fr", (phrase,), "femme", "Parce que.") for phrase in BEATEN.avoid)
    services.replace_glossary("starter", [one, two])
    keys = [row.key for row in GlossaryEntry.objects.order_by("place")]
    assert keys[0] == line.key
    assert keys[1] != line.key


def test_what_a_pack_drops_stays_where_it_was_written_here(ada: Person) -> None:
    write(BETTER, ada, over=line_of("femme battue"))
    services.replace_glossary("starter", [OTHER])
    assert glossary_of("fr") == [BETTER, OTHER]


def test_two_at_once_lose_nothing(tara: Person, rena: Person) -> None:
    line = line_of("femme battue")
    write(BETTER, tara, over=line)
    with pytest.raises(GlossaryMoved):
        write(WordEntry("fr", ("femme battue",), "madame", "Plus poli."), rena, over=line)
    with pytest.raises(GlossaryMoved):
        take_out(line, rena)
    assert write(BETTER, rena, over=line) is None, "the same words are no quarrel"
    assert GlossaryWording.objects.count() == 1


def test_a_pack_that_moves_on_while_she_writes_is_told(tara: Person) -> None:
    line = line_of("femme battue")
    services.replace_glossary("starter", [WordEntry("fr", BEATEN.avoid, "personne", "Autre raison."), OTHER])
    with pytest.raises(GlossaryMoved):
        write(BETTER, tara, over=line)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (WordEntry("fr", ("Crime passionnel",), "x", "y"), "“Crime passionnel” stands already with “féminicide”"),
        (WordEntry("fr", (), "x", "y"), "Write a word to avoid, or a term"),
        (WordEntry("fr", ("*",), "x", "y"), "“*” cannot be found"),
        (WordEntry("fr", (), "x", "y", ("a*b",)), "“a*b” cannot be found"),
    ],
)
def test_what_cannot_stand_is_refused(words: WordEntry, said: str, ada: Person) -> None:
    with pytest.raises(GlossaryRefused, match=said.replace("*", r"\*")):
        write(words, ada)
    assert not GlossaryWording.objects.exists()


def test_what_two_packs_say_twice_can_still_be_changed(ada: Person) -> None:
    services.replace_glossary("second", [WordEntry("fr", ("femme battue",), "elle", "Parce que.")])
    write(BETTER, ada, over=next(line for line in glossary_lines("fr") if line.words == BEATEN))
    assert glossary_of("fr")[0] == BETTER


def test_nothing_written_is_ever_changed(tara: Person, french: ContentLanguage) -> None:
    made = write(BETTER, tara, over=line_of("femme battue"))
    assert made is not None
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        GlossaryWording.objects.filter(pk=made.pk).update(prefer="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        GlossaryWording.objects.create(language=french, key=made.key, no=1, prefer="x", why="y", by=tara, at=NOW)


def test_who_may_write(tara: Person, ada: Person) -> None:
    english = WordEntry("en", ("confess*",), "said", "It sounds like guilt.")
    with pytest.raises(Http404):
        write(english, tara)
    write(english, ada)
    amal = make_person("Amal")
    for by in (amal, tara):
        with pytest.raises(Http404):
            take_out(line_of("confess*", "en"), by)
    client, key = signed_in(amal), line_of("femme battue").key
    page = client.get("/languages/fr/words/").content.decode()
    assert "femme battue" in page
    assert "/words/add/" not in page
    assert client.get("/languages/fr/words/add/").status_code == 404
    assert client.get(f"/languages/fr/words/{key}/").status_code == 404
    assert signed_in(tara).get("/languages/en/words/add/").status_code == 404
    assert signed_in(tara).get("/languages/fr/words/nowhere/").status_code == 404


def test_a_new_word_shows_at_once_where_others_write_and_translate(ada: Person, tara: Person) -> None:
    document = make_document(SectionText("why", "After disclosure he explains.", title="Why"))
    bench, author = f"/languages/fr/{document.public}/why/", signed_in(ada)
    assert "<mark>explains</mark>" not in author.get(f"/texts/{document.public}/part/why/").content.decode()
    for code, avoid, prefer, term in (
        ("en", "explain*", "says", "disclosure"),
        ("fr", "expliqu*", "dit", "révélation"),
    ):
        path = f"/languages/{code}/words/add/"
        sent = typed(author, path, avoid=avoid, prefer=prefer, why="Plain.", terms=term, idea="disclosure")
        assert author.post(path, sent)["Location"] == f"/languages/{code}/words/"
        author.post(path, sent)  # pressed twice
    assert GlossaryWording.objects.count() == 2
    assert "<mark>explains</mark>" in author.get(f"/texts/{document.public}/part/why/").content.decode()
    assert "révélation" in signed_in(tara).get(bench).content.decode(), "what her language says for the term"
    shown = signed_in(tara).get(bench).context["hints"]
    assert [(hint.words, hint.prefer) for hint in shown] == [("disclosure", "révélation")]
    typing = {"do": "keep", "title": "Pourquoi", "markdown": "Il explique.", "source_hash": "x"}
    sent = typed(signed_in(tara), bench) | typing | {"source_hash": typed(signed_in(tara), bench)["source_hash"]}
    answer = signed_in(tara).post(bench, sent, headers={"HX-Request": "true"}).content.decode()
    assert "<mark>explique</mark>: dit. " in answer


def test_the_second_is_told_and_keeps_her_words(tara: Person, rena: Person) -> None:
    first, second = signed_in(tara), signed_in(rena)
    path = f"/languages/fr/words/{line_of('femme battue').key}/"
    hers = typed(second, path, prefer="madame")
    first.post(path, typed(first, path, prefer="survivante"))
    answer = second.post(path, hers)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else changed this entry while you wrote" in page
    assert 'value="madame"' in page
    assert page.index("As it is now") < page.index("<h3>survivante</h3>") < page.index('value="madame"')
    assert "Tara" in page
    again = {name: str(answer.context["form"][name].value() or "") for name in hers}
    assert second.post(path, again).status_code == 302
    assert line_of("femme battue").words.prefer == "madame"


def test_the_page_takes_out_and_brings_back(ada: Person) -> None:
    client, path = signed_in(ada), f"/languages/fr/words/{line_of('femme battue').key}/"
    page = client.post(path, typed(client, path, do="out"), follow=True).content.decode()
    assert page.index("Taken out</h2>") < page.index("femme battue")
    assert "It was taken out. Save it to have it back." in client.get(path).content.decode()
    page = client.post(path, typed(client, path, do="save"), follow=True).content.decode()
    assert "Taken out</h2>" not in page
    assert line_of("femme battue").no == 2


def test_the_faults_of_the_form_keep_what_was_typed(ada: Person) -> None:
    client, path = signed_in(ada), "/languages/fr/words/add/"
    answer = client.post(path, typed(client, path, prefer="dit", why="Parce que."))
    assert answer.status_code == 409
    assert 'value="dit"' in answer.content.decode()
    assert "else this entry is found nowhere" in answer.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(rows: int, ada: Person, django_assert_num_queries: Any) -> None:
    for n in range(rows):
        write(WordEntry("fr", (f"mot{n}",), "dire", "Parce que."), ada, key=f"own-{n}")
        take_out(line_of(f"mot{n}"), ada)
    for n in range(rows):
        write(WordEntry("fr", (f"mot{n}",), f"dire {n}", "Parce que."), ada, over=line_of(f"mot{n}"))
    client = signed_in(ada)
    for path, number in (
        ("/languages/fr/words/", 6),
        ("/languages/fr/words/add/", 4),
        ("/languages/fr/words/own-0/", 7),
    ):
        client.get(path)
        with django_assert_num_queries(number, info=path):
            assert client.get(path).status_code == 200
