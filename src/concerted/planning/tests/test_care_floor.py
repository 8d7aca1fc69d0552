"""Time for supervision and debriefing is traded away by nothing; training goes first where hours are slack."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from concerted.planning.queries.plan_page import plan_page
from concerted.planning.rules.plan import Change, PlanFaults, read_plan, read_plan_file
from concerted.planning.rules.plan.changes import FLOORS
from concerted.planning.rules.projection import NATIONAL, Measure, project

EXAMPLES = Path(__file__).parents[4] / "examples"
FILES = sorted(EXAMPLES.glob("*.yaml"))
SERVICES = [(file, key) for file in FILES for key in read_plan_file(file).services]


@pytest.mark.parametrize("floor", FLOORS)
@pytest.mark.parametrize(("file", "service"), SERVICES, ids=[f"{file.stem}-{key}" for file, key in SERVICES])
def test_no_value_lowers_it(file: Path, service: str, floor: str) -> None:
    kept = getattr(read_plan_file(file).services[service].care, floor)
    for less in (kept - 0.5, kept - 1, 0, -1, str(kept - 0.5), f" {kept - 1} ", False):
        with pytest.raises(PlanFaults, match=f"not traded away. Leave it at {kept:g} hours or more"):
            read_plan_file(file, [Change(f"services.{service}.care.{floor}", less)])
    for no_number in (None, "none", "nan"):
        with pytest.raises(PlanFaults):
            read_plan_file(file, [Change(f"services.{service}.care.{floor}", no_number)])
    more = read_plan_file(file, [Change(f"services.{service}.care.{floor}", kept + 1)])
    assert getattr(more.services[service].care, floor) == kept + 1


@pytest.mark.parametrize("place", ["services.helpline.care", "services.helpline"])
@pytest.mark.parametrize("value", [None, 0, "less"])
def test_no_value_takes_the_whole_part_away(place: str, value: Any) -> None:
    with pytest.raises(PlanFaults):
        read_plan_file(EXAMPLES / "helpline.yaml", [Change(place, value)])


@pytest.mark.parametrize("less", [1, 2.5, "1"])
def test_no_option_lowers_it_even_after_it_was_raised(less: float | str) -> None:
    raised = Change("services.helpline.care.debrief_hours", 6)
    lowered = Change("services.helpline.care.debrief_hours", 5)
    with pytest.raises(PlanFaults, match="Leave it at 6 hours or more"):
        read_plan_file(EXAMPLES / "helpline.yaml", [raised, lowered])
    with pytest.raises(PlanFaults, match="Leave it at 4 hours or more"):
        read_plan_file(EXAMPLES / "helpline.yaml", [Change("services.helpline.care.debrief_hours", less)])


def test_a_file_below_the_floor_is_a_fault_with_its_line() -> None:
    said = yaml.safe_load((EXAMPLES / "helpline.yaml").read_text())
    said["services"]["helpline"]["care"] = {"supervision_hours": 0.5}
    text = yaml.safe_dump(said, sort_keys=False)
    with pytest.raises(PlanFaults) as refused:
        read_plan(text, EXAMPLES)
    (fault,) = refused.value.faults
    assert "supervision_hours" in text.splitlines()[fault.line - 1]
    assert "at least 1" in fault.message


def test_training_goes_first_into_hours_with_slack_and_the_page_says_how_many() -> None:
    plan = read_plan_file(EXAMPLES / "helpline.yaml")
    told = project(plan)
    course, slack, cover = (
        told.series(measure, NATIONAL, "helpline")[1]
        for measure in (Measure.TRAINING_HOURS, Measure.SLACK_HOURS, Measure.COVER_POSTS)
    )
    some = course > 0
    assert some.any()
    assert ((cover > 0) <= (course > slack - 0.02))[some].all(), "cover only for hours that find no slack hour"
    shown = {figure.what for row in plan_page(plan).services for figure in row.figures}
    assert {"Hours of training", "Hours in which training needs no cover"} <= shown
