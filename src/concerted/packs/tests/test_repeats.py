import pytest

from concerted.packs.tests.bad_packs import FRENCH, U
from concerted.packs.tests.good_packs import PARAGRAPH, Review, saying

SECOND = U.replace("01-first", "02-second")
EIGHT = "She keeps one bag with an old neighbour."
#: Every other passage of the second unit is its own.
OTHER = """\
---
unit: T1.2
title: Second unit
minutes: 10
note: About asking. Skip it if you wish.
slots: [svc.emergency]
aims:
  1: ask alone
---

## More {#more}

WORDS

Here: {svc.emergency}

## Question 1 {#q1 kind=single aim=1}

Who?

- ( ) You
  > `low` No.
- (x) She
  > Yes.

## Question 2 {#q2 kind=ordering aim=1}

When?

1. Now
2. Then

> right: Yes.
> not quite: `form` No.
"""


def second(words: str) -> str:
    return OTHER.replace("WORDS", words)


@pytest.mark.parametrize(
    "words",
    [
        EIGHT,
        "But she keeps one bag with AN OLD, neighbour!",
        f"- One.\n- {EIGHT}",
    ],
)
def test_eight_words_of_another_unit_are_found_once(words: str, review: Review) -> None:
    line = PARAGRAPH + words.count("\n")
    assert review({U: saying(f"{EIGHT} And more."), SECOND: second(words)}) == [("repeat", SECOND, line)]


@pytest.mark.parametrize(
    "words",
    [
        "She keeps one bag with an old friend.",
        "She keeps one bag with: {svc.emergency} an old neighbour.",
        f"So it is told. (*{EIGHT}*, WHO, 2020.)",
    ],
)
def test_seven_words_slots_and_titles_are_no_repeat(words: str, review: Review) -> None:
    assert review({U: saying(f"{EIGHT} And more."), SECOND: second(words)}) == []


def test_one_unit_may_say_it_twice_and_so_may_its_translation(review: Review) -> None:
    translated = FRENCH.replace("minutes: 10\n", "minutes: 10\nnote: Passez.\n").replace(
        "Demandez", f"{EIGHT} Demandez"
    )
    files = {U: saying(f"{EIGHT}\n\n{EIGHT}"), U.replace(".md", ".fr.md"): translated}
    assert review(files) == []
