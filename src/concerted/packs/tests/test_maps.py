"""Maps of what is written: the outline of a story; lanes and arrows of a case with many seats, and its table."""

from dataclasses import replace
from pathlib import Path

import pytest

from concerted.packs.queries import outline_of
from concerted.packs.reading.conferences import ConferenceFile, conference_in
from concerted.packs.reading.faults import Faults
from concerted.packs.services.bringing import bring_script
from concerted.packs.services.scripts import script_of
from concerted.packs.tests.scripts import draft_of
from concerted.packs.tests.test_conferences import SHIPPED
from concerted.packs.tests.test_scripts import NOW, Author
from concerted.packs.workshop.case_drawing import draw_case
from concerted.practice.scenario.lanes import lanes_of

WORDS = SHIPPED.read_bytes()


def _file() -> ConferenceFile:
    file = conference_in(WORDS.decode().split("\n"), Path("five-seats.md"), Faults("five-seats.md"))
    assert file is not None
    return file


def test_what_has_to_be_heard_leads_to_the_lanes_that_need_it() -> None:
    lanes = lanes_of(_file().conference)
    assert lanes.seats == ("police", "health", "social", "advocate", "programme")
    handed = {one.fact: one for one in lanes.hand_overs}
    assert handed["neck"].owner == 1
    assert handed["neck"].to == (0, 2, 3)
    kept = [(one.fact, one.locates) for one in lanes.hand_overs if one.kept]
    assert kept[:3] == [("fine", False), ("number", True), ("status", False)]


def test_decisions_that_hang_on_what_others_tell_are_counted_apart() -> None:
    rounds = {one.moment: one for one in lanes_of(_file().conference).rounds}
    police = rounds["phone"].cells[0]
    assert (police.decisions, police.hanging, police.facts) == (3, 1, ("handover",))
    health = rounds["minutes"].cells[1]
    assert (health.decisions, health.hanging) == (2, 0), "it hangs on what she knows herself"


def test_a_condition_that_cannot_be_read_hangs_on_nothing() -> None:
    case = _file().conference
    broken = replace(case, moments=(replace(case.moments[0], when="neck and and"),))
    assert lanes_of(broken).rounds[0].facts == ()


def test_everything_has_its_box_within_the_drawing_in_both_directions() -> None:
    file = _file()
    for rtl in (False, True):
        told = draw_case(file, {}, {"phone"}, rtl=rtl)
        assert told is not None
        drawn = told.drawn
        keys = [box.key for box in drawn.boxes if box.look]
        assert keys == [block.key for block in file.blocks if block.kind in ("seat", "moment", "ending")]
        assert [box.key for box in drawn.boxes if box.look == "f-gap"] == ["phone"]
        assert all(box.x >= 0 and box.x + box.wide <= drawn.width for box in drawn.boxes)
        assert all(box.y >= 0 and box.y + box.high <= drawn.height for box in drawn.boxes)


def test_a_case_without_seats_has_no_map() -> None:
    file = _file()
    assert draw_case(replace(file, conference=replace(file.conference, seats=())), {}, set(), rtl=False) is None


@pytest.mark.django_db
def test_the_map_and_its_table_stand_on_the_page_of_the_case_and_where_it_is_tried_out() -> None:
    author = Author()
    draft = bring_script(WORDS, "five-seats.md", language="en", by=author.person, at=NOW).draft
    for page in ("", "try/"):
        content = author.client.get(f"/packs/scenarios/{draft.public}/{page}").content.decode()
        assert "Map of the case" in content
        assert content.count("<td>has to hear it</td>") == 17
        assert "To be kept." in content
        assert "Tells where she can be found." in content
        assert f'/packs/scenarios/{draft.public}/passage/kept/"' in content
        drawn = content.partition('<svg class="chart"')[2].partition("</svg>")[0]
        assert drawn.count('lang="en"') > 20
        assert " dir=" not in drawn, "links of the page with the same attributes would take its direction"


@pytest.mark.django_db
def test_the_outline_names_each_passage_it_leads_to_once() -> None:
    """A choice and the way round lead to the same place."""
    draft = draft_of(Author().person)
    rows = {row.key: row for row in outline_of(draft, script_of(draft))}
    assert rows["room"].leads.count(("hall", "The hall")) == 1
