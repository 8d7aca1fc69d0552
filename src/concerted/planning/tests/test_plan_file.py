"""A plan file is read whole, or refused with the line and what would do."""

import re
from pathlib import Path

import pytest

from concerted.planning.rules.plan import Change, ChangeRefused, PlanFaults, changed, read_plan, read_plan_file
from concerted.planning.rules.plan.marks import load

EXAMPLES = Path(__file__).parents[4] / "examples"
HELPLINE = (EXAMPLES / "helpline.yaml").read_text()


def faults(old: str, new: str, text: str = HELPLINE) -> list[str]:
    assert old in text, "the example changed: this test would prove nothing"
    with pytest.raises(PlanFaults) as refused:
        read_plan(text.replace(old, new, 1), EXAMPLES)
    return [str(fault) for fault in refused.value.faults]


def line_of(words: str) -> int:
    return next(number for number, line in enumerate(HELPLINE.splitlines(), 1) if words in line)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("people: 3840000", "people: 0", "without its population"),
        ("people: 3840000, ", "", "“people” is missing"),
        ("per_10000: 3.0", "per_10000: -3", "at least 0"),
        ("answer: 0.8", "answer: 1.0", "no number of people reaches all"),
        ("effect: short_number", "effect: {ratio: 2, low: 1, high: 3, setting: a, doubts: b}", "source is missing"),
        ("effect: short_number", "effect: 1.4", "An effect needs its source"),
        ("effect: short_number", "effect: short_numbr", "no effect card"),
        ("per: once", "per: once, currency: USD", "Write the amount in EUR"),
        ("per: once", "per: once, year: 2019", "Bring it to 2026"),
        ("minutes: 25", "minuts: 25", "Did you mean “minutes”?"),
        ("of: helpline, people", "of: helplin, people", "Did you mean “helpline”?"),
        ("never_alone: 2", "never_alone: 0", "at least 1"),
        ("supervision_hours: 3", "supervision_hours: 0", "at least 1"),
        ("start: 2027-02, over", "start: 2027-13, over", "is no month"),
        ("title: A national", "title: &a A national", ""),
    ],
)
def test_bad_values_are_told_with_their_line(old: str, new: str, said: str) -> None:
    if not said:
        assert read_plan(HELPLINE.replace(old, new, 1), EXAMPLES).title == "A national helpline"
        return
    found = faults(old, new)
    told = [message for message in found if said in message]
    assert told, found
    assert told[0].startswith(f"line {line_of(old)}, ")


def test_round_the_clock_without_anybody_is_refused() -> None:
    text = HELPLINE.replace("    opens: 2027-04\n", "", 1)
    found = faults("posts: 18, vacant: 2", "posts: 0", text)
    assert "open day and night and has no posts" in found[0]


def test_every_fault_is_told_at_once_in_the_order_of_the_file() -> None:
    text = HELPLINE.replace("per: once", "per: one", 1)
    found = faults("per_10000: 3.0", "per_10000: -3", text)
    assert [message.split(",")[0] for message in found] == [f"line {line_of('per_10000: 3.0')}", "line 67"]


def test_a_fault_that_several_services_meet_is_told_once() -> None:
    assert len(faults(", women: 1960000", "")) == 1


def months(*told: str) -> str:
    history = ", ".join(f"2026-{number:02}: {value}" for number, value in enumerate(told, 1) if value)
    return f"history: {{{history}}}"


def test_a_month_without_data_is_told() -> None:
    found = faults("per_10000: 3.0, of: women", months(*["100"] * 5, "", *["100"] * 6) + ", of: people")
    assert any("too few" in message for message in found)
    assert any("2026-07 follows 2026-05: a month has no data" in message for message in found)


