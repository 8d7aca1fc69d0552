"""The demonstration's numbers of choices and answers: people, and nobody's attempt."""

import random

import pytest
from django.db.models import Sum

from concerted.packs.demo import choices
from concerted.practice.models import Attempt, ChoiceCount, ItemCount
from concerted.training.tests.factories import publish_small_module, publish_small_scenario

pytestmark = pytest.mark.django_db


def test_nothing_is_counted_where_the_pack_brings_neither() -> None:
    choices.write_choices(random.Random(1))
    assert not ChoiceCount.objects.exists()
    assert not ItemCount.objects.exists()


def test_choices_are_counted_by_sector(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = publish_small_scenario()
    monkeypatch.setattr(choices, "_SITUATION", scenario.code)
    choices.write_choices(random.Random(1))
    counted = dict(ChoiceCount.objects.order_by().values_list("sector").annotate(people=Sum("people")))
    assert set(counted) == set(choices._PLAYED)
    assert all(people >= 5 for people in counted.values())
    assert not Attempt.objects.exists()


def test_answers_inside_a_module_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    module = publish_small_module()
    monkeypatch.setattr(choices, "_MODULE", module.code)
    choices.write_choices(random.Random(1))
    rows = ItemCount.objects.filter(what_kind="module", what=module.pk)
    assert {row.sector: row.people for row in rows} == choices._LEARNED
    assert all(0 <= row.right <= row.people for row in rows)
    assert not Attempt.objects.exists()
