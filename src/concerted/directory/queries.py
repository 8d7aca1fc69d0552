from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from concerted.directory.models import Agency, AudienceVersion, Position, Profession, TerritoryLink
from concerted.directory.rules import Facts, Rule


def held_positions(on: date) -> QuerySet[Position]:
    """Positions held on a day."""
    return Position.objects.filter(Q(until=None) | Q(until__gt=on), since__lte=on)


def descendants(territory_id: int) -> QuerySet[TerritoryLink, int]:
    """Ids of a territory and all below it, for `__in`."""
    return TerritoryLink.objects.filter(ancestor=territory_id).values("descendant")  # type: ignore[return-value]


def position_facts(positions: Sequence[Position]) -> dict[int, Facts]:
    """What audience rules may ask of each position; four queries for any number of them."""
    above: dict[int, set[int]] = {}
    links = TerritoryLink.objects.filter(descendant__in={p.territory_id for p in positions})
    for descendant, ancestor in links.values_list("descendant_id", "ancestor_id"):
        above.setdefault(descendant, set()).add(ancestor)
    professions = dict(Profession.objects.values_list("id", "code"))
    sectors = dict(
        Agency.objects.filter(pk__in={p.agency_id for p in positions}).values_list("id", "sector__code")
    )
    languages = dict(Position.objects.filter(pk__in=[p.pk for p in positions]).values_list("pk", "person__language"))
    frozen = {territory: frozenset(ancestors) for territory, ancestors in above.items()}
    return {
        p.pk: Facts(
            sectors[p.agency_id],
            professions[p.profession_id],
            frozen.get(p.territory_id, frozenset()),
            p.agency_id,
            p.stage,
            languages[p.pk],
        )
        for p in positions
    }


_COLUMNS = {
    "sector": "agency__sector__code__in",
    "profession": "profession__code__in",
    "agency": "agency__in",
    "stage": "stage__in",
    "language": "person__language__in",
}


def compiled(rule: Rule) -> Q:
    """The rule as one condition on positions; agrees with `rules.matches` for every rule and position."""
    if "all" in rule:
        condition = Q()
        for part in rule["all"]:
            condition &= compiled(part)
        return condition
    if "any" in rule:
        condition = Q(pk__in=[])
        for part in rule["any"]:
            condition |= compiled(part)
        return condition
    if "not" in rule:
        inner = compiled(rule["not"])
        # "not everybody" is nobody; ~Q() would be everybody.
        return ~inner if inner else Q(pk__in=[])
    if rule["field"] == "territory":
        return Q(territory__in=TerritoryLink.objects.filter(ancestor__in=rule["in"]).values("descendant"))
    return Q(**{_COLUMNS[rule["field"]]: rule["in"]})


def in_audience(version: AudienceVersion, on: date) -> QuerySet[Position]:
    """Positions held on a day that the audience holds."""
    return held_positions(on).filter(compiled(version.rule))
