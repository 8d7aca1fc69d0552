import pytest

from concerted.packs.tests.bad_packs import FRENCH, MODULE, F, M, U
from concerted.packs.tests.good_packs import Review, good

#: The line of the unit's aim.
AIM = 8


@pytest.mark.parametrize(
    "aim", ["understand her fear", "Know the law", "be aware of danger", "ask, and learn about it"]
)
def test_an_aim_that_nobody_can_see(aim: str, review: Review) -> None:
    assert review({U: good("1: ask alone", f"1: {aim}")}) == [("aim", U, AIM)]


@pytest.mark.parametrize("aim", ["say what she knows", "ask alone", "choose what to learn next", "name and plan"])
def test_an_aim_that_one_can_see(aim: str, review: Review) -> None:
    assert review({U: good("1: ask alone", f"1: {aim}")}) == []


@pytest.mark.parametrize(
    ("aim", "found"), [("demander seul", []), ("comprendre la peur", [("aim", F, AIM)]), ("savoir dire non", [])]
)
def test_translated_aims(aim: str, found: list[object], review: Review) -> None:
    translated = FRENCH.replace("minutes: 10\n", "minutes: 10\nnote: Passez.\n").replace("1: ask alone", f"1: {aim}")
    assert review({F: translated}) == found


def test_the_aims_of_a_module_each_on_its_line(review: Review) -> None:
    aims = '  - ask alone\n  - "understand: her fear"\n'
    assert review({M: MODULE.replace("  - ask alone\n", aims)}) == [("aim", M, 11)]
