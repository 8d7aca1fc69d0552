import pytest

from concerted.packs.tests.bad_packs import FRENCH, F, M, U
from concerted.packs.tests.good_packs import GOOD, PARAGRAPH, Review, good, saying

SHORT = "She sat by the door and told us one more thing."


def words(count: int) -> str:
    """A sentence of so many easy words."""
    return f"She {'is ' * (count - 2)}here."


def french(words: str) -> str:
    """The unit in French, with its note and one paragraph of these words."""
    translated = FRENCH.replace("minutes: 10\n", "minutes: 10\nnote: Passez si vous voulez.\n")
    return translated.replace("Demandez d'abord.", f"{words}\n\nDemandez d'abord.")


def test_a_good_pack_has_no_finding(review: Review) -> None:
    assert review() == []


@pytest.mark.parametrize(
    ("unit", "found"),
    [
        (saying(words(25)), []),
        (saying(words(26)), [("sentence", U, PARAGRAPH)]),
        (saying("- One.\n- " + words(26)), [("sentence", U, PARAGRAPH + 1)]),
        (good("> Best.", f"> {words(26)}"), [("sentence", U, GOOD.split("\n").index("  > Best.") + 1)]),
        (saying(" ".join([SHORT] * 6)), []),
        (saying(" ".join([SHORT] * 7)), [("paragraph", U, PARAGRAPH)]),
        (saying(" ".join([SHORT] * 4) + "\n\n" + " ".join([SHORT] * 4)), []),
        (saying(" ".join([SHORT] * 4) + "\n" + " ".join([SHORT] * 4)), [("paragraph", U, PARAGRAPH)]),
        # What a source and a slot bring is not ours to shorten.
        (saying(words(25) + " (*A long title of a book that goes on and on for ever*, WHO, 2020.)"), []),
        (saying("Our law: {svc.emergency} " + words(25)), []),
    ],
)
def test_sentences_and_paragraphs_are_short(unit: str, found: list[object], review: Review) -> None:
    assert review({U: unit}) == found


@pytest.mark.parametrize(("count", "found"), [(50, []), (51, ["feedback"])])
def test_feedback_is_short(count: int, found: list[str], review: Review) -> None:
    words = "Ask. " * count
    assert [rule for rule, _path, _line in review({U: good("> Best.", f"> {words}")})] == found


@pytest.mark.parametrize(("count", "found"), [(15, []), (24, [("mean", U, 3)])])
def test_the_mean_sentence_of_a_unit_is_short(count: int, found: list[object], review: Review) -> None:
    assert review({U: saying("\n\n".join([words(count)] * 30))}) == found


HARD = "\n\n".join(["Documentation necessitates interdisciplinary participation and coordination."] * 9)
GLOSSARY = """\
- language: en
  avoid: [paperwork]
  prefer: documentation
  why: It is a word of the field.
  terms: [documentation, interdisciplinary participation, coordination, necessitates]
"""


@pytest.mark.parametrize(
    ("files", "found"),
    [({U: saying(HARD)}, [("grade", U, 3)]), ({U: saying(HARD), "glossary.yaml": GLOSSARY}, [])],
)
def test_words_of_the_field_do_not_raise_the_grade(files: dict[str, str], found: list[object], review: Review) -> None:
    assert review(files) == found


@pytest.mark.parametrize(("count", "found"), [(30, []), (31, [("sentence", F, 13)])])
def test_each_language_has_its_own_limits(count: int, found: list[object], review: Review) -> None:
    sentence = "Elle " + "est " * (count - 2) + "là."
    assert review({F: french(sentence)}) == found


def test_the_summary_of_a_module_is_read_as_well(review: Review) -> None:
    module = (
        "module: test-module\ntitle: Test\n"
        f"summary: {words(26)}\ntheme: 3\nsectors: []\nprerequisites: []\npass_mark: 70\nattempts: 0\n"
        "aims:\n  - ask alone\n"
    )
    assert review({M: module}) == [("sentence", M, 3)]
