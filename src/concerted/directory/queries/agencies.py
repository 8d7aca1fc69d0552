from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from concerted.directory.access import people_shown_to
from concerted.directory.models import Agency, Establishment, Position, Profession, Territory
from concerted.directory.queries.positions import held_positions
from concerted.kit.prepared import Prepared

AgencyLine = Agency
_COLUMNS = [field.attname for field in Agency._meta.concrete_fields]
_WITH_PLACE = Prepared(
    lambda pk: Agency.objects.filter(pk=pk).order_by().values_list(*_COLUMNS, "territory__name"), int
)


def agency_with_place(pk: int) -> Agency | None:
    """One agency and the name of its territory, as the desk of its manager opens with it. One query."""
    for *columns, place in _WITH_PLACE.rows(pk):
        agency = Agency.from_db("default", _COLUMNS, columns)
        agency.territory = Territory(pk=agency.territory_id, name=place)
        return agency
    return None


@dataclass(frozen=True)
class Post:
    """A profession in an agency: posts that should be, share of full posts held, how many people hold them."""

    profession: Profession
    meant: Decimal | None
    held: Decimal
    people: int
    source: str = ""
    as_of: date | None = None

    @property
    def missing(self) -> Decimal:
        """Full posts that stand empty; 0 when nothing is known of what should be."""
        return max((self.meant or Decimal(0)) - self.held, Decimal(0))


def agencies_in_reach(by: Any, on: date, *, closed: bool = False) -> QuerySet[Agency]:
    """Agencies open on that day, or those closed by then.

    Each has `people`: how many work there, those who are hidden included.
    """
    people = (
        held_positions(on)
        .filter(agency=OuterRef("pk"))
        .order_by()
        .values("agency")
        .annotate(n=Count("person", distinct=True))
        .values("n")
    )
    state = Q(closed_on__lte=on) if closed else Q(closed_on=None) | Q(closed_on__gt=on)
    return (
        Agency.objects.filter(state)
        .select_related("sector", "territory")
        .annotate(people=Coalesce(Subquery(people), 0))
        .order_by("name", "id")
    )


def staff_of(agency: Agency, by: Any, on: date) -> QuerySet[Position]:
    """Positions held in the agency on that day, of the people `by` may find there."""
    return (
        held_positions(on)
        .filter(agency=agency, person__in=people_shown_to(by).order_by().values("pk"))
        .select_related("person", "profession", "territory")
        .order_by("person__name", "id")
    )


def people_at(agency: Agency, on: date) -> int:
    """How many people hold a post there on that day, those who are hidden included."""
    return held_positions(on).filter(agency=agency).order_by().values("person").distinct().count()


def _meant(agency: Agency, on: date) -> dict[int, list[Establishment]]:
    """The newest establishment of each profession and territory that holds on that day."""
    rows = (
        Establishment.objects.filter(agency=agency, as_of__lte=on).select_related("profession").order_by("as_of", "id")
    )
    newest = {(row.profession_id, row.territory_id): row for row in rows}
    by_profession: dict[int, list[Establishment]] = defaultdict(list)
    for row in newest.values():
        by_profession[row.profession_id].append(row)
    return by_profession


def _short(posts: Decimal) -> Decimal:
    """Without the noughts the database adds: 3.50 is 3.5, and 4.00 is 4."""
    return posts.quantize(Decimal(1)) if posts == posts.to_integral_value() else posts.normalize()


def posts_of(agency: Agency, on: date) -> list[Post]:
    """Posts held against posts that should be, the widest gap first. Everybody counts, hidden or not."""
    held = {
        row["profession"]: (row["share"], row["people"])
        for row in held_positions(on)
        .filter(agency=agency)
        .order_by()
        .values("profession")
        .annotate(share=Sum("share"), people=Count("person", distinct=True))
    }
    meant = _meant(agency, on)
    professions = Profession.objects.filter(pk__in=held.keys() | meant.keys())
    posts = [_post(one, meant.get(one.pk, []), *held.get(one.pk, (Decimal(0), 0))) for one in professions]
    return sorted(posts, key=lambda post: (-post.missing, post.profession.name))


def _post(profession: Profession, meant: list[Establishment], held: Decimal, people: int) -> Post:
    held = _short(held)
    if not meant:
        return Post(profession, None, held, people)
    newest = max(meant, key=lambda row: row.as_of)
    posts = _short(sum((row.posts for row in meant), Decimal(0)))
    return Post(profession, posts, held, people, newest.source, newest.as_of)


def establishments_of(agency: Agency) -> list[Establishment]:
    """Every number of posts ever set for the agency, the newest first."""
    rows = list(Establishment.objects.filter(agency=agency).select_related("profession").order_by("-as_of", "-id"))
    for row in rows:
        row.posts = _short(row.posts)
    return rows
