"""Audience rules: what is refused; the condition in the database keeps exactly what the pure rule says fits."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from concerted.directory import rules
from concerted.directory.models import Position
from concerted.directory.queries import compile_rule, position_facts
from concerted.directory.rules import Facts, RuleFault, explain, matches, validate
from concerted.directory.tests import factories as make
from concerted.directory.wordings import fault_in_words

MIDWIFE = Facts("health", "midwife", frozenset({1, 5}), 9, "in", "fr")
DEEP: Any = {"all": []}
for _ in range(rules.DEEPEST):
    DEEP = {"not": DEEP}

FAULTS = [
    ([], "not_a_rule"),
    ("everybody", "not_a_rule"),
    ({}, "unknown_words"),
    ({"all": [], "any": []}, "unknown_words"),
    ({"field": "sector"}, "unknown_words"),
    ({"all": {}}, "not_a_list"),
    ({"all": [{"field": "salary", "in": ["1"]}]}, "unknown_field"),
    ({"field": "sector", "in": "health"}, "not_a_list"),
    ({"field": "sector", "in": []}, "no_values"),
    ({"field": "territory", "in": ["north"]}, "not_a_number"),
    ({"field": "agency", "in": [True]}, "not_a_number"),
    ({"field": "agency", "in": [2**70]}, "not_a_number"),
    ({"field": "sector", "in": [3]}, "not_a_code"),
    ({"field": "sector", "in": ["a\x00b"]}, "not_a_code"),
    ({"field": "stage", "in": ["retired"]}, "unknown_stage"),
    ({"field": "agency", "in": list(range(1, rules.MOST_VALUES + 3))}, "too_many"),
    (DEEP, "too_deep"),
]


@pytest.mark.parametrize(("rule", "code"), FAULTS)
def test_a_rule_that_cannot_be_read_is_refused(rule: Any, code: str) -> None:
    with pytest.raises(RuleFault) as caught:
        validate(rule)
    assert caught.value.code == code
    assert fault_in_words(caught.value).endswith((".", "]"))


def test_a_rule_holds_part_by_part() -> None:
    rule = {
        "all": [
            {"field": "sector", "in": ["health", "police"]},
            {"field": "territory", "in": [5]},
            {"not": {"any": [{"field": "stage", "in": ["pre"]}, {"field": "agency", "in": [8]}]}},
        ]
    }
    assert validate(rule) is rule
    assert matches(rule, MIDWIFE)
    parts = explain(rule, MIDWIFE)
    assert [(part.kind, part.field, part.holds, part.depth) for part in parts] == [
        ("all", "", True, 0),
        ("test", "sector", True, 1),
        ("test", "territory", True, 1),
        ("not", "", True, 1),
        ("any", "", False, 2),
        ("test", "stage", False, 3),
        ("test", "agency", False, 3),
    ]
    assert parts[1].fitting == ("health",)


def test_everybody_and_nobody() -> None:
    assert matches({"all": []}, MIDWIFE)
    assert not matches({"any": []}, MIDWIFE)
    assert not matches({"not": {"all": []}}, MIDWIFE)


def asking(field: str, values: list[Any]) -> st.SearchStrategy[dict[str, Any]]:
    chosen = st.lists(st.sampled_from(values), min_size=1, max_size=3)
    return chosen.map(lambda some: {"field": field, "in": some})


class QAndMatchesAgree(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        root = make.make_territory()
        places = [root, make.make_territory(parent=root), make.make_territory(parent=root), make.make_territory()]
        places.append(make.make_territory(parent=places[1]))
        sectors = [make.make_sector(code) for code in ("health", "police")]
        agencies = [make.make_agency(sector=sectors[n % 2], territory=places[n % len(places)]) for n in range(4)]
        jobs = [make.make_profession(code, sectors[0]) for code in ("midwife", "nurse", "officer")]
        for n in range(24):
            make.make_position(
                make.make_person(language=("", "fr", "ar")[n % 3]),
                agencies[n % 4],
                jobs[n % 3],
                territory=places[n % 5],
                stage=("in", "pre")[n % 2],
            )
        cls.territories = [place.pk for place in places]
        cls.agencies = [agency.pk for agency in agencies]
        cls.facts = position_facts(list(Position.objects.order_by("pk")))

    @settings(max_examples=60, deadline=None)
    @given(st.data())
    def test_on_random_rules(self, data: st.DataObject) -> None:
        leaf = st.one_of(
            asking("sector", ["health", "police", "none"]),
            asking("profession", ["midwife", "nurse", "officer"]),
            asking("territory", [*self.territories, 2**60]),
            asking("agency", self.agencies),
            asking("stage", ["pre", "in"]),
            asking("language", ["", "fr", "es"]),
        )
        tree = st.recursive(
            leaf,
            lambda part: st.one_of(
                st.lists(part, max_size=3).map(lambda parts: {"all": parts}),
                st.lists(part, max_size=3).map(lambda parts: {"any": parts}),
                part.map(lambda one: {"not": one}),
            ),
            max_leaves=8,
        )
        rule = validate(data.draw(tree))
        kept = set(Position.objects.filter(compile_rule(rule)).order_by().values_list("pk", flat=True))
        assert kept == {pk for pk, facts in self.facts.items() if matches(rule, facts)}
        for facts in self.facts.values():
            assert explain(rule, facts)[0].holds == matches(rule, facts)
