"""What the response knows already, as a plan begins from it: places, posts, and whom a mandate still asks for."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concerted.capacity import queries as capacity
from concerted.capacity.queries import TrainingNeed
from concerted.directory import queries as directory
from concerted.directory.models import Agency, Sector, Territory
from concerted.kit.dates import in_words
from concerted.kit.digits import number
from concerted.planning.rules.kinds import ServiceKind
from concerted.planning.rules.plan.facts import Course, Posts, place_key

#: More territories than this make a page nobody reads; she plans for a part of them.
MOST_PLACES = 80
#: Stands for a key of a place, where one team answers for all.
AS_ONE = ""
#: Who most likely staffs a kind of service: a sector, or one profession of it; the first that is there.
LIKELY: dict[ServiceKind, tuple[str, ...]] = {
    ServiceKind.HELPLINE: ("helpline",),
    ServiceKind.ADVOCACY: ("women/advocate", "women"),
    ServiceKind.POLICE: ("police",),
    ServiceKind.HEALTH: ("health",),
    ServiceKind.SHELTER: ("women/shelter-worker",),
    ServiceKind.LEGAL_AID: (),
}


@dataclass(frozen=True)
class PlaceKnown:
    """A territory of the plan by its key, who lives there, and the source; None where nobody counted."""

    key: str
    territory: Territory
    people: int | None
    women: int | None
    source: str


@dataclass(frozen=True)
class Here:
    """What is known of a territory's parts on a day. `posts`: (key of a place, whose) -> posts there, as
    `directory.staffing_of_parts` has them."""

    on: date
    whole: Territory
    agency: Agency | None
    places: tuple[PlaceKnown, ...]
    posts: Mapping[tuple[str, str], Posts]
    needs: tuple[TrainingNeed, ...]
    joined: Mapping[str, float]

    def of(self, whose: str, as_one: bool = False) -> dict[str, Posts]:
        """Posts of a sector or profession by place, none where nobody wrote any; `as_one`: all, under AS_ONE."""
        places = {place.key: self.posts.get((place.key, whose), Posts(0, 0)) for place in self.places}
        if not as_one:
            return places
        every = [*places.values(), self.in_no_part(whose)]
        return {AS_ONE: Posts(sum(one.meant for one in every), sum(one.filled for one in every))}

    def in_no_part(self, whose: str) -> Posts:
        """Posts of a sector or profession that stand in the whole territory and in none of its parts."""
        return self.posts.get((AS_ONE, whose), Posts(0, 0))


def likely_staff(kind: ServiceKind, there: Collection[str]) -> str:
    """Who most likely staffs a kind of service, of those there are; empty where nobody is likely."""
    return next((whose for whose in LIKELY[kind] if whose in there), "")


def staff_named() -> dict[str, str]:
    """Sectors and their professions, by what `Here.posts` calls them. Two queries."""
    named: dict[str, str] = {}
    for sector in Sector.objects.prefetch_related("professions"):
        named[sector.code] = sector.name
        for profession in sector.professions.all():
            named[f"{sector.code}/{profession.code}"] = f"{sector.name}: {profession.name}"
    return named


def counted_twice(chosen: Mapping[str, str]) -> list[tuple[str, str]]:
    """Pairs of services that count the same posts: what staffs one staffs the other, too."""
    staffed = [(service, whose) for service, whose in chosen.items() if whose]
    return [
        (one, other)
        for (one, whose), (other, as_well) in combinations(staffed, 2)
        if whose == as_well or whose.startswith(f"{as_well}/") or as_well.startswith(f"{whose}/")
    ]


def known_here(whole: Territory, on: date, agency: Agency | None = None) -> Here:
    """What the directory and the mandates in force say of what lies right below a territory. Nine queries."""
    parts = directory.parts_of(whole)
    ids = [part.pk for part in parts]
    keys = {part.pk: place_key(part.name, part.pk) for part in parts}
    one = agency.pk if agency else None
    counted = directory.women_and_persons(ids, on)
    staffed = directory.staffing_of_parts(ids, on, one, whole=whole.pk)
    keys.setdefault(whole.pk, AS_ONE)
    posts = {
        (keys[place], sector): Posts(float(found.meant), float(found.held))
        for (place, sector), found in staffed.items()
    }
    needs = tuple(need for need in capacity.training_needs(ids, on, one) if need.missing)
    places = tuple(_place(keys[part.pk], part, counted) for part in parts)
    return Here(on, whole, agency, places, posts, needs, directory.joined_in_a_year(ids, on, one))


def _place(key: str, part: Territory, counted: Mapping[tuple[int, str], Any]) -> PlaceKnown:
    found = [counted.get((part.pk, sex)) for sex in ("persons", "women")]
    people, women = (row.persons if row else None for row in found)
    sources = dict.fromkeys(f"{row.source} ({row.year})" for row in found if row)
    return PlaceKnown(key, part, people, women, "; ".join(sources))


def source_of(known: Here, sector: str, name: str, as_one: bool) -> str:
    """How a plan says where posts come from: "From the directory on 27 November 2026, Health: 12 posts, 9 filled"."""
    own = known.of(sector, as_one).values()
    meant, filled = sum(one.meant for one in own), sum(one.filled for one in own)
    facts = {
        "day": in_words(known.on),
        "sector": name,
        "meant": posts_in_words(meant),
        "filled": posts_in_words(filled),
    }
    return _("From the directory on %(day)s, %(sector)s: %(meant)s posts, %(filled)s filled") % facts


def posts_in_words(value: float) -> str:
    """Posts as a reader writes them: a tenth only where they are no whole number."""
    return number(value, 0 if value == int(value) else 1)


def courses_for(known: Here, chosen: Mapping[str, str]) -> tuple[Course, ...]:
    """Trainings that mandates ask of the services, most hours first; `chosen`: service -> who staffs it.

    Whoever staffs two services is trained once, with the first of them.
    """
    service_of: dict[str, str] = {}
    for service, whose in chosen.items():
        service_of.setdefault(whose, service)
    asked: dict[tuple[str, str], list[TrainingNeed]] = {}
    for need in known.needs:
        found = service_of.get(f"{need.sector}/{need.profession}") or service_of.get(need.sector)
        if found and need.minutes:
            asked.setdefault((need.code, found), []).append(need)
    courses = [_course(known, needs, service) for (_code, service), needs in asked.items()]
    return tuple(sorted(courses, key=lambda one: -one.people * one.hours))


def _course(known: Here, needs: Sequence[TrainingNeed], service: str) -> Course:
    first, missing, bound = needs[0], sum(need.missing for need in needs), sum(need.bound for need in needs)
    hours = first.minutes / 60
    again = round(hours * 12 / first.again_months, 2) if first.again_months else 0.0
    told = ngettext(
        "Mandate %(code)s on %(day)s: not in place at %(n)s post of %(all)s it binds, %(minutes)s minutes each",
        "Mandate %(code)s on %(day)s: not in place at %(n)s posts of %(all)s it binds, %(minutes)s minutes each",
        missing,
    )
    facts = {"code": first.code, "day": in_words(known.on), "n": number(missing), "all": number(bound)}
    source = told % (facts | {"minutes": number(first.minutes)})
    turnover = round(known.joined.get(first.sector, 0.0), 4)
    within = max(1, first.within_months)
    return Course(first.name, service, missing, round(hours, 2), within, again, turnover, source)
