import pytest

from concerted.packs.quality.claims import claim_in
from concerted.packs.tests.bad_packs import FRENCH, F, U
from concerted.packs.tests.good_packs import PARAGRAPH, Review, good, saying

WHO = "(*A guide*, WHO, 2021.)"


@pytest.mark.parametrize(
    "words",
    [
        "It is 27 % of women.",
        "It is 27 per cent.",
        "One in three women lives with it.",
        "About 1 woman in 3 lives with it.",
        "It was 736 million women.",
        "It was 12,000 women in a year.",
        "Half of women never tell anybody.",
        "Article 18 asks for consent.",
        "The Istanbul Convention asks for training.",
        "A convention on harassment asks for it.",
        "The law says that she is told.",
        "A third of women never tell.",
        "More than half the women never tell.",
        "Two thirds of all killings follow a threat.",
        "It was 50000 women in a year.",
        "Thousands of women die of it.",
        "The risk is seven times as high.",
        "Pressure on the neck doubles the risk.",
        "Section 4 of the Act asks for it.",
        "The Penal Code asks for it.",
        "By law you report it.",
        "That is a crime.",
        "It is 27 %. (WHO.)",
        "It is 27 % in 2021.",
    ],
)
def test_a_figure_or_a_law_calls_for_a_source(words: str, review: Review) -> None:
    assert review({U: saying(words)}) == [("source", U, PARAGRAPH)]


@pytest.mark.parametrize(
    "words",
    [
        "Un tiers des femmes en parlent.",
        "La moitié des femmes n'en parlent pas.",
        "Le risque est sept fois plus élevé.",
        "Une femme sur trois le vit.",
    ],
)
def test_each_language_says_shares_and_laws_its_own_way(words: str, review: Review) -> None:
    # The French unit has no content note, so its paragraph stands a line higher.
    assert ("source", F, PARAGRAPH - 1) in review({F: FRENCH.replace("Demandez", f"{words} Demandez")})


@pytest.mark.parametrize(
    ("language", "words", "told"),
    [
        ("en", "It is 27.5 % of women.", "27.5 %"),
        ("en", "Ask what article 18 says.", "article 18"),
        ("fr", "Selon la loi, vous le signalez.", "Selon la loi"),
        ("es", "La mitad de las mujeres calla.", "mitad de las mujeres"),
        ("es", "Una de cada tres.", "Una de cada tres"),
        ("es", "Según la ley, avise.", "Según la ley"),
        ("ar", "ثلث النساء يعشن ذلك.", "ثلث النساء"),
        ("ar", "ثلاثون في المئة من النساء", "ثلاثون في المئة"),
        ("ar", "يجب ذلك بموجب القانون", "بموجب القانون"),
        ("sw", "Ni 27 %.", "27 %"),
        ("es", "Tres mujeres esperan media hora.", ""),
        ("ar", "تنتظر ثلاث نساء نصف ساعة.", ""),
    ],
)
def test_what_is_told_stands_there_whole(language: str, words: str, told: str) -> None:
    assert claim_in(words, language, slot=False) == told


@pytest.mark.parametrize(
    "words",
    [
        f"It is 27 % of women. {WHO}",
        f"It is 27 % of women. {WHO} Your rules: {{svc.emergency}}",
        "The Istanbul Convention asks for training. (Istanbul Convention, article 15.)",
        "A convention names it. (*A convention*, ILO, articles 9 and 10(f).)",
        "The Istanbul Convention names the root. (Istanbul Convention, preamble.)",
        # A story's ages, hours and plans are no figures, and what somebody says is not claimed by us.
        "Rosa is 71, and came at 9 after 72 hours.",
        "The three sit in one row.",
        "Half the women in the hall look up. Half an hour goes by.",
        "A third person may help, and the rules differ by law.",
        'He said: "One in three women lies."',
        # What the law says here stands in a slot.
        "What the law says here: {svc.emergency}",
    ],
)
def test_a_source_at_the_end_is_enough(words: str, review: Review) -> None:
    assert review({U: saying(words)}) == []


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (f"Ask her.\n\nIt is 27 %. {WHO} So ask.", PARAGRAPH + 2),
        ("Two shares:\n\n- It is 27 %.\n- It is rare.", PARAGRAPH + 2),
    ],
)
def test_a_source_elsewhere_is_not(words: str, line: int, review: Review) -> None:
    assert review({U: saying(words)}) == [("source", U, line)]


@pytest.mark.parametrize(
    "words", [f"Shares: {WHO}\n\n- It is 27 %.\n- Rare.", f"- It is 27 %.\n- Rare.\n\nSo we read. {WHO}"]
)
def test_the_paragraph_beside_a_list_may_carry_its_source(words: str, review: Review) -> None:
    assert review({U: saying(words)}) == []


def test_questions_tell_stories_and_need_no_source(review: Review) -> None:
    assert review({U: good("What now?", "She read that one in three lives with it. What now?")}) == []
