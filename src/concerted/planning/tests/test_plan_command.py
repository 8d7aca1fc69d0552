"""`concerted plan` works without a database, and tells faults to people and to scripts."""

import json
import time
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from concerted.planning.rules.plan import options_of, read_plan_file
from concerted.planning.rules.projection import Measure, project

EXAMPLES = Path(__file__).parents[4] / "examples"
FILES = sorted(EXAMPLES.glob("*.yaml"))


def told(file: Path, *args: str, **options: Any) -> str:
    out = StringIO()
    call_command("plan", str(file), *args, stdout=out, **options)
    return out.getvalue()


def test_there_are_the_four_examples() -> None:
    assert [file.stem for file in FILES] == ["delegation", "helpline", "mandate", "referral-protocol-victoria"]
    assert len(read_plan_file(EXAMPLES / "referral-protocol-victoria.yaml").territories) == 79


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_an_example_is_told_as_json_and_as_text(file: Path) -> None:
    found = json.loads(told(file, format="json"))
    plan = read_plan_file(file)
    assert set(found["measures"]) == {measure.value for measure in Measure}
    posts = found["measures"]["posts"]
    for service in plan.services:
        units = [values[service]["mid"][-1] for unit, values in posts["values"].items() if unit != "total"]
        assert sum(units) == pytest.approx(posts["values"]["total"][service]["mid"][-1], abs=1e-6)
        assert posts["reasons"][service]["inputs"]
    assert plan.title in told(file)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_an_example_takes_less_than_a_second(file: Path) -> None:
    """Of a processor, twice what is promised: whoever else works here must not make it fail."""
    plan = read_plan_file(file)
    project(plan)
    began = time.process_time()
    project(plan)
    assert time.process_time() - began < 2


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_option_changes_the_answer(file: Path) -> None:
    plain = project(read_plan_file(file)).fingerprint
    options = options_of(file.read_text(), file.parent)
    assert options
    for plan in options.values():
        assert project(plan).fingerprint != plain


def test_an_option_and_a_value_are_taken() -> None:
    three = json.loads(told(EXAMPLES / "helpline.yaml", format="json", option="three_at_night"))
    assert min(three["weeks"]["helpline, national"]["seats_needed"]) == 3
    set_to = json.loads(
        told(EXAMPLES / "helpline.yaml", "--set", "services.helpline.queue.never_alone=3", format="json")
    )
    assert set_to["fingerprint"] == three["fingerprint"]


def test_one_line_for_all_takes_fewer_people_than_four() -> None:
    file = EXAMPLES / "delegation.yaml"
    four = project(read_plan_file(file))
    one = project(options_of(file.read_text(), file.parent)["One line for all four"])
    posts = [told.estimate(Measure.POSTS, "total", -1, "helpline").mid for told in (one, four)]
    assert posts[0] < posts[1] / 2


def test_training_with_an_advocate_floods_her_and_training_alone_does_not() -> None:
    file = EXAMPLES / "mandate.yaml"
    alone = project(read_plan_file(file))
    advocate = project(options_of(file.read_text(), file.parent)["Training with a named advocate"])
    extra = [told.estimate(Measure.EXTRA_CONTACTS, "total", -1, "advocacy").mid for told in (alone, advocate)]
    assert extra[0] < 0 < 50 < extra[1]


def test_faults_are_told_with_file_line_and_remedy(tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text((EXAMPLES / "helpline.yaml").read_text().replace("minutes: 25", "minuts: 25"))
    errors, out = StringIO(), StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("plan", str(file), format="json", stdout=out, stderr=errors)
    assert refused.value.returncode == 2
    assert "line 24, services.helpline.queue.minuts" in errors.getvalue()
    assert json.loads(out.getvalue())["faults"][0]["line"] == 24


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--option", "none"], "three_at_night"),
        (["--set", "draws"], "is no change"),
        (["--set", "services.helpline.staff.away=0.97"], "Correct contract_hours or away"),
    ],
)
def test_what_is_mistyped_is_told(args: list[str], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        told(EXAMPLES / "helpline.yaml", *args)


def test_the_schema_is_printed() -> None:
    out = StringIO()
    call_command("plan", schema=True, stdout=out)
    schema = json.loads(out.getvalue())
    assert schema["additionalProperties"] is False
    assert "territories" in schema["required"]
