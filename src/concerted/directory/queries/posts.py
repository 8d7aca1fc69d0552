from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, Sum

from concerted.directory.models import Establishment, TerritoryLink
from concerted.directory.queries.positions import held_positions


@dataclass(frozen=True)
class PostsHeld:
    """Posts that should exist in a territory and below it, and how many are held. `as_of`: the newest number."""

    meant: Decimal
    held: Decimal
    as_of: date


def posts_below(territory_id: int, on: date) -> PostsHeld | None:
    """Posts held against posts that should exist on a day, at any depth; None where nobody wrote what should.

    A post too many in one agency or profession does not make up for one that is missing elsewhere. Two queries.
    """
    within = TerritoryLink.objects.filter(ancestor=territory_id).order_by().values("descendant")
    open_then = Q(agency__closed_on=None) | Q(agency__closed_on__gt=on)
    rows = Establishment.objects.filter(open_then, territory__in=within, as_of__lte=on).order_by("as_of", "id")
    newest = {(row.agency_id, row.profession_id, row.territory_id): row for row in rows}
    if not any(row.posts for row in newest.values()):
        return None
    meant: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
    for (agency, profession, _territory), row in newest.items():
        meant[agency, profession] += row.posts
    shares = (
        held_positions(on)
        .filter(territory__in=within)
        .order_by()
        .values_list("agency", "profession")
        .annotate(share=Sum("share"))
    )
    held = {(agency, profession): share for agency, profession, share in shares}
    filled = sum((min(posts, held.get(key, Decimal(0))) for key, posts in meant.items()), Decimal(0))
    return PostsHeld(sum(meant.values(), Decimal(0)), filled, max(row.as_of for row in newest.values()))
