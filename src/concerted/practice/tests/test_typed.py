"""What is typed: forms are found whatever case, accents and keyboard; numbers are read in every way of writing them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.practice.rules.typed import fits, folded, forms_of, near, readings

SAME = [
    ("Helpline", " helpline. "),
    ("aide a domicile", "Aide  À\tdomicile"),
    ("straße", "STRASSE"),
    ("ｈｅｌｐ", "help"),
    ("أُسْرَة", "اسره"),
    ("إلى", "الي"),
    ("مؤسسة", "موسسه"),
    ("مـــركز", "مركز"),
    ("ﻣﺮﻛﺰ", "مركز"),
    ("کمک", "كمك"),
    ("rule 12", "rule ١٢"),
    ("l'accord", "l\u2019accord"),
    ("follow-up", "follow\u2013up"),
    ("می\u200cروم", "میروم"),
    ("Διακοπή", "διακοπη"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_words_are_the_same(one: str, other: str) -> None:
    assert folded(one) == folded(other)
    assert fits(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("help", "helps"), ("हिंसा", "हसा"), ("が", "か"), ("plan a", "plana"), ("", "a")]
)
def test_other_words_are_not(one: str, other: str) -> None:
    assert not fits(one, other)


FORMS = [
    ("safety*", "safety", True),
    ("safety*", "Safety planning", True),
    ("safety *", "safety", False),
    ("*line", "helpline", True),
    ("h*p*e", "helpline", True),
    ("h*z*e", "helpline", False),
    ("ab*ba", "aba", False),
    ("a*b*b", "ab", False),
    ("*", "whatever", True),
    (r"5\*", "5*", True),
    (r"5\*", "55", False),
    ("sí*", "SI, quiero", True),
]


@pytest.mark.parametrize(("form", "answer", "right"), FORMS)
def test_stars_stand_for_any_signs(form: str, answer: str, right: bool) -> None:
    assert fits(form, answer) is right


def test_many_stars_take_no_time() -> None:
    assert not fits("*a" * 500 + "b", "a" * 200)
    assert fits("*a" * 100, "a" * 200)


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(st.text(max_size=20), st.text(max_size=20))
def test_whatever_is_typed_is_compared(form: str, answer: str) -> None:
    assert fits(form, answer) in (True, False)
    assert fits(answer.replace("\\", "").replace("*", ""), answer.replace("\\", "").replace("*", ""))


@given(st.lists(st.text(alphabet="abé", max_size=4), min_size=2, max_size=4), st.text(alphabet="xyz", max_size=3))
def test_a_form_fits_itself_with_its_stars_filled(pieces: list[str], filling: str) -> None:
    assert fits("*".join(pieces), filling.join(pieces))


def test_one_form_a_line() -> None:
    assert forms_of(" one \n\n two\n") == ("one", "two")


READ = [
    ("72", ["72"]),
    (" -3 ", ["-3"]),
    ("\u22123", ["-3"]),
    ("+4", ["4"]),
    ("2.5", ["2.5"]),
    ("2,5", ["2.5"]),
    (",5", ["0.5"]),
    ("٢٫٥", ["2.5"]),
    ("٢،٥", ["2.5"]),
    ("٧٢", ["72"]),
    ("۷۲", ["72"]),
    ("७२", ["72"]),
    ("١٬٥٠٠", ["1500"]),
    ("1 500", ["1500"]),
    ("1\u202f500,25", ["1500.25"]),
    ("1'500.5", ["1500.5"]),
    ("1,500", ["1.5", "1500"]),
    ("1.500", ["1.5", "1500"]),
    ("0.500", ["0.5"]),
    ("١٫٥٠٠", ["1.5"]),
    ("1,234,567.8", ["1234567.8"]),
    ("1.234.567,8", ["1234567.8"]),
    ("1,00,000", ["100000"]),
    ("\u200f72", ["72"]),
]


@pytest.mark.parametrize(("typed", "meant"), READ)
def test_numbers_as_they_are_written(typed: str, meant: list[str]) -> None:
    assert [number.normalize() for number in readings(typed)] == [Decimal(one).normalize() for one in meant]


NONE = ["", " ", "-", ".", "5.", "two", "72 h", "1.2.3", "1,2,3", "1 50", "5 %", "1e3", "½", "7²", "0x1", "NaN", "inf"]


@pytest.mark.parametrize("typed", [*NONE, "--1", "1-2", "1,234.567,8", "9" * 41])
def test_what_is_no_number(typed: str) -> None:
    assert readings(typed) == ()


@given(st.decimals(-(10**9), 10**9, places=3), st.sampled_from([".", ",", "٫"]), st.sampled_from([0, 0x660, 0x966]))
def test_every_number_is_read_in_every_script(number: Decimal, mark: str, zero: int) -> None:
    typed = f"{number:f}".replace(".", mark)
    if zero:
        typed = typed.translate({ord("0") + n: zero + n for n in range(10)})
    assert number in readings(typed)


@given(st.text(max_size=45))
def test_whatever_is_typed_is_a_number_or_none(text: str) -> None:
    assert len(readings(text)) <= 2


@pytest.mark.parametrize(("typed", "right"), [("70", True), ("74,0", True), ("74.01", False), ("69.999", False)])
def test_the_bounds_of_a_tolerance_are_in(typed: str, right: bool) -> None:
    assert near(typed, "72", "2") is right


def test_a_mark_that_may_mean_two_things_is_taken_in_her_favour() -> None:
    assert near("1.500", "1500", "0")
    assert near("1.500", "1.5", "0")
    assert not near("1.500", "15", "0")
