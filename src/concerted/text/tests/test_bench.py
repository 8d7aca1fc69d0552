"""Part after part at the workbench: what a part is, what it belongs to, what moved in its source, where to go on."""

import re
from typing import Any

import pytest
from django.utils import timezone

from concerted.directory.models import Person
from concerted.text import queries, services
from concerted.text.kinds import name_of
from concerted.text.models import Document
from concerted.text.rules import SectionText
from concerted.text.tests.test_translating import (
    HOW,
    TITLE,
    WHY,
    draft,
    french,
    make_document,
    make_translator,
    rena,
    signed_in,
    tara,
)

__all__ = ["french", "rena", "tara"]
pytestmark = pytest.mark.django_db
NOW = timezone.now()
ASKED = (
    SectionText("q1", "She looks at the door.", kind="question", title="Question 1"),
    SectionText("q1.a", "Ask her.", kind="option"),
    SectionText("q1.a.why", "She decides.", kind="feedback"),
    SectionText("q10", "Another.", kind="question", title="Question 10"),
)


def page_of_part(who: Person, document: Document, key: str, more: str = "") -> str:
    answer = signed_in(who).get(f"/languages/fr/{document.public}/{key}/{more}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def reworded(document: Document, words: str, summary: str = "") -> None:
    sections = (TITLE, WHY, SectionText("how", words, title="How"))
    services.publish_version(document, sections, summary=summary, by=None, at=NOW)


def test_a_part_says_what_it_is_and_what_it_belongs_to(tara: Person) -> None:
    document = make_document(TITLE, *ASKED)
    page = page_of_part(tara, document, "q1.a.why")
    assert "What is said after an answer" in page
    belongs = page[page.index("What it belongs to") : page.index("</details>")]
    assert re.findall(r"She looks at the door\.|Ask her\.|Another\.", belongs) == ["She looks at the door.", "Ask her."]
    assert "What it belongs to" not in page_of_part(tara, document, "q10")


def test_a_kind_without_a_name_says_nothing() -> None:
    assert (name_of("title"), name_of("of-tomorrow")) == ("The title of the text", "")


def test_she_goes_to_the_part_before_and_after_without_the_list(tara: Person) -> None:
    document = make_document(TITLE, *ASKED)
    rows = queries.rows_of(document, "fr")
    assert [queries.neighbours(rows, row) for row in rows] == [
        ("", "q1"),
        ("title", "q1.a"),
        ("q1", "q1.a.why"),
        ("q1.a", "q10"),
        ("q1.a.why", ""),
    ]
    path = f"/languages/fr/{document.public}/"
    page = page_of_part(tara, document, "q1")
    assert f'href="{path}title/">The part before' in page
    assert f'href="{path}q1.a/">The part after' in page
    assert "The part before" not in page_of_part(tara, document, "title")
    assert "The part after" not in page_of_part(tara, document, "q10")


def test_whoever_goes_on_finds_her_cursor_in_the_first_box(tara: Person) -> None:
    document = make_document()
    boxes = re.findall(r"<(?:input|textarea)[^>]*autofocus[^>]*>", page_of_part(tara, document, "why", "?on"))
    assert ['name="title"' in box for box in boxes] == [True]
    assert "autofocus" not in page_of_part(tara, document, "why")


def finished(document: Document, keys: dict[str, str], by: Person) -> None:
    for key, words in keys.items():
        draft(document, key, markdown=words, by=by)


def test_a_text_that_is_done_leads_to_the_next(tara: Person, rena: Person) -> None:
    one, two = make_document(), make_document(TITLE, HOW, key="two")
    finished(one, {"title": "Un plan", "why": "Demandez {svc.helpline}", "how": "Écoutez."}, tara)
    page = signed_in(tara).get(f"/languages/fr/{one.public}/").content.decode()
    assert "Nothing waits for your words in this text" in page
    assert f'href="/languages/fr/{two.public}/"' in page
    # Reviewing comes first, and whoever does not translate is led nowhere.
    assert "Review it" in signed_in(rena).get(f"/languages/fr/{one.public}/").content.decode()
    other = make_translator("Sara", code_of("es"))
    assert "Nothing waits" not in signed_in(other).get(f"/languages/fr/{one.public}/").content.decode()
    finished(two, {"title": "Un plan", "how": "Écoutez."}, tara)
    assert "Nothing waits" not in signed_in(tara).get(f"/languages/fr/{one.public}/").content.decode()


def code_of(code: str) -> str:
    return str(services.add_language(code, code, by=None, at=NOW).pk)


def test_the_difference_stays_until_readers_are_shown_the_new_words(tara: Person, rena: Person) -> None:
    document = make_document()
    services.review(draft(document, "how", markdown="Écoutez.", by=tara), accept=True, by=rena, at=NOW)
    reworded(document, "Listen well.")
    document.refresh_from_db()
    difference = "<del>Listen.</del><ins>Listen well.</ins>"
    assert difference in page_of_part(tara, document, "how")
    kept = draft(document, "how", markdown="Écoutez bien.", ready=False, by=tara)
    assert difference in page_of_part(tara, document, "how"), "she comes back to her draft tomorrow"
    kept = draft(document, "how", markdown="Écoutez bien.", by=tara)
    assert difference in page_of_part(rena, document, "how"), "and the second person sees what moved"
    services.review(kept, accept=True, by=rena, at=NOW)
    assert difference not in page_of_part(tara, document, "how")


@pytest.mark.parametrize("back", [False, True])
def test_what_the_author_said_of_the_change_stands_beside_it(back: bool, tara: Person, rena: Person) -> None:
    document = make_document()
    reworded(document, "Listen.", "Nothing of this part.")
    services.review(draft(document, "how", markdown="Écoutez.", by=tara), accept=True, by=rena, at=NOW)
    reworded(document, "Listen for long.", "Time was missing.")
    if back:
        reworded(document, "Listen.", "Taken back.")
    reworded(document, "Listen well.", "How, not how long.")
    services.publish_version(
        document,
        (TITLE, SectionText("why", "Ask."), SectionText("how", "Listen well.", title="How")),
        summary="Another part.",
        by=None,
        at=NOW,
    )
    document.refresh_from_db()
    page = page_of_part(tara, document, "how")
    said = ["Nothing of this part.", "Time was missing.", "Taken back.", "How, not how long.", "Another part."]
    assert [words for words in said if words in page] == (said[3:4] if back else [said[1], said[3]])


@pytest.mark.parametrize("parts", [1, 3])
def test_queries_do_not_grow_with_what_moved(
    tara: Person, rena: Person, parts: int, django_assert_num_queries: Any
) -> None:
    document = make_document()
    services.review(draft(document, "how", markdown="Écoutez.", by=tara), accept=True, by=rena, at=NOW)
    for n in range(parts):
        reworded(document, f"Listen {n}.", f"Change {n}.")
    client = signed_in(tara)
    path = f"/languages/fr/{document.public}/how/"
    client.get(path)
    with django_assert_num_queries(16):
        assert f"Change {parts - 1}." in client.get(path).content.decode()


def test_the_queue_says_which_texts_it_shows(tara: Person) -> None:
    make_document()
    page = signed_in(tara).get("/languages/fr/?only=missing").content.decode()
    # A link of the class "linklike" that is current stands without a line under it.
    assert re.findall(r'<a class="act linklike" href="([^"]*)" aria-current="true"', page) == ["?only=missing"]
