"""The self-check: published figures beside what this process works out."""

import io
import json
from dataclasses import replace
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from concerted.maths import reference
from concerted.planning.queries import self_check as checks
from concerted.planning.tests.test_plan_pages import World, shown, signed_in


def test_the_command_tells_every_row() -> None:
    out = io.StringIO()
    call_command("plan", self_check=True, format="json", stdout=out)
    told = json.loads(out.getvalue())
    assert (told["agree"], told["worked_out"], len(told["rows"])) == (86, 86, 86)
    assert len(told["not_worked_out"]) == 12
    assert set(told["not_worked_out"].values()) == {"series", "method"}
    assert all(row["source"] and row["kept"] for row in told["rows"])


def test_a_row_that_differs_is_told_and_the_command_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    every = reference.check()
    wrong = (replace(every[0], found=(1.0,)), *every[1:])
    monkeypatch.setattr(checks, "check", lambda: wrong)
    out = io.StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("plan", self_check=True, stdout=out)
    assert refused.value.returncode == 2
    assert "DIFFERS  B01" in out.getvalue()
    assert "85 of 86 rows agree" in out.getvalue()


def test_the_command_says_why_of_each_row_it_leaves_out() -> None:
    out = io.StringIO()
    call_command("plan", self_check=True, stdout=out)
    told = [line for line in out.getvalue().splitlines() if line.startswith("not here")]
    assert len(told) == 12
    assert all("do not come with" in line for line in told)
    assert "kept     E07      expected +45%; 150 s -> 42 s, got +45% of it, as printed" in out.getvalue()


@pytest.mark.django_db
def test_the_page_is_for_those_who_plan(django_assert_num_queries: Any) -> None:
    world = World()
    client = signed_in(world.dora)
    page = shown(client, "/plans/self-check/")
    assert "86 of 86 agree" in page
    assert page.count("do not come with") == 12
    with django_assert_num_queries(3):
        shown(client, "/plans/self-check/")
    assert signed_in(world.bela).get("/plans/self-check/").status_code in (403, 404)
