import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.text.wording import (
    WordEntry,
    avoided_in,
    grade_of,
    sentences_of,
    syllables_of,
    without_quoted,
    words_of,
)


def entry(*avoid: str, language: str = "en") -> WordEntry:
    return WordEntry(language, avoid, "said", "It sounds like guilt.")


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        ("— … !", []),
        ("Ask. Wait! Why? Done", ["Ask.", "Wait!", "Why?", "Done"]),
        ('She says: "Not now." He waits.', ["She says:", '"Not now."', "He waits."]),
        ("Three things: a door, a key, time.", ["Three things: a door, a key, time."]),
        ("Dr. Amal asks. No. 35 and art. 5 count.", ["Dr. Amal asks.", "No. 35 and art. 5 count."]),
        ("She says no. He waits.", ["She says no.", "He waits."]),
        ("It costs 2.5 coins, e.g. for bread.", ["It costs 2.5 coins, e.g. for bread."]),
        ("« Oui. » dit-elle. Puis rien.", ["« Oui. » dit-elle.", "Puis rien."]),
        ("¿Qué pasa? Nada.", ["¿Qué pasa?", "Nada."]),
        ("ماذا تريدين؟ اسألوها. ثم خططوا.", ["ماذا تريدين؟", "اسألوها.", "ثم خططوا."]),
        ("Here: … Then go on.", ["Here: …", "Then go on."]),
        ("A title\n\nits text", ["A title", "its text"]),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert sentences_of(text) == sentences


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("It's a follow-up: 3 o'clock", ["It's", "a", "follow-up", "3", "o'clock"]),
        ("l’aide d'abord", ["l’aide", "d'abord"]),
        ("عمّا تحتاجه", ["عمّا", "تحتاجه"]),
        ("- — 'yes'", ["yes"]),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@given(st.text(alphabet="aB .!?:\"'«»…\n5ع", max_size=80))
def test_no_word_is_lost_between_sentences(text: str) -> None:
    assert [word for sentence in sentences_of(text) for word in words_of(sentence)] == words_of(text)


@pytest.mark.parametrize(
    ("word", "count"), [("", 1), ("tsk", 1), ("he", 1), ("asked", 1), ("needed", 2), ("table", 2), ("survivor", 3)]
)
def test_syllables(word: str, count: int) -> None:
    assert syllables_of(word) == count


def test_the_grade_rises_with_long_words_and_long_sentences() -> None:
    easy = grade_of("He hit her. She told a friend.")
    assert easy < grade_of("He hit her and she told a friend.") < grade_of("Documentation necessitates coordination.")
    assert grade_of("") == 0


def test_a_term_counts_as_one_easy_word() -> None:
    text = "Coercive control is hard. Ask about coercive control."
    assert grade_of(text, ["coercive control"]) == grade_of("Term is hard. Ask about term.")
    assert grade_of(text, ["other"]) == grade_of(text)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ('Not "this" but that', "Not        but that"),
        ("“this” and «this»", "       and       "),
        ("It's his, isn't it?", "It's his, isn't it?"),
        ("say 'he's late' now", "say             now"),
        ("say ‘late’ now", "say        now"),
        ('an open "quote', 'an open "quote'),
    ],
)
def test_what_stands_in_quotation_marks_is_blanked_out(text: str, left: str) -> None:
    assert without_quoted(text) == left


@given(st.text(alphabet="a \"'«»“”‘’„", max_size=40))
def test_blanking_out_keeps_every_place(text: str) -> None:
    assert len(without_quoted(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "avoid", "found"),
    [
        ("She confessed.", "confess*", ["confessed"]),
        ("CONFESS", "confess*", ["CONFESS"]),
        ("a confession box", "confess", []),
        ("reconfess", "confess*", []),
        ("a red\n flag", "red flag", ["red\n flag"]),
        ("They refer her on.", "refer* her on", ["refer her on"]),
        ("the lovers’ tiff", "lovers' tiff*", ["lovers’ tiff"]),
        ('Never "confess".', "confess*", []),
        ("İ confess", "confess*", ["confess"]),
    ],
)
def test_avoided_words(text: str, avoid: str, found: list[str]) -> None:
    assert [one.words for one in avoided_in(text, "en", [entry(avoid)])] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [("هي تَزعم", ["تَزعم"]), ("وتزعم أنها", ["وتزعم"]), ("الزعم", []), ("إنّ الإستجواب طويل", ["الإستجواب"])],
)
def test_arabic_is_found_with_its_marks_and_what_is_written_with_it(text: str, found: list[str]) -> None:
    assert [one.words for one in avoided_in(text, "ar", [entry("تزعم", "استجواب*", language="ar")])] == found


def test_an_avoided_word_says_where_why_and_what_instead() -> None:
    entries = [entry("toxic"), WordEntry("en", ("confess*",), "told", "Guilt."), entry("confess*", language="fr")]
    (found,) = avoided_in('He says "toxic". She confessed.', "en", entries)
    assert (found.start, found.words, found.prefer, found.why) == (21, "confessed", "told", "Guilt.")
    assert avoided_in("She confessed.", "es", entries) == []
