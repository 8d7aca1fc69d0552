"""A kept plan that the program of today cannot read: every page of it says what is wrong, where, and how to go on."""

import html
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from concerted.directory.tests.factories import grant_role, make_person
from concerted.kit.tests.stored import changed, stored
from concerted.planning import services
from concerted.planning.models import KeptPlan
from concerted.planning.tests.test_plan_file import HELPLINE, line_of
from concerted.planning.tests.test_plan_pages import World, signed_in

pytestmark = pytest.mark.django_db
OLD = HELPLINE.replace("minutes: 25", "minuts: 25", 1)


@pytest.fixture
def world() -> World:
    return World()


def kept_once(world: World, **facts: Any) -> KeptPlan:
    """A plan that was kept by a program that could read it."""
    said: dict[str, Any] = {"agency": world.clinic, "by": world.mona, "at": timezone.now()}
    kept = services.keep_plan("Ours", "own", {}, file=HELPLINE, **said)
    KeptPlan.objects.filter(pk=kept.pk).update(**facts)
    kept.refresh_from_db()
    return kept


def paths(kept: KeptPlan) -> list[str]:
    own, example = f"/plans/kept/{kept.public}/", f"/plans/example/kept-{kept.public}/"
    pages = [own, f"{own}workbook.xlsx", f"{own}plan.json", f"{own}funding/", f"{own}actual/", f"{own}actual.json"]
    if kept.file:
        pages += [example, f"{example}keep/", f"{example}sheet/north/"]
        pages += [f"{example}workbook.xlsx", f"{example}plan.json"]
    return pages


def test_every_page_of_it_says_what_is_wrong_and_on_which_line(world: World) -> None:
    kept = kept_once(world, file=OLD)
    client, before = signed_in(world.dora), stored()
    own = [f"/plans/kept/{kept.public}/funding/new/", f"/readiness/duties/new/?plan={kept.public}"]
    for path in [*paths(kept), *own]:
        answer = client.get(path)
        assert answer.status_code == 409, path
        if path.endswith(".json"):
            told = {fault["place"]: fault["line"] for fault in answer.json()["faults"]}
            assert told["services.helpline.queue.minuts"] == line_of("minutes: 25")
            continue
        page = answer.content.decode()
        assert f"line {line_of('minutes: 25')}" in page, path
        assert "is not known here. Did you mean" in page
        assert "Nothing of it is lost." in page
    assert client.post(f"/plans/kept/{kept.public}/again/").status_code == 409
    assert changed(before) == []


def test_its_text_is_mended_and_kept_as_a_new_plan(world: World) -> None:
    kept = kept_once(world, file=OLD)
    client = signed_in(world.mona)
    page = client.get(f"/plans/kept/{kept.public}/").content.decode()
    assert 'action="/plans/own/"' in page
    found = re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", page, re.DOTALL)
    assert found
    text = html.unescape(found[1])
    assert text == OLD
    said = {"text": text.replace("minuts", "minutes"), "do": "keep", "title": "Ours again", "agency": world.clinic.pk}
    assert client.post("/plans/own/", said).status_code == 302
    assert KeptPlan.objects.get(title="Ours again").file == HELPLINE
    assert KeptPlan.objects.get(pk=kept.pk).file == OLD


def test_values_it_was_kept_with_are_at_fault(world: World) -> None:
    kept = kept_once(world, changes={"services.helpline.queue.minuts": 30, "services.helpline.queue.never_alone": 3})
    answer = signed_in(world.dora).get(f"/plans/kept/{kept.public}/")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Values it was kept with" in page
    assert "services.helpline.queue.never_alone" in page


def test_what_cannot_be_worked_out_any_more_does_not_pass_for_the_plan(world: World) -> None:
    kept = kept_once(world, changes={"services.helpline.contacts.per_10000": 1e7})
    answer = signed_in(world.dora).get(f"/plans/kept/{kept.public}/")
    assert answer.status_code == 409
    assert "Correct the value that makes it so large." in answer.content.decode()


def test_a_plan_file_that_is_gone_is_named_with_the_values(world: World) -> None:
    kept = kept_once(world, file="", base="gone", changes={"services.helpline.queue.never_alone": 3})
    client = signed_in(world.mona)
    for path in paths(kept):
        answer = client.get(path)
        assert answer.status_code == 409, path
        if not path.endswith(".json"):
            assert "<code>gone</code>" in answer.content.decode()
            assert "services.helpline.queue.never_alone" in answer.content.decode()


def test_whoever_may_not_keep_plans_is_told_who_can_mend_it_and_strangers_nothing(world: World) -> None:
    kept, olga = kept_once(world, file=OLD), make_person("Olga")
    grant_role(olga, "auditor")
    page = signed_in(olga).get(f"/plans/kept/{kept.public}/").content.decode()
    assert "Whoever keeps plans for this place can mend its text." in page
    assert 'action="/plans/own/"' not in page
    for stranger in (world.bela, world.chiara):
        for path in paths(kept):
            assert signed_in(stranger).get(path).status_code == 404, path
    assert Client().get(f"/plans/kept/{kept.public}/").status_code == 302


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(world: World, rows: int, django_assert_num_queries: Any) -> None:
    kept = kept_once(world, file=OLD)
    for _row in range(rows - 1):
        kept_once(world, file=OLD)
    client = signed_in(world.dora)
    client.get("/plans/")
    with django_assert_num_queries(5):
        assert client.get(f"/plans/kept/{kept.public}/").status_code == 409
