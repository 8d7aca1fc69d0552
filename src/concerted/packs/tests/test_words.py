import pytest

from concerted.packs.quality.check import check_pack
from concerted.packs.tests.bad_packs import FRENCH, MODULE, F, M, U
from concerted.packs.tests.good_packs import PARAGRAPH, Review, Write, good, saying

GLOSSARY = """\
- language: en
  avoid: [confess*, red flag]
  prefer: said.
  why: It puts guilt into her mouth.
- language: fr
  avoid: [avoue]
  prefer: dit
  why: Un aveu suppose une faute.
"""
G = "glossary.yaml"


@pytest.mark.parametrize(
    ("unit", "line"),
    [
        (saying("She confessed it."), PARAGRAPH),
        (saying("A red\nflag."), PARAGRAPH),
        (good("title: First unit", "title: Red flag"), 3),
        (good("## Why", "## Confession"), 11),
        (good("1: ask alone", "1: let her confess"), 8),
        (good('- ( ) "Wait."', "- ( ) Fess."), None),
        (good('- (x) "Ask."', '- (x) "Confess!"'), 21),
        (good('- ( ) "Wait."', '- ( ) "Confess"'), None),
        (saying('Never write "confessed".'), None),
        (saying("As in a study. (*Confess*, WHO, 2020.)"), None),
    ],
)
def test_avoided_words_are_found_where_they_stand(unit: str, line: int | None, review: Review) -> None:
    found = [row for row in review({U: unit, G: GLOSSARY}) if row[0] != "option"]
    assert found == ([("word", U, line)] if line else [])


def test_an_avoided_word_comes_with_its_reason_and_a_better_one(write: Write) -> None:
    faults = check_pack(write({U: saying("She confessed it."), G: GLOSSARY})).faults
    assert [(fault.message, fault.remedy, fault.warning) for fault in faults] == [
        ("“confessed”: It puts guilt into her mouth.", "Prefer: said.", True)
    ]


def test_each_language_has_its_own_words(review: Review) -> None:
    translated = FRENCH.replace("minutes: 10\n", "minutes: 10\nnote: Passez.\n").replace("Demandez", "Elle avoue")
    assert review({U: saying("She avoue it."), F: translated, G: GLOSSARY}) == [("word", F, PARAGRAPH)]


def test_modules_are_read_as_well(review: Review) -> None:
    assert review({M: MODULE.replace("title: Test", "title: A red flag"), G: GLOSSARY}) == [("word", M, 2)]


def test_a_unit_has_a_content_note(review: Review) -> None:
    assert review({U: good("note: About asking. Skip it if you wish.\n", "")}) == [("note", U, 3)]
    assert review({F: FRENCH}) == [("note", F, 3)]


@pytest.mark.parametrize(
    ("slots", "found"),
    [
        ("[svc.emergency]", []),
        ("[svc.emergency, law.share]", [("slot", U, 6)]),
        ("\n  - law.share\n  - svc.emergency", [("slot", U, 7)]),
    ],
)
def test_a_slot_that_is_listed_is_used(slots: str, found: list[object], review: Review) -> None:
    assert review({U: good("slots: [svc.emergency]", f"slots: {slots}")}) == found
