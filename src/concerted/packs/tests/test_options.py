import pytest

from concerted.packs.tests.bad_packs import U
from concerted.packs.tests.good_packs import Review, good

WAIT = '- ( ) "Wait."\n  > `low` Waiting costs her time.\n'
ASK = '- (x) "Ask."\n  > Best.\n'
#: The lines of the first question and of its two options.
QUESTION, FIRST, SECOND = 15, 19, 21


def options(wrong: str, right: str) -> str:
    return good(WAIT, WAIT.replace('"Wait."', wrong)).replace(ASK, ASK.replace('"Ask."', right))


def more(*right: str) -> str:
    """Single questions behind the first, each with a wrong option of five signs."""
    return "".join(
        f"\n## Question {n} {{#m{n} kind=single aim=1}}\n\nWhat now?\n\n"
        f"- ( ) Wait.\n  > `low` No.\n- (x) {words}\n  > Best.\n"
        for n, words in enumerate(right)
    )


@pytest.mark.parametrize(
    ("wrong", "right", "lines"),
    [
        ("1234567", "1234567890123", []),
        ("123456", "1234567890123456", [FIRST, SECOND]),
        ('"1234567"', "“1234567890123”", []),
        ("**1234567**", "1234567890123", []),
    ],
)
def test_options_are_alike_in_length(wrong: str, right: str, lines: list[int], review: Review) -> None:
    assert review({U: options(wrong, right)}) == [("option", U, line) for line in lines]


@pytest.mark.parametrize(
    ("right", "found"),
    [
        # The right option of the first question is the shorter one.
        (("Stay.",), []),
        (("Stays.",), []),
        (("Stays.", "Stays."), [("longest", U, 34)]),
        (("Stays.", "Stay.", "Stays.", "Stay."), []),
    ],
)
def test_the_right_option_is_not_mostly_the_longest(
    right: tuple[str, ...], found: list[object], review: Review
) -> None:
    assert review({U: options("Wait.", "Ask.") + more(*right)}) == found


def test_one_question_alone_shows_no_habit(review: Review) -> None:
    assert review({U: options("Wait.", "Waits.")}) == []
