"""Conditions and effects of ours as SugarCube writes them.

trust >= 4 and not promised     $trust gte 4 and not $promised
trust -1                        $trust to Math.clamp($trust - 1, 0, 10)
"""

from collections.abc import Mapping

from concerted.practice.scenario.conditions import Compare, Condition, Effect, Not, Sum
from concerted.practice.scenario.story import Variable

_SAID = {">=": "gte", "<=": "lte", "=": "is", "!=": "isnot", ">": "gt", "<": "lt"}
_ONE = Sum(((1, 1),))


def condition_out(condition: Condition, named: Mapping[str, Variable], *, inner: bool = False) -> str:
    """A condition for SugarCube; `inner`: in brackets where it stands beside others."""
    if isinstance(condition, Compare):
        return _compared(condition, named)
    if isinstance(condition, Not):
        # SugarCube's not binds more closely than a comparison.
        said = condition_out(condition.inner, named)
        return f"not {said}" if said.startswith("$") and " " not in said else f"not ({said})"
    said = (" and " if condition.every else " or ").join(
        condition_out(part, named, inner=True) for part in condition.parts
    )
    return f"({said})" if inner else said


def _compared(one: Compare, named: Mapping[str, Variable]) -> str:
    name = one.left.parts[0][1]
    flag = isinstance(name, str) and name in named and named[name].high == 1
    if flag and len(one.left.parts) == 1 and one.op == ">=" and one.right == _ONE:
        return f"${name}"
    return f"{_sum(one.left)} {_SAID[one.op]} {_sum(one.right)}"


def _sum(one: Sum) -> str:
    first, *rest = one.parts
    return _term(first[1]) + "".join(f" {'+' if sign > 0 else '-'} {_term(part)}" for sign, part in rest)


def _term(part: str | int) -> str:
    return f"${part}" if isinstance(part, str) else str(part)


def effect_out(effect: Effect, named: Mapping[str, Variable]) -> str:
    """A change for SugarCube's <<set>>, kept within the range of the number."""
    known = named[effect.name]
    if effect == Effect(effect.name, "=", 1) and known.high == 1:
        return f"${effect.name} to true"
    if effect.how == "=" and known.low <= effect.amount <= known.high:
        return f"${effect.name} to {effect.amount}"
    after = f"{effect.amount}" if effect.how == "=" else f"${effect.name} {effect.how} {effect.amount}"
    return f"${effect.name} to Math.clamp({after}, {known.low}, {known.high})"
