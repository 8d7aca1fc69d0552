"""The page of one territory, and its values changed without reading the file again."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from concerted.planning.queries.plan_files import plan_named
from concerted.planning.rules.plan import Change, PlanFaults, read_plan_file
from concerted.planning.tests.test_plan_pages import PATH, World, shown, signed_in

pytestmark = pytest.mark.django_db


def test_a_territory_shows_one_service_and_the_others_one_click_away() -> None:
    client, said = signed_in(World().dora), {"in": "forest", "territories.forest.people": "300000"}
    html = shown(client, PATH, **said)
    assert "Needed everywhere" in html
    others = re.findall(r"&amp;in=forest&amp;of=(\w+)", html)
    (shown_first,) = re.findall(r'name="of" value="(\w+)"', html)
    assert shown_first not in others
    for service in others:
        other = shown(client, PATH, **said, of=service)
        assert f'name="of" value="{service}"' in other
        assert f"of={shown_first}" in other
    assert f'name="of" value="{shown_first}"' in shown(client, PATH, **said, of="nothing")


def test_a_territory_may_be_changed_as_the_file_would_be_read() -> None:
    file = Path(settings.EXAMPLES_ROOT) / "delegation.yaml"
    changes = {"territories.forest.people": 300_000.0, "services.helpline.queue.minutes": 30.0}
    read = read_plan_file(file, [Change(*pair) for pair in changes.items()])
    assert plan_named("delegation", changes) == read
    wrong = (("territories.forest.people", 0), ("territories.forest.people", 0.5), ("territories.no.people", 1))
    for place, value in wrong:
        with pytest.raises(PlanFaults) as told:
            plan_named("delegation", {place: value, "services.helpline.queue.minutes": -1})
        with pytest.raises(PlanFaults) as expected:
            read_plan_file(file, [Change(place, value), Change("services.helpline.queue.minutes", -1)])
        assert told.value.faults == expected.value.faults