def test_a_month_in_which_nobody_counted_is_none() -> None:
    told = months(*["100"] * 5, "null", *["100"] * 6)
    plan = read_plan(HELPLINE.replace("per_10000: 3.0, of: women", told, 1), EXAMPLES)
    contacts = plan.services["helpline"].contacts
    assert contacts is not None
    assert contacts.history is not None
    assert contacts.history["2026-06"] is None


def test_a_history_in_which_nobody_counted_is_told() -> None:
    found = faults("per_10000: 3.0, of: women", months(*["null"] * 11, "7"))
    assert len(found) == 1
    assert any("Fewer than two months were counted" in message for message in found)


def test_a_week_in_which_nothing_was_counted_is_told() -> None:
    found = faults("shape: evening", f"shape: [{', '.join(['0'] * 168)}]")
    assert any("Nothing was counted in any hour" in message for message in found)


def test_faults_of_one_line_stand_in_one_order() -> None:
    found = faults("people: 3840000", "persons: 3840000")
    assert [message.split(": ")[0].split(".")[-1] for message in found] == ["people", "persons"]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("title: x\n  start: 2027-01", 2, "not YAML"),
        ("title: x\ntitle: y", 2, "stands here twice"),
        ("a: &x [1]\nb: *x", 2, "Anchors"),
        ("- 1", 1, "no plan"),
        ("", 1, "no plan"),
        ("title: 2027-99-99", 1, "cannot be read"),
        ("a: !!timestamp soon", 1, "cannot be read"),
        ("a: !!bool perhaps", 1, "cannot be read"),
        ("a: !!int ''", 1, "cannot be read"),
    ],
)
def test_what_is_no_plan_is_refused_with_its_line(text: str, line: int, said: str) -> None:
    with pytest.raises(PlanFaults) as refused:
        read_plan(text, EXAMPLES)
    assert refused.value.faults[0].line == line
    assert said in refused.value.faults[0].message


TABLE = "territories: {from: places.csv, name: name, people: people, counted: {calls: calls}}"


def with_table(tmp_path: Path, rows: str, said: str = TABLE) -> str:
    (tmp_path / "places.csv").write_text(rows)
    start, end = HELPLINE.index("territories:"), HELPLINE.index("services:")
    return HELPLINE[:start] + said + "\n\n" + HELPLINE[end:]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("name,people,calls\nNorth,100,1\nCoast,,2\n", "line 3: people: the number is missing"),
        ("name,people,calls\nNorth,0,1\n", "line 2: people is 0. Write 1 or more"),
        ("name,people,calls\nNorth,100,-1\n", "line 2: calls is -1"),
        ("name,persons,calls\nNorth,100,1\n", "no column “people”. Its columns are: name, persons, calls"),
        ("name,people,calls\nNorth,100,1\nNorth,100,1\n", "line 3: North stands there twice"),
        ("name,people,calls\n", "has no rows"),
    ],
)
def test_a_table_of_territories_is_told_by_its_own_lines(tmp_path: Path, rows: str, said: str) -> None:
    with pytest.raises(PlanFaults, match=said):
        read_plan(with_table(tmp_path, rows), tmp_path)


def test_a_table_outside_the_folder_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    text = with_table(tmp_path, "name,people\nA,1\n", "territories: {from: ../places.csv}")
    with pytest.raises(PlanFaults, match="no file"):
        read_plan(text, tmp_path / "in")


def test_a_file_that_is_none_is_told() -> None:
    with pytest.raises(PlanFaults, match="cannot be opened"):
        read_plan_file(EXAMPLES / "none.yaml")


def test_a_change_is_read_like_the_file() -> None:
    plan = read_plan(HELPLINE, EXAMPLES, [Change("services.helpline.queue.minutes", 30)])
    assert plan.services["helpline"].queue is not None
    assert plan.services["helpline"].queue.minutes == 30
    with pytest.raises(PlanFaults, match="no “line” in this plan"):
        read_plan(HELPLINE, EXAMPLES, [Change("services.line.queue.minutes", 30)])
    with pytest.raises(PlanFaults, match="above 0"):
        read_plan(HELPLINE, EXAMPLES, [Change("services.helpline.queue.minutes", 0)])


