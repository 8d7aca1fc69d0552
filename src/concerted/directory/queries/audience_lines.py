from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Value

from concerted.directory.access import filter_agencies, filter_territories, people_shown_to
from concerted.directory.models import Agency, Audience, AudienceVersion, Person, Position, Territory
from concerted.directory.queries.audiences import Reason, compile_rule, rules_in_words, why_in
from concerted.directory.queries.positions import held_positions
from concerted.directory.queries.territories import above_in_words
from concerted.kit.access import Reach


@dataclass(frozen=True)
class Reached:
    """Whom a rule reaches on a day: people, the posts they hold, and the agencies where they hold them."""

    people: int
    posts: int
    agencies: int


@dataclass(frozen=True)
class AudienceLine:
    """One audience as the list shows it: its newest version, for whom it was made, how many people it reaches."""

    id: int
    name: str
    place: str
    from_day: date
    people: int


@dataclass(frozen=True)
class Wording:
    """One version in words."""

    no: int
    from_day: date
    lines: list[Reason]


@dataclass(frozen=True)
class Why:
    """One position of a person, and line by line why the audience reaches it or not."""

    position: Position
    holds: bool
    lines: list[Reason]


def reached_by(rule: Mapping[str, Any], on: date) -> Reached:
    """How many people, posts and agencies the rule reaches on that day. One query."""
    held = held_positions(on).filter(compile_rule(rule)).order_by()
    found = held.aggregate(
        people=Count("person", distinct=True), posts=Count("pk"), agencies=Count("agency", distinct=True)
    )
    return Reached(found["people"], found["posts"], found["agencies"])


def audiences_in_reach(reach: Reach) -> QuerySet[Audience]:
    """The audiences that belong to what lies within `reach`."""
    rows = Audience.objects.all()
    if not reach.everywhere:
        agencies = filter_agencies(reach, Agency.objects.all()).order_by().values("pk")
        territories = filter_territories(reach, Territory.objects.all()).order_by().values("pk")
        rows = rows.filter(
            Q(scope_kind="agency", scope_id__in=agencies) | Q(scope_kind="territory", scope_id__in=territories)
        )
    return rows.order_by("name", "id")


def places_of(audiences: Sequence[Audience]) -> dict[int, str]:
    """For which agency or territory each audience was made, by its id; empty for everywhere. Two queries."""
    agencies = [one.scope_id for one in audiences if one.scope_kind == "agency" and one.scope_id]
    names = dict(Agency.objects.filter(pk__in=agencies).order_by().values_list("pk", "name"))
    above = above_in_words(one.scope_id for one in audiences if one.scope_kind == "territory" and one.scope_id)
    by_kind: dict[str, Mapping[int, str]] = {"agency": names, "territory": above}
    return {one.pk: by_kind.get(one.scope_kind, {}).get(one.scope_id or 0, "") for one in audiences}


def newest_versions(audiences: Sequence[Audience]) -> dict[int, AudienceVersion]:
    """The newest version of each audience, by the audience's id. One query."""
    rows = AudienceVersion.objects.filter(audience__in=[one.pk for one in audiences]).order_by("no")
    return {row.audience_id: row for row in rows}


def _people_of(versions: Mapping[int, AudienceVersion], on: date) -> dict[int, int]:
    """How many people each version reaches, in one statement: a count for each, put one under the other."""
    counts = [
        held_positions(on)
        .filter(compile_rule(version.rule))
        .order_by()
        .annotate(which=Value(pk))
        .values("which")
        .annotate(n=Count("person", distinct=True))
        .values_list("which", "n")
        for pk, version in versions.items()
    ]
    if not counts:
        return {}
    rows = counts[0].union(*counts[1:], all=True) if len(counts) > 1 else counts[0]
    return dict(rows)


def audience_lines(audiences: Sequence[Audience], on: date) -> list[AudienceLine]:
    """Each audience with what the list says of it, in the order given; four queries for any number of them."""
    newest, places = newest_versions(audiences), places_of(audiences)
    people = _people_of(newest, on)
    return [
        AudienceLine(one.pk, one.name, places[one.pk], newest[one.pk].from_day, people.get(one.pk, 0))
        for one in audiences
        if one.pk in newest
    ]


def wordings_of(audience: Audience) -> list[Wording]:
    """Every version in words, the newest first."""
    versions = list(AudienceVersion.objects.filter(audience=audience).order_by("-no"))
    words = rules_in_words([version.rule for version in versions])
    return [Wording(one.no, one.from_day, lines) for one, lines in zip(versions, words, strict=True)]


def members_shown_to(by: Any, rule: Mapping[str, Any], on: date) -> QuerySet[Position]:
    """The positions the rule reaches on that day, of the people `by` may find, by name."""
    return (
        held_positions(on)
        .filter(compile_rule(rule), person__in=people_shown_to(by).order_by().values("pk"))
        .select_related("person", "profession", "agency")
        .order_by("person__name", "id")
    )


def people_named(by: Any, asked: str, on: date) -> list[Person]:
    """Up to ten people `by` may find who hold a position on that day and whose name contains what she typed."""
    held = held_positions(on).order_by().values("person")
    return list(people_shown_to(by).filter(name__icontains=asked, pk__in=held).order_by("name", "id")[:10])


def why_person(rule: Mapping[str, Any], person: Person, on: date) -> list[Why]:
    """For each position she holds on that day, whether and why the rule reaches it."""
    held = held_positions(on).filter(person=person).select_related("agency", "profession").order_by("id")
    return [Why(one, lines[0].holds, lines) for one in held for lines in [why_in(rule, one)]]
