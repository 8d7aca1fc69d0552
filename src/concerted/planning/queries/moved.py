"""What a plan made from the directory remembers of it, and where the directory says otherwise since."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from concerted.directory import queries as directory
from concerted.planning.queries.from_here import Here, posts_in_words

#: Less than this is a rounding, not a post.
LEAST = 1e-6


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
    """What a service's posts were when the plan was made, and what the directory says today, as a page writes them."""

    service: str
    meant: str
    filled: str
    meant_today: str
    filled_today: str


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
            found.append(Moved(service, *map(posts_in_words, (meant, filled, *held))))
    return tuple(found)
