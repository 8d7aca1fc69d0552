"""Who may do what in the directory, and where people, agencies and territories stand."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from concerted.directory.models import (
    Agency,
    Group,
    Membership,
    Person,
    Position,
    ProposedPlace,
    Role,
    Territory,
    TerritoryLink,
)
from concerted.directory.nearer import nobody_nearer, somebody_nearer
from concerted.kit import access
from concerted.kit.access import Reach, Where, row
from concerted.kit.prepared import Prepared

_ABOVE = Prepared(
    lambda territory: TerritoryLink.objects.filter(descendant=territory).order_by().values_list("ancestor_id"), int
)


def _above_one(territory_id: int) -> Callable[[], frozenset[int]]:
    """The territories that contain this one, itself included; read when they are first asked for, and once."""
    return cache(lambda: frozenset(ancestor for (ancestor,) in _ABOVE.rows(territory_id)))


def above(territory_ids: Any) -> Callable[[], frozenset[int]]:
    """The same of several: the territories that contain any of these."""
    links = TerritoryLink.objects.filter(descendant__in=territory_ids)
    return cache(lambda: frozenset(links.order_by().values_list("ancestor_id", flat=True).distinct()))


def where_territory(territory: Territory) -> Where:
    """A territory stands in itself and in all above it."""
    return Where(territories=_above_one(territory.pk))


def where_agency(agency: Agency) -> Where:
    """An agency stands in itself and in its territory and all above it."""
    return Where(agencies=frozenset({agency.pk}), territories=_above_one(agency.territory_id))


def where_person(person: Person) -> Where:
    """A person stands where she works or will: her agencies, and the territories of her positions.

    Once all have ended she stands in the territory of the last, for whoever coordinates there, and in no agency.
    """
    today = timezone.localdate()
    rows = list(Position.objects.filter(person=person).order_by().values_list("agency_id", "territory_id", "until"))
    ended = [until for *_, until in rows if until is not None]
    held = [row for row in rows if row[2] is None or row[2] > today]
    placing = held or [row for row in rows if row[2] == max(ended)]
    places = above({territory for _, territory, _ in placing}) if placing else frozenset
    unled = nobody_nearer(places, person.pk)
    return Where(person.pk, frozenset(agency for agency, *_ in held), places, _lead(person), unled=unled)


def _lead(person: Person) -> Callable[[], bool]:
    """Whether she is a lead contact: whoever holds a role today, unless she asked not to be shown."""
    return lambda: not person.hidden and bool(person.held_roles)


def where_position(position: Position) -> Where:
    """A position belongs to its person and stands in its agency and territory."""
    return Where(
        position.person_id,
        frozenset({position.agency_id}),
        _above_one(position.territory_id),
        lambda: _lead(position.person)(),
    )


def where_shown(person: Person) -> Where:
    """The same, but somebody who asked not to be shown stands nowhere: only she finds herself."""
    return Where(person_id=person.pk) if person.hidden else where_person(person)


def where_group(group: Group) -> Where:
    """A group stands in itself, and in its territory and all above it."""
    return Where(territories=_above_one(group.territory_id), groups=frozenset({group.pk} if group.pk else ()))


def where_membership(membership: Membership) -> Where:
    """A membership belongs to its person and stands where the group does."""
    return replace(where_group(membership.group), person_id=membership.person_id)


def where_import(file: Any) -> Where:
    """A file belongs to who brought it, and to the agencies and territories she works for."""
    return Where(file.by_id, frozenset(_scopes(file.by, "agency")), lambda: _scopes(file.by, "territory"))


def _scopes(person: Any, kind: str) -> set[int]:
    return {held.scope_id for held in person.held_roles if held.scope_kind == kind and held.scope_id}


def _where_place(place: Any) -> Where:
    """What is entered stands where it will; what shall stand at the top of the tree stands in no territory."""
    if isinstance(place, ProposedPlace):
        return where_territory(place.territory) if place.territory else Where()
    return where_agency(place) if isinstance(place, Agency) else where_territory(place)


def _where_role(role: Any) -> Where:
    """A role or an audience stands at its scope; one for everywhere stands in no agency and no territory."""
    if role.scope_kind == "agency":
        agency = Agency.objects.filter(pk=role.scope_id).first()
        return where_agency(agency) if agency else Where()
    if role.scope_kind == "group":
        group = Group.objects.filter(pk=role.scope_id).first()
        return where_group(group) if group else Where()
    return Where(territories=above([role.scope_id])) if role.scope_kind == "territory" else Where()


PLACES = row(
    "territory and agency",
    where=_where_place,
    practitioner="R",
    local_coordinator="CU r",
    national_coordinator="C→2; U",
    auditor="R",
)
#: A colleague's entry, minus those who asked not to be shown.
ENTRY = row(
    "directory entry of another",
    where=where_shown,
    practitioner="R o; R a",
    supervisor="R a",
    manager="R a",
    trainer="R a",
    local_coordinator="R r",
    national_coordinator="R l",
    administrator="R a",
)
#: One's own staff, whoever is hidden included: somebody has to keep their posts right.
STAFF = row(
    "staff of an agency", where=where_agency, manager="RCU a", local_coordinator="CU r", national_coordinator="CU"
)
STAFF_MEMBER = row("one's own staff member", where=where_person, manager="RU a")
POSITION = row(
    "position",
    where=where_position,
    practitioner="R o",
    manager="RU a",
    local_coordinator="U r",
    national_coordinator="U l",
)
#: Posts that should be, against posts held.
ESTABLISHMENT = row(
    "staffing: posts and who is meant to hold them",
    where=where_agency,
    practitioner="E",
    supervisor="R",
    manager="CRU a",
    local_coordinator="RU r",
    national_coordinator="R",
    auditor="R",
)
#: Whether two entries are one person is said by whoever coordinates nearest, of entries she may see.
JOINING = row(
    "joining of two entries of one person",
    where=where_shown,
    local_coordinator="U r",
    national_coordinator="U n",
)
OWN_PROFILE = row("own profile and safety settings", where=where_person, practitioner="RU o")
ROLES = row(
    "accounts and roles",
    where=_where_role,
    manager="RCU a",
    local_coordinator="RCU→2 r",
    national_coordinator="RCU→2",
    auditor="R",
    administrator="RCU→2",
)
AUDIENCE = row(
    "audience", where=_where_role, manager="RCU a", local_coordinator="RCU r", national_coordinator="RCU", auditor="R"
)
#: Who learns or works together across agencies. Confidential sub-groups are another row, to come.
GROUP = row(
    "open group",
    where=where_group,
    practitioner="R g",
    trainer="R g",
    local_coordinator="CRU r",
    national_coordinator="CRU",
    auditor="R",
)
#: Whoever is in a group leaves it by herself.
MEMBER = row(
    "membership of an open group",
    where=where_membership,
    practitioner="U o",
    local_coordinator="CU r",
    national_coordinator="CU",
)
IMPORT = row(
    "import", where=where_import, manager="RC a", local_coordinator="RC r", national_coordinator="RC", auditor="R"
)
SET_UP = row("setting up of the response", national_coordinator="RU", administrator="RU")


def filter_agencies(reach: Reach, queryset: QuerySet[Any], field: str = "") -> QuerySet[Any]:
    """Keep what lies within `reach`: agencies themselves, or with `field` the rows whose agency stands there."""
    if reach.everywhere:
        return queryset
    prefix = f"{field}__" if field else ""
    within = TerritoryLink.objects.filter(ancestor__in=reach.territories).order_by().values("descendant")
    inside = Q(**{f"{field or 'pk'}__in": reach.agencies})
    if reach.territories:
        inside |= Q(**{f"{prefix}territory__in": within})
    return queryset.filter(inside)


def filter_territories(reach: Reach, queryset: QuerySet[Any]) -> QuerySet[Any]:
    """Keep the territories at or below those of `reach`."""
    if reach.everywhere:
        return queryset
    return queryset.filter(
        pk__in=TerritoryLink.objects.filter(ancestor__in=reach.territories).order_by().values("descendant")
    )


def filter_groups(reach: Reach, queryset: QuerySet[Group]) -> QuerySet[Group]:
    """Keep the groups within `reach`: those it names, and those of its territories and all below."""
    if reach.everywhere:
        return queryset
    inside = Q(pk__in=reach.groups)
    if reach.territories:
        within = TerritoryLink.objects.filter(ancestor__in=reach.territories).order_by().values("descendant")
        inside |= Q(territory__in=within)
    return queryset.filter(inside)


def _placing() -> QuerySet[Position]:
    """The positions by which people stand in a territory: those held or to come; where all have ended, the last."""
    later = Position.objects.filter(Q(until=None) | Q(until__gt=OuterRef("until")), person=OuterRef("person"))
    held = Q(until=None) | Q(until__gt=timezone.localdate())
    return Position.objects.filter(held | ~Exists(later.order_by())).order_by()


def at_work_in(reach: Reach) -> QuerySet[Any]:
    """The ids of whoever works, or will, within `reach`: not of those who left."""
    held = Position.objects.filter(Q(until=None) | Q(until__gt=timezone.localdate())).order_by()
    return filter_agencies(reach, held, "agency").values("person")


def _standing_in(reach: Reach) -> Q:
    """Who stands within `reach`, as `where_person` has it."""
    within = Q(pk__in=at_work_in(Reach(agencies=reach.agencies)))
    if reach.territories:
        there = Reach(territories=reach.territories)
        within |= Q(pk__in=filter_agencies(there, _placing(), "agency").values("person"))
    return within


def people_shown_to(by: Any) -> QuerySet[Any]:
    """The people `by` may find: herself, her own staff, and of the others those who did not ask to stay hidden."""
    entries, staff = access.reach(by, "R", ENTRY), access.reach(by, "R", STAFF_MEMBER)
    shown = Q(pk=by.pk)
    if entries.everywhere:
        shown |= Q(hidden=False)
    elif entries.agencies or entries.territories:
        shown |= Q(hidden=False) & _standing_in(entries)
    if entries.leads:
        shown |= Q(hidden=False, pk__in=Role.in_force(timezone.localdate()).order_by().values("person"))
    if staff:
        shown |= _standing_in(staff)
    return Person.objects.filter(shown, erased_at=None)


def people_in(reach: Reach) -> QuerySet[Person]:
    """The people who stand within `reach`; everybody, with a post or without, when it is everywhere."""
    people = Person.objects.filter(erased_at=None)
    if reach.everywhere:
        return people
    within = _standing_in(reach)
    return people.filter(within | ~Q(pk__in=people_led()) if reach.unled else within)


def people_led() -> QuerySet[Any]:
    """The ids of whoever stands where somebody nearer than the country coordinates, but for herself."""
    return _placing().filter(somebody_nearer("territory", "person")).values("person")


def people_to_give_a_role(by: Any) -> QuerySet[Person]:
    """Whom `by` may give a role, once she has found her: of those she may see, or within what she gives roles for."""
    within = people_in(access.reach(by, "C", ROLES)).order_by().values("pk")
    return Person.objects.filter(Q(pk__in=people_shown_to(by).order_by().values("pk")) | Q(pk__in=within))


def people_to_add(by: Any) -> QuerySet[Person]:
    """Whom `by` may add to a group, once she has found her: who works within what she makes groups for."""
    return people_in(access.reach(by, "C", MEMBER))
