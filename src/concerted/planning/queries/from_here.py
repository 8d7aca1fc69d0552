"""What the response knows already, as a plan begins from it: places, posts, and whom a mandate still asks for."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
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

#: Less than this is a rounding, not a post.
LEAST = 1e-6
#: More territories than this make a page nobody reads; she plans for a part of them.
MOST_PLACES = 80
#: Stands for a key of a place, where one team answers for all.
AS_ONE = ""
#: Which sector most likely staffs a kind of service; the first that is there.
LIKELY: dict[ServiceKind, tuple[str, ...]] = {
    ServiceKind.HELPLINE: ("helpline", "women"),
    ServiceKind.ADVOCACY: ("women", "social"),
    ServiceKind.POLICE: ("police",),
    ServiceKind.HEALTH: ("health",),
    ServiceKind.SHELTER: ("women", "social"),
    ServiceKind.LEGAL_AID: ("justice", "women"),
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
    """What is known of a territory's parts on a day. `posts`: (key of a place, code of a sector) -> posts there."""

    on: date
    whole: Territory
    agency: Agency | None
    places: tuple[PlaceKnown, ...]
    posts: Mapping[tuple[str, str], Posts]
    needs: tuple[TrainingNeed, ...]
    joined: Mapping[str, float]

    def of(self, sector: str, as_one: bool = False) -> dict[str, Posts]:
        """A sector's posts by place, none where nobody wrote down any; `as_one`: all of them, under AS_ONE."""
        places = {place.key: self.posts.get((place.key, sector), Posts(0, 0)) for place in self.places}
        if not as_one:
            return places
        every = [*places.values(), self.in_no_part(sector)]
        return {AS_ONE: Posts(sum(one.meant for one in every), sum(one.filled for one in every))}

    def in_no_part(self, sector: str) -> Posts:
        """A sector's posts that stand in the whole territory and in none of its parts."""
        return self.posts.get((AS_ONE, sector), Posts(0, 0))


def likely_sector(kind: ServiceKind, sectors: Sequence[str]) -> str:
    """The sector that most likely staffs a kind of service, of those there are; empty where none is likely."""
    return next((code for code in LIKELY[kind] if code in sectors), "")


def sectors_named() -> dict[str, str]:
    """Sectors by code, as a form offers them. One query."""
    return {sector.code: sector.name for sector in Sector.objects.all()}


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
    facts = {"day": in_words(known.on), "sector": name, "meant": _plain(meant), "filled": _plain(filled)}
    return _("From the directory on %(day)s, %(sector)s: %(meant)s posts, %(filled)s filled") % facts


def _plain(value: float) -> str:
    return number(value, 0 if value == int(value) else 1)


def courses_for(known: Here, sectors: Mapping[str, str]) -> tuple[Course, ...]:
    """Trainings that mandates ask of the services; `sectors`: service -> code of its sector.

    A sector that staffs two services is trained once, with the first of them.
    """
    service_of: dict[str, str] = {}
    for service, sector in sectors.items():
        service_of.setdefault(sector, service)
    needs = [need for need in known.needs if need.sector in service_of and need.minutes]
    needs.sort(key=lambda need: -need.missing * need.minutes)
    return tuple(_course(known, need, service_of[need.sector]) for need in needs)


def _course(known: Here, need: TrainingNeed, service: str) -> Course:
    hours = need.minutes / 60
    again = round(hours * 12 / need.again_months, 2) if need.again_months else 0.0
    told = ngettext(
        "Mandate %(code)s on %(day)s: not in place at %(n)s post of %(all)s it binds, %(minutes)s minutes each",
        "Mandate %(code)s on %(day)s: not in place at %(n)s posts of %(all)s it binds, %(minutes)s minutes each",
        need.missing,
    )
    facts = {"code": need.code, "day": in_words(known.on), "n": number(need.missing), "all": number(need.bound)}
    source = told % (facts | {"minutes": number(need.minutes)})
    turnover = round(known.joined.get(need.sector, 0.0), 4)
    within = max(1, need.within_months)
    return Course(need.name, service, need.missing, round(hours, 2), within, again, turnover, source)


def kept_inputs(known: Here, sectors: Mapping[str, str], as_one: Collection[str]) -> dict[str, Any]:
    """What a kept plan remembers, so that its page can say when the directory says otherwise."""
    posts = {service: known.of(sector, service in as_one).values() for service, sector in sectors.items()}
    return {
        "on": known.on.isoformat(),
        "whole": known.whole.pk,
        "agency": known.agency.pk if known.agency else None,
        "places": {place.key: place.territory.pk for place in known.places},
        "sectors": dict(sectors),
        "as_one": sorted(as_one),
        "posts": {
            service: [sum(one.meant for one in own), sum(one.filled for one in own)] for service, own in posts.items()
        },
    }


@dataclass(frozen=True)
class Moved:
    """What a service's posts were when the plan was made, and what the directory says today."""

    service: str
    meant: float
    filled: float
    meant_today: float
    filled_today: float


def moved_since(inputs: Mapping[str, Any], on: date) -> tuple[Moved, ...]:
    """Services whose posts in the directory are others than when the plan was made. Three queries."""
    places: list[int] = list(inputs["places"].values())
    today = directory.staffing_of_parts(places, on, inputs["agency"], whole=inputs["whole"])
    found = []
    for service, (meant, filled) in inputs["posts"].items():
        asked = {*places, inputs["whole"]} if service in inputs["as_one"] else places
        now = [today.get((pk, inputs["sectors"][service]), directory.Staffed()) for pk in asked]
        held = (float(sum(one.meant for one in now)), float(sum(one.held for one in now)))
        if abs(held[0] - meant) > LEAST or abs(held[1] - filled) > LEAST:
            found.append(Moved(service, meant, filled, *held))
    return tuple(found)
