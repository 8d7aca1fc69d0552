"""The learning player: what a step shows to whom, and that it is shown in words and not in signs."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from concerted.directory.models import Position
from concerted.directory.tests.factories import make_agency, make_person, make_position, make_sector
from concerted.practice.models import Step
from concerted.practice.rules import QuestionText
from concerted.text.rules import SectionText
from concerted.training.models import Module
from concerted.training.rules import ModuleText, UnitText
from concerted.training.services import publish_module
from concerted.training.tests.factories import publish_small_module

pytestmark = pytest.mark.django_db
TITLE = SectionText("title", "A safe plan", kind="title")
WHY = SectionText("why", "Ask first.", title="Why")


def publish(*sections: SectionText, questions: tuple[QuestionText, ...] = ()) -> Module:
    """A module "core" of one unit "C1" with these sections."""
    unit = UnitText("C1", 5, (TITLE, *sections), questions)
    return publish_module(ModuleText("core", (TITLE,), (unit,), pack="starter"), at=timezone.now()).module


def at_the_unit(sector: str = "") -> Client:
    """Somebody of this sector (of none: she holds no position) who began the module."""
    person = make_person()
    if sector:
        make_position(person, make_agency(sector=make_sector(sector)))
    client = Client()
    client.force_login(person)
    client.post("/learn/core/start/")
    return client


def shown(client: Client) -> str:
    return client.get("/learn/core/C1/").content.decode()


def track(sector: str) -> SectionText:
    return SectionText(
        f"post-{sector}", f"Words for {sector}.", title=f"In your post: {sector}", data={"track": sector}
    )


def test_her_own_sectors_part_stands_open_and_the_others_fold_together() -> None:
    publish(WHY, track("health"), track("police"), track("justice"))
    for own, others in (("health", ("police", "justice")), ("police", ("health", "justice"))):
        open_part, folded = shown(at_the_unit(own)).split("For other posts</summary>")
        folded = folded.partition("</details>")[0]
        assert "Ask first." in open_part
        assert f"Words for {own}." in open_part
        assert open_part.count("<details") == 1
        assert "<details open" not in open_part
        for other in others:
            assert f"Words for {other}." in folded
            assert f"Words for {other}." not in open_part


def test_without_a_position_or_another_part_nothing_is_lost() -> None:
    publish(WHY, track("health"))
    assert "Words for health." in shown(at_the_unit()).split("For other posts")[1]
    page = shown(at_the_unit("health"))
    assert "Words for health." in page
    assert "For other posts" not in page


def test_a_position_that_ended_says_nothing_of_her_sector() -> None:
    publish(WHY, track("health"))
    client = at_the_unit("health")
    Position.objects.update(until=timezone.localdate())
    assert "Words for health." in shown(client).split("For other posts")[1]


@pytest.mark.parametrize("tracks", [("health",), ("health", "police", "justice", "women")])
def test_parts_for_sectors_cost_one_query(tracks: tuple[str, ...], django_assert_num_queries: Any) -> None:
    publish(WHY, *map(track, tracks))
    client = at_the_unit("health")
    shown(client)
    with django_assert_num_queries(5):
        shown(client)


def test_a_sound_comes_with_its_transcript() -> None:
    sound = SectionText(
        "listen", "Two calls, *word for word*.", kind="audio", title="To listen to", data={"file": "call.ogg"}
    )
    publish(sound)
    page = shown(at_the_unit())
    assert '<audio controls preload="none" src="/learn/file/starter/call.ogg"></audio>' in page
    transcript = page.split("Read it instead</summary>")[1].partition("</details>")[0]
    assert "<em>word for word</em>" in transcript


@pytest.mark.parametrize("kind", ["single", "multiple", "ordering", "matching"])
def test_choices_show_words_and_not_signs(kind: str) -> None:
    written = "First *bold* {law.weapons}."
    part = "left" if kind == "matching" else "option"
    marking = {"single": {"right": "a"}, "multiple": {"right": ["a"]}, "ordering": {"order": ["a"]}}
    publish(
        SectionText("q1", "Which?", kind="question", data={"kind": kind}),
        SectionText("q1.a", written, kind=part),
        *([SectionText("q1.a-reply", written, kind="reply", data={"id": "a"})] if kind == "matching" else []),
        questions=(QuestionText("q1", kind, 1, marking.get(kind, {"pairs": {"a": "a"}})),),
    )
    page = shown(at_the_unit())
    assert "First <em>bold</em> <em>Not filled in here." in page
    assert ("First bold Not filled in here." in page) == (kind == "matching")
    assert "*bold" not in page
    assert "{law" not in page


def test_what_a_picture_shows_is_said_in_plain_words() -> None:
    publish(SectionText("signs", "A *wheel*.\n\nOf {tool.risk}.", kind="image", title="Signs", data={"file": "a.svg"}))
    assert 'alt="A wheel. Of Not filled in here.' in shown(at_the_unit())


def test_a_refused_form_comes_back_with_what_was_typed_and_the_reason_beside_its_button() -> None:
    publish_small_module()
    client = at_the_unit()
    for step in ("read-1", "q1", "q2"):
        client.post("/learn/core/C1/", {"step": step, "do": "on"})
    refused = client.post("/learn/core/C2/?step=q1", {"step": "read-1", "do": "on"})
    assert refused.status_code == 302
    before = Step.objects.count()
    page = client.post("/learn/core/C2/", {"step": "q1", "do": "answer", "place-a": "2", "place-b": "2"})
    text = page.content.decode()
    assert page.status_code == 200
    assert Step.objects.count() == before
    assert text.count('<option value="2" selected>') == 2
    assert "Two lines share a place" in text.split('id="said"')[1]
    assert 'action="#said"' in text


def test_an_answer_of_several_lines_says_how_many_fit_and_marks_each() -> None:
    publish_small_module()
    client = at_the_unit()
    for step in ("read-1", "q1"):
        client.post("/learn/core/C1/", {"step": step, "do": "on"})
    client.post("/learn/core/C1/", {"step": "q2", "do": "answer", "answer": ["a", "c"]})
    page = client.get("/learn/core/C1/?step=q2").content.decode()
    assert "Not quite: 1 of 2 fit." in page
    assert page.count("Your answer fits") == 1
    assert page.count("Your answer: not quite") == 1
    feedback = page.split('id="feedback"')[1]
    assert "<b>One</b>" in feedback, "each reason says which choice it is about"


def test_a_reply_has_the_same_number_in_the_list_and_in_the_choice() -> None:
    publish_small_module()
    client = at_the_unit()
    for unit, steps in (("C1", ("read-1", "q1", "q2")), ("C2", ("read-1", "q1"))):
        for step in steps:
            client.post(f"/learn/core/{unit}/", {"step": step, "do": "on"})
    client.cookies["django_language"] = "ar"
    page = client.get("/learn/core/C2/?step=q2").content.decode()
    listed = re.findall(r"<li><span[^>]*>(Reply to [^<]+)</span></li>", page)
    assert len(listed) == 2
    for number, reply in enumerate(listed, 1):
        assert page.count(f">{number}. {reply}</option>") == 2
