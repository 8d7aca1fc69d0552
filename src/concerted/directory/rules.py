"""Audiences as pure logic: whether a position fits a rule, why, and whether a rule makes sense; who gives which role.

A rule is a tree: {"all": [rules]}, {"any": [rules]}, {"not": rule}, or a test {"field": F, "in": [values]}.
{"all": []} is everybody and {"any": []} nobody. A territory stands for itself and all below it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

FIELDS = ("sector", "profession", "territory", "agency", "stage", "language")
#: Fields whose values are the numbers of rows; the others hold codes.
NUMBERED = frozenset({"territory", "agency"})
STAGES = frozenset({"pre", "in"})
DEEPEST, MOST_VALUES, LONGEST = 12, 2000, 40
_GREATEST = 2**63 - 1
EVERYBODY: dict[str, Any] = {"all": []}
#: Numbers of fewer people are not shown, where a group or a sector is made small enough to ask after somebody.
FEWEST = 5


def can_be_read(name: str) -> bool:
    """Whether a name holds a letter or a digit of any script: one of signs that nobody sees would be an empty line.

    >>> can_be_read("أمل"), can_be_read("\u200b\u2060"), can_be_read("-")
    (True, False, False)
    """
    return any(sign.isalnum() for sign in name)


@dataclass(frozen=True)
class Facts:
    """What an audience may ask about a position. `territories` holds its territory and all above it."""

    sector: str
    profession: str
    territories: frozenset[int]
    agency: int
    stage: str = "in"
    language: str = ""


class RuleFault(ValueError):
    """A rule that cannot be read. `code` says how, `where` is the path to the part, `value` what stood there."""

    def __init__(self, code: str, where: str, value: object = "") -> None:
        super().__init__(f"{code} at {where or 'the top'}: {value!r}")
        self.code, self.where, self.value = code, where, value


def validate(rule: object) -> dict[str, Any]:
    """Return the rule when it can be read; raise RuleFault for the first part that cannot."""
    count = sum(_parts(rule, "", 1))
    if count > MOST_VALUES:
        raise RuleFault("too_many", "", count)
    assert isinstance(rule, dict)
    return rule


def _parts(rule: object, where: str, depth: int) -> Iterator[int]:
    if depth > DEEPEST:
        raise RuleFault("too_deep", where, depth)
    if not isinstance(rule, dict):
        raise RuleFault("not_a_rule", where, rule)
    if set(rule) == {"field", "in"}:
        yield _test(rule, where)
    elif set(rule) in ({"all"}, {"any"}):
        word = next(iter(rule))
        if not isinstance(rule[word], list):
            raise RuleFault("not_a_list", f"{where}/{word}", rule[word])
        for place, part in enumerate(rule[word], 1):
            yield 1
            yield from _parts(part, f"{where}/{word}/{place}", depth + 1)
    elif set(rule) == {"not"}:
        yield from _parts(rule["not"], f"{where}/not", depth + 1)
    else:
        raise RuleFault("unknown_words", where, ", ".join(sorted(map(str, rule))))


def _test(rule: Mapping[str, Any], where: str) -> int:
    field, values = rule["field"], rule["in"]
    if field not in FIELDS:
        raise RuleFault("unknown_field", where, field)
    if not isinstance(values, list):
        raise RuleFault("not_a_list", f"{where}/in", values)
    if not values:
        raise RuleFault("no_values", where, field)
    for value in values:
        _value(field, value, where)
    return len(values)


def _value(field: str, value: object, where: str) -> None:
    if field in NUMBERED:
        if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= _GREATEST:
            raise RuleFault("not_a_number", where, value)
    elif not isinstance(value, str) or len(value) > LONGEST or "\x00" in value:
        raise RuleFault("not_a_code", where, value)
    elif field == "stage" and value not in STAGES:
        raise RuleFault("unknown_stage", where, value)


def _fits(test: Mapping[str, Any], facts: Facts) -> bool:
    if test["field"] == "territory":
        return not facts.territories.isdisjoint(test["in"])
    return getattr(facts, test["field"]) in test["in"]


def matches(rule: Mapping[str, Any], facts: Facts) -> bool:
    """Whether a position with these facts is in the audience."""
    if "field" in rule:
        return _fits(rule, facts)
    if "not" in rule:
        return not matches(rule["not"], facts)
    if "all" in rule:
        return all(matches(part, facts) for part in rule["all"])
    return any(matches(part, facts) for part in rule["any"])


@dataclass(frozen=True)
class Part:
    """One line of the answer to "why am I in it": a test or a joining word, whether it holds, how deep it stands."""

    kind: str
    holds: bool
    depth: int
    field: str = ""
    values: tuple[Any, ...] = ()
    fitting: tuple[Any, ...] = ()


def explain(rule: Mapping[str, Any], facts: Facts, depth: int = 0) -> list[Part]:
    """The rule as a list of parts from the top down, each with whether it holds for these facts."""
    holds = matches(rule, facts)
    if "field" in rule:
        has = facts.territories if rule["field"] == "territory" else {getattr(facts, rule["field"])}
        fitting = tuple(value for value in rule["in"] if value in has)
        return [Part("test", holds, depth, rule["field"], tuple(rule["in"]), fitting)]
    kind = next(iter(rule))
    inner = [rule["not"]] if kind == "not" else rule[kind]
    return [Part(kind, holds, depth)] + [part for piece in inner for part in explain(piece, facts, depth + 1)]


def values_of(rule: Mapping[str, Any], field: str) -> set[Any]:
    """Every value the rule names for this field."""
    if "field" in rule:
        return set(rule["in"]) if rule["field"] == field else set()
    inner = [rule["not"]] if "not" in rule else rule.get("all", rule.get("any", []))
    return {value for part in inner for value in values_of(part, field)}


def within(rule: Mapping[str, Any], kind: str, scope_id: int | None) -> dict[str, Any]:
    """The rule kept inside an agency or a territory; unchanged for everywhere and when it is inside already."""
    if kind == "everywhere":
        return dict(rule)
    border = {"field": kind, "in": [scope_id]}
    if set(rule) == {"all"}:
        return dict(rule) if border in rule["all"] else {"all": [border, *rule["all"]]}
    return {"all": [border, dict(rule)]}


def without(rule: Mapping[str, Any], kind: str, scope_id: int | None) -> dict[str, Any]:
    """What its authors wrote themselves: the rule without the border that `within` adds."""
    border = {"field": kind, "in": [scope_id]}
    if set(rule) != {"all"} or border not in rule["all"]:
        return dict(rule)
    place = rule["all"].index(border)
    return {"all": [*rule["all"][:place], *rule["all"][place + 1 :]]}


Ticked = dict[str, list[Any]]


def from_ticks(wanted: Ticked, excepted: Ticked) -> dict[str, Any]:
    """A rule out of what a form ticks: any of the values of a field, all of the fields, and none of the exceptions."""
    parts: list[dict[str, Any]] = [{"field": field, "in": wanted[field]} for field in FIELDS if wanted.get(field)]
    but = [{"field": field, "in": excepted[field]} for field in FIELDS if excepted.get(field)]
    return {"all": [*parts, {"not": {"any": but}}] if but else parts}


def to_ticks(rule: Mapping[str, Any]) -> tuple[Ticked, Ticked] | None:
    """The way back: (wanted, excepted), or None for a rule that says more than a form can tick."""
    parts = rule["all"] if set(rule) == {"all"} else [rule]
    wanted: Ticked = {}
    excepted: Ticked = {}
    for part in parts:
        tests, into = ([part], wanted) if "not" not in part else (_alternatives(part["not"]), excepted)
        for test in tests:
            if "field" not in test or test["field"] in into:
                return None
            into[test["field"]] = list(test["in"])
    return wanted, excepted


def _alternatives(rule: Mapping[str, Any]) -> list[Any]:
    return list(rule["any"]) if "any" in rule else [rule]


def bounds_of(rule: Mapping[str, Any]) -> frozenset[int]:
    """The territories outside which the rule can reach nobody; empty when it may reach anywhere.

    >>> sorted(bounds_of({"all": [{"field": "stage", "in": ["in"]}, {"field": "territory", "in": [7, 8]}]}))
    [7, 8]
    >>> bounds_of({"any": [{"field": "territory", "in": [7]}, {"field": "stage", "in": ["in"]}]})
    frozenset()
    """
    if rule.get("field") == "territory":
        return frozenset(rule["in"])
    return next((bounds for part in rule.get("all", ()) if (bounds := bounds_of(part))), frozenset())


#: Who may give which role. Nobody gives herself one, and never for more than she holds: see `scope_within`.
GIVES: dict[str, frozenset[str]] = {
    "manager": frozenset({"supervisor", "manager"}),
    "local_coordinator": frozenset({"supervisor", "manager", "trainer", "local_coordinator"}),
    "national_coordinator": frozenset(
        {
            "supervisor",
            "manager",
            "trainer",
            "author",
            "translator",
            "local_coordinator",
            "national_coordinator",
            "wellbeing_lead",
        }
    ),
    "administrator": frozenset(
        {
            "supervisor",
            "manager",
            "trainer",
            "author",
            "translator",
            "local_coordinator",
            "national_coordinator",
            "wellbeing_lead",
            "auditor",
            "administrator",
        }
    ),
}
#: Where a role may be held.
SCOPES_OF: dict[str, frozenset[str]] = {
    "supervisor": frozenset({"agency"}),
    "manager": frozenset({"agency"}),
    "trainer": frozenset({"agency", "group", "territory", "everywhere"}),
    "author": frozenset({"territory", "everywhere"}),
    "translator": frozenset({"territory", "everywhere"}),
    "local_coordinator": frozenset({"territory"}),
    "national_coordinator": frozenset({"everywhere"}),
    "wellbeing_lead": frozenset({"everywhere"}),
    "auditor": frozenset({"everywhere"}),
    "administrator": frozenset({"everywhere"}),
}
#: A manager invites to her own agency alone; every other giver needs a second person.
ALONE = frozenset({"manager"})


#: What opens confidential or intimate things never takes effect without a second person.
NEVER_ALONE = frozenset({"wellbeing_lead"})
#: How long a weighty act waits, announced and open to withdrawal, where nobody else could be the second person.
ALONE_AFTER = timedelta(hours=24)


def may_act_alone_from(proposed_at: datetime) -> datetime:
    """When an act proposed then takes effect by itself, if nobody else could confirm it."""
    return proposed_at + ALONE_AFTER


def confirmers_of(role: str) -> frozenset[str]:
    """The roles whose holders may be the second person for this one."""
    return frozenset(giver for giver, given in GIVES.items() if role in given)


@dataclass(frozen=True)
class Scope:
    """What a role is for; `territories` holds the territories above and at it, so that "within" is a look-up."""

    kind: str
    id: int | None = None
    territories: frozenset[int] = frozenset()


def scope_within(outer_kind: str, outer_id: int | None, scope: Scope) -> bool:
    """Whether `scope` lies within what the giver holds."""
    if outer_kind == "everywhere":
        return True
    if outer_kind in ("agency", "group"):
        return scope.kind == outer_kind and scope.id == outer_id
    return outer_id in scope.territories


def may_give(giver_role: str, giver_kind: str, giver_id: int | None, role: str, scope: Scope) -> bool:
    """Whether the holder of one role may give another, for this scope."""
    return (
        role in GIVES.get(giver_role, frozenset())
        and scope.kind in SCOPES_OF.get(role, frozenset())
        and scope_within(giver_kind, giver_id, scope)
    )