@pytest.mark.parametrize(
    ("place", "value", "told"),
    [
        ("referrals.helpline.advocacy.share", 1e300, "at most 1,000,000"),
        ("services.helpline.queue.minutes", 1e-300, "at least 0.001"),
        ("services.advocacy.cases.hours", 1e300, "at most 1,000,000"),
        ("training.first_calls.people", 1e300, "at most 100,000,000"),
        ("costs.advocates.amount", 1e300, "at most 1,000,000,000,000,000"),
        ("services.helpline.contacts.per_10000", 1e300, "at most 20,000,000,000"),
    ],
)
def test_what_no_whole_number_of_hundredths_holds_is_told_at_its_place(place: str, value: float, told: str) -> None:
    with pytest.raises(PlanFaults, match=told) as refused:
        read_plan(HELPLINE, EXAMPLES, [Change(place, value)])
    assert [fault.place for fault in refused.value.faults] == [place]
    assert refused.value.faults[0].line > 0


@pytest.mark.parametrize(
    ("staff", "territory"),
    [
        ("{posts: 3, vacant: 4}", ""),
        ("{posts: {north: 3, coast: 5}, vacant: {north: 4}}", ".north"),
        ("{posts: {north: 3}, vacant: {coast: 1}}", ".coast"),
    ],
)
def test_no_more_posts_are_vacant_than_exist(staff: str, territory: str) -> None:
    text = re.sub(r"(  advocacy:\n(?:    .*\n)*?    staff:).*", rf"\1 {staff}", HELPLINE, count=1)
    assert staff in text
    with pytest.raises(PlanFaults, match="More posts are vacant") as refused:
        read_plan(text, EXAMPLES)
    assert [fault.place for fault in refused.value.faults] == [f"services.advocacy.staff.vacant{territory}"]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("answer: 80%", "80% is a percentage. Write it as a share: 0.8."),
        ('answer: "99.5 %"', "99.5 % is a percentage. Write it as a share: 0.995."),
        ("answer: 24 min", "24 min has a unit. Write the number alone, in the unit that its word names."),
        ('answer: "0,8"', "Given: 0,8. Write one in digits, with a point where it has decimals, such as 2.5."),
        ("answer: much", "Given: much. Write one in digits, with a point where it has decimals, such as 2.5."),
    ],
)
def test_a_number_in_other_words_is_told_with_what_to_write(written: str, told: str) -> None:
    (found,) = faults("answer: 0.8", written)
    assert found.startswith(f"line {line_of('answer: 0.8')}, services.helpline.queue.answer: ")
    assert found.endswith(told)


def test_a_misspelt_effect_card_is_told_once() -> None:
    (found,) = faults("effect: short_number", "effect: shortnumber")
    assert "There is no effect card “shortnumber”." in found


def test_what_is_wrong_with_all_of_a_file_names_no_line() -> None:
    with pytest.raises(PlanFaults) as refused:
        read_plan_file(EXAMPLES / "none.yaml")
    assert str(refused.value) == "none.yaml cannot be opened. Correct its name."


def test_referrals_that_go_round_and_grow_are_told_by_their_circle() -> None:
    found = faults("legal_aid: {share: 0.3,", "helpline: {share: 12,")
    assert "helpline → advocacy → helpline" in found[0]
    assert found[0].startswith(f"line {line_of('referrals:')}, referrals: ")


def test_care_is_not_traded_away() -> None:
    raw, _marks = load(HELPLINE)
    place = "services.helpline.care.supervision_hours"
    assert changed(raw, [Change(place, 4)])["services"]["helpline"]["care"]["supervision_hours"] == 4
    with pytest.raises(ChangeRefused, match="not traded away"):
        changed(raw, [Change(place, 2)])
