from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from concerted.text.models import Document, Translation, Version
from concerted.text.queries import read_sections, titles
from concerted.text.rules import SectionText, hash_of, normal
from concerted.text.services import TextRefused, add_language, publish_version, save_translation

NOW = timezone.now()


@given(st.text())
def test_normal_words_stay_as_they_are(words: str) -> None:
    assert normal(normal(words)) == normal(words)


@given(st.text(), st.text())
def test_a_hash_tells_wordings_apart(one: str, other: str) -> None:
    same = normal(one) == normal(other)
    assert (hash_of(SectionText("a", one)) == hash_of(SectionText("b", other))) is same


def test_a_key_is_no_part_of_the_hash_but_kind_and_data_are() -> None:
    section = SectionText("a", "Words", "image", "Title", {"file": "x.svg"})
    assert hash_of(section) != hash_of(SectionText("a", "Words", "text", "Title", {"file": "x.svg"}))
    assert hash_of(section) != hash_of(SectionText("a", "Words", "image", "Title", {"file": "y.svg"}))


@pytest.fixture
def document(db: None) -> Document:
    return Document.objects.create(room="training", key="unit:x", language="en")


def publish(document: Document, **words: str) -> Version:
    return publish_version(document, [SectionText(key, text) for key, text in words.items()], by=None, at=NOW)


def translate(document: Document, key: str, words: str, source: str, state: str = "reviewed") -> Translation:
    return save_translation(
        document, key, hash_of(SectionText(key, source)), "fr", markdown=words, state=state, by=None, at=NOW
    )


def shown(version: Version, language: str) -> dict[str, Any]:
    return {section.key: section for section in read_sections([version.pk], language)[version.pk]}


def test_the_same_wording_is_the_same_version(document: Document) -> None:
    first = publish(document, why="Ask.", how="Plan.")
    assert publish(document, why="Ask. ", how="Plan.\r\n") == first
    second = publish(document, why="Ask.", how="Plan it.")
    assert (second.no, Version.objects.count()) == (2, 2)
    assert shown(first, "en")["how"].markdown == "Plan."


def test_two_sections_of_one_key_are_refused(document: Document) -> None:
    with pytest.raises(TextRefused, match="Give each its own"):
        publish_version(document, [SectionText("a", "x"), SectionText("a", "y")], by=None, at=NOW)
    assert not Version.objects.exists()


def test_a_reader_sees_her_language_and_is_told_where_it_is_missing_or_behind(document: Document) -> None:
    first = publish(document, why="Ask.", how="Plan.", where="Here.")
    translate(document, "why", "Demandez.", "Ask.")
    translate(document, "how", "Préparez.", "Plan.")
    translate(document, "where", "Ici.", "Here.", state="draft")
    french = shown(first, "fr")
    assert [(french[key].markdown, french[key].language) for key in ("why", "how", "where")] == [
        ("Demandez.", "fr"),
        ("Préparez.", "fr"),
        ("Here.", "en"),
    ]
    assert french["where"].missing
    second = publish(document, why="Ask.", how="Plan together.", where="Here.")
    newer = shown(second, "fr")
    assert (newer["why"].markdown, newer["why"].behind) == ("Demandez.", False)
    assert (newer["how"].markdown, newer["how"].behind, newer["how"].missing) == ("Plan together.", True, False)


def test_the_latest_revision_is_shown_and_the_same_words_are_one(document: Document) -> None:
    version = publish(document, why="Ask.")
    first = translate(document, "why", "Demander.", "Ask.")
    assert translate(document, "why", "Demander.", "Ask.") == first
    translate(document, "why", "Demandez.", "Ask.")
    assert shown(version, "fr")["why"].markdown == "Demandez."
    assert Translation.objects.count() == 2


def test_reading_costs_one_query_and_none_in_the_source_language(
    document: Document, django_assert_num_queries: Any
) -> None:
    version = publish(document, why="Ask.", title="T")
    shown(version, "en")
    with django_assert_num_queries(0):
        shown(version, "en")
    add_language("fr", "Français", by=None, at=timezone.now())
    shown(version, "fr")
    with django_assert_num_queries(1):
        shown(version, "fr")
    with django_assert_num_queries(2):
        assert titles([document.pk], "fr") == {document.pk: "T"}
