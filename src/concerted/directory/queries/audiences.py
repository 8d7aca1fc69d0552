from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from concerted.directory import rules
from concerted.directory.models import Agency, AudienceVersion, Position, Profession, Sector, TerritoryLink
from concerted.directory.queries.positions import held_positions, position_facts
from concerted.directory.queries.territories import above_in_words

_LOOKUPS = {
    "sector": "agency__sector__code__in",
    "profession": "profession__code__in",
    "agency": "agency__in",
    "stage": "stage__in",
    "language": "person__language__in",
}


def compile_rule(rule: Mapping[str, Any]) -> Q:
    """The rule as one condition on positions; it keeps exactly those that `rules.matches` says fit."""
    if "field" in rule:
        return _compile_test(rule)
    if "not" in rule:
        return ~compile_rule(rule["not"])
    if "all" in rule:
        # An empty Q disappears when it is negated, so "everybody" is written as "not nobody".
        whole = ~Q(pk__in=[])
        for part in rule["all"]:
            whole &= compile_rule(part)
        return whole
    whole = Q(pk__in=[])
    for part in rule["any"]:
        whole |= compile_rule(part)
    return whole


def _compile_test(rule: Mapping[str, Any]) -> Q:
    if rule["field"] == "territory":
        # A subquery, not a join: below "not", a join over many links would keep what it should drop.
        within = TerritoryLink.objects.filter(ancestor__in=rule["in"]).order_by().values("descendant")
        return Q(territory__in=within)
    return Q(**{_LOOKUPS[rule["field"]]: rule["in"]})


def in_audience(version: AudienceVersion, on: date) -> QuerySet[Position]:
    """The positions held on that day that the audience reaches."""
    return held_positions(on).filter(compile_rule(version.rule))


def count_rule(rule: Mapping[str, Any], on: date) -> int:
    """How many positions held on that day the rule reaches."""
    return held_positions(on).filter(compile_rule(rule)).count()


@dataclass(frozen=True)
class Reason:
    """One line of "why am I in it": a sentence, whether it holds, and how deep it stands."""

    text: str
    holds: bool
    depth: int


def _names(*of: Mapping[str, Any]) -> dict[tuple[str, Any], str]:
    def named(field: str) -> set[Any]:
        return {value for rule in of for value in rules.values_of(rule, field)}

    sectors = Sector.objects.filter(code__in=named("sector"))
    professions = Profession.objects.filter(code__in=named("profession"))
    agencies = Agency.objects.filter(pk__in=named("agency"))
    names: dict[tuple[str, Any], str] = {("sector", one.code): one.name for one in sectors}
    names |= {("profession", one.code): one.name for one in professions}
    names |= {("agency", one.pk): one.name for one in agencies}
    for pk, words in above_in_words(named("territory")).items():
        names["territory", pk] = words
    names |= {("stage", code): str(label) for code, label in Position.Stage.choices}
    names |= {("language", code): str(label) for code, label in settings.LANGUAGES}
    return names


def _sentence(part: rules.Part, names: Mapping[tuple[str, Any], str]) -> str:
    values = _(", ").join(names.get((part.field, value), str(value)) for value in part.values)
    sentences = {
        "all": _("All of these:") if part.depth else _("Everybody for whom all of these hold:"),
        "any": _("At least one of these:"),
        "not": _("Not this:"),
        "sector": _("works in the sector %(values)s") % {"values": values},
        "profession": _("works as %(values)s") % {"values": values},
        "territory": _("works in %(values)s or below") % {"values": values},
        "agency": _("works at %(values)s") % {"values": values},
        "stage": _("stage: %(values)s") % {"values": values},
        "language": _("reads %(values)s") % {"values": values},
    }
    return sentences[part.field or part.kind]


def why_in(rule: Mapping[str, Any], position: Position) -> list[Reason]:
    """Why the position is in the audience, or why not, line by line in the reader's language."""
    parts = rules.explain(rule, position_facts([position])[position.pk])
    names = _names(rule)
    return [Reason(_sentence(part, names), part.holds, part.depth) for part in parts]


def rule_in_words(rule: Mapping[str, Any]) -> list[Reason]:
    """The rule itself, line by line in the reader's language; `holds` says nothing here."""
    return rules_in_words([rule])[0]


def rules_in_words(of: Sequence[Mapping[str, Any]]) -> list[list[Reason]]:
    """Several rules line by line, with the same few queries for any number of them."""
    names = _names(*of)
    return [_in_words(rule, names) for rule in of]


def _in_words(rule: Mapping[str, Any], names: Mapping[tuple[str, Any], str]) -> list[Reason]:
    if rule == rules.EVERYBODY:
        return [Reason(_("Everybody who holds a position"), True, 0)]
    nowhere = rules.Facts("", "", frozenset(), 0)
    return [Reason(_sentence(part, names), True, part.depth) for part in rules.explain(rule, nowhere)]
