"""Audience rules: a small tree over the nouns of a position, evaluated here and compiled to SQL in `queries`.

    {"all": [rule, ...]}  {"any": [rule, ...]}  {"not": rule}
    {"field": "sector" | "profession" | "territory" | "agency" | "stage" | "language", "in": [values]}

Sectors, professions and stages are named by code, territories and agencies by id. A territory means it and all below it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

FIELDS = ("sector", "profession", "territory", "agency", "stage", "language")
#: Deeper rules are a mistake or an attack; nobody can read them.
DEEPEST = 8
Rule = Mapping[str, Any]
EVERYBODY: Rule = {"all": []}


class BadRule(ValueError):
    """The rule cannot be read; the message says where and why."""


@dataclass(frozen=True)
class Facts:
    """What a rule may ask of a position. `territories` holds its territory and all above it."""

    sector: str
    profession: str
    territories: frozenset[int]
    agency: int
    stage: str
    language: str = ""


@dataclass(frozen=True)
class Because:
    """One test of a rule and whether the position passes it."""

    field: str
    values: tuple[Any, ...]
    passed: bool


def check_rule(rule: Any, depth: int = 0) -> None:
    """Raise `BadRule` unless `rule` is a rule.

    >>> check_rule({"field": "sector", "in": ["health"]})
    >>> check_rule({"field": "colour", "in": ["red"]})
    Traceback (most recent call last):
    ...
    concerted.directory.rules.BadRule: "colour" is not something an audience can ask. Use one of: sector, profession, territory, agency, stage, language.
    """
    if depth > DEEPEST:
        raise BadRule(f"The rule is more than {DEEPEST} levels deep. Make it simpler.")
    if not isinstance(rule, Mapping):
        raise BadRule("Each part of the rule is an object with all, any, not, or field and in.")
    if set(rule) in ({"all"}, {"any"}):
        parts = rule.get("all", rule.get("any"))
        if not isinstance(parts, list):
            raise BadRule("all and any hold a list of rules.")
        for part in parts:
            check_rule(part, depth + 1)
    elif set(rule) == {"not"}:
        check_rule(rule["not"], depth + 1)
    elif set(rule) == {"field", "in"}:
        if rule["field"] not in FIELDS:
            known = ", ".join(FIELDS)
            raise BadRule(f'"{rule["field"]}" is not something an audience can ask. Use one of: {known}.')
        if not isinstance(rule["in"], list):
            raise BadRule("in holds a list of codes or numbers.")
    else:
        raise BadRule("Each part of the rule has exactly one of all, any, not, or field with in.")


def matches(rule: Rule, facts: Facts) -> bool:
    """Whether a position with these facts is in the audience.

    >>> nurse = Facts("health", "nurse", frozenset({1, 7}), 3, "in")
    >>> matches({"all": [{"field": "sector", "in": ["health"]}, {"not": {"field": "territory", "in": [2]}}]}, nurse)
    True
    """
    if "all" in rule:
        return all(matches(part, facts) for part in rule["all"])
    if "any" in rule:
        return any(matches(part, facts) for part in rule["any"])
    if "not" in rule:
        return not matches(rule["not"], facts)
    return _passes(rule, facts)


def _passes(test: Rule, facts: Facts) -> bool:
    if test["field"] == "territory":
        return not facts.territories.isdisjoint(test["in"])
    return getattr(facts, test["field"]) in test["in"]


def explain(rule: Rule, facts: Facts) -> list[Because]:
    """Every test of the rule with whether the position passes it, in the order it was written."""
    if "field" in rule:
        return [Because(rule["field"], tuple(rule["in"]), _passes(rule, facts))]
    parts = rule.get("all", rule.get("any", [rule["not"]] if "not" in rule else []))
    return [because for part in parts for because in explain(part, facts)]
