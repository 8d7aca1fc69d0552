"""The one access table: what each role may do to each kind of object, and the one function that asks it.

Every room declares its rows in its own `access.py` with `row(...)`, in the notation of the safety matrix:

    "R a"      may read (R) what belongs to the agency (a) the role was given for
    "CU r"     create and update inside the territory (r) of the role, and below it
    "R o"      own things only
    "R"        everywhere
    "R l"      lead contacts: people who hold a role today, anywhere
    "R g"      groups (g): those she is a member of, or the one the role was given for
    "RU n"     where nobody nearer (n) coordinates
    "C→2"      create, but a second person confirms
    "R o; G* r"  several grants

Verbs: R read, C create, U change, D remove, X export, G* counts, E only that it exists.
A role given for a group opens the cells that name `g` and no other: what a cell grants everywhere, or within an agency
or a territory, is for those who hold the role so.
A role that has no cell may do nothing: the answer is "not found", the same as for a thing that is not there.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.http import Http404

ROLES = (
    "visitor",
    "practitioner",
    "supervisor",
    "manager",
    "trainer",
    "author",
    "translator",
    "local_coordinator",
    "national_coordinator",
    "wellbeing_lead",
    "auditor",
    "administrator",
)
VERBS = frozenset({"R", "C", "U", "D", "X", "G*", "E"})
SCOPES = frozenset({"", "o", "a", "r", "l", "g", "n"})


@dataclass(frozen=True)
class Grant:
    """One cell's promise: these verbs, within this scope, alone or with a second person."""

    verbs: frozenset[str]
    scope: str = ""
    second: bool = False


@dataclass(frozen=True)
class Where:
    """Where an object stands: whose it is, which agencies or groups hold it, which territories lie above it or are it.

    `lead` is asked only for a grant that reaches lead contacts, because it costs a query; so is `unled`, whether nobody
    nearer coordinates there.
    """

    person_id: int | None = None
    agencies: frozenset[int] = frozenset()
    #: Asked for only where no role of an agency has opened already.
    territories: Callable[[], Collection[int]] = frozenset
    lead: Callable[[], bool] = lambda: False
    groups: frozenset[int] = frozenset()
    unled: Callable[[], bool] = lambda: False
    #: Whether it is somebody's own in another way than by being about her: a language she translates into.
    owned: Callable[[Any], bool] | None = None


@dataclass(frozen=True)
class HeldRole:
    """A role as one person holds it today. `scope_kind` is "agency", "territory", "group" or "everywhere"."""

    role: str
    scope_kind: str = "everywhere"
    scope_id: int | None = None


@dataclass(frozen=True)
class Reach:
    """How far a person's grants for one verb go; list queries filter by it."""

    everywhere: bool = False
    own: bool = False
    agencies: frozenset[int] = frozenset()
    territories: frozenset[int] = frozenset()
    leads: bool = False
    groups: frozenset[int] = frozenset()
    unled: bool = False

    def __bool__(self) -> bool:
        somewhere = self.agencies or self.territories or self.groups
        return self.everywhere or self.own or self.leads or self.unled or bool(somewhere)


@dataclass(frozen=True)
class Row:
    """One line of the table: an object's name, who may do what, and how to find where an object stands."""

    name: str
    cells: dict[str, tuple[Grant, ...]] = field(hash=False)
    where: Callable[[Any], Where] = field(hash=False, compare=False)


TABLE: dict[str, Row] = {}


def _parse(cell: str) -> tuple[Grant, ...]:
    grants = []
    for part in filter(None, (piece.strip() for piece in cell.split(";"))):
        letters, _, scope = part.partition(" ")
        second = letters.endswith("→2")
        letters = letters.removesuffix("→2")
        verbs = frozenset(letters.replace("G*", "")) | ({"G*"} if "G*" in letters else frozenset())
        if not verbs <= VERBS or scope not in SCOPES:
            raise ValueError(f"Cannot read access cell {cell!r}")
        grants.append(Grant(verbs, scope, second))
    return tuple(grants)


def row(name: str, *, where: Callable[[Any], Where] = lambda obj: Where(), **cells: str) -> Row:
    """Add a line to the table. `cells` maps a role to its grants; raises ValueError for an unknown role or cell."""
    unknown = set(cells) - set(ROLES)
    if unknown or name in TABLE:
        raise ValueError(f"Access row {name!r}: unknown role {unknown} or written twice")
    TABLE[name] = Row(name, {role: _parse(cell) for role, cell in cells.items()}, where)
    return TABLE[name]


_VISITOR = (HeldRole("visitor"),)
_SIGNED_IN = (*_VISITOR, HeldRole("practitioner"))


def _held(by: Any) -> Iterable[HeldRole]:
    if by is None or not getattr(by, "is_authenticated", False):
        yield from _VISITOR
        return
    yield from _SIGNED_IN
    yield from by.held_roles


def grants_of(line: Row, held: HeldRole) -> tuple[Grant, ...]:
    """What a role opens along this row as it is held: given for a group, only what the cell says of groups."""
    grants = line.cells.get(held.role, ())
    return tuple(grant for grant in grants if grant.scope == "g") if held.scope_kind == "group" else grants


def _stands_in(grant: Grant, held: HeldRole, by: Any, where: Where) -> bool:
    if grant.scope == "o":
        if where.owned is not None:
            return where.owned(by)
        return where.person_id is not None and where.person_id == by.pk
    if grant.scope == "a" and held.role == "practitioner":
        # Nobody is given this role: her agencies are those she works at.
        return not where.agencies.isdisjoint(by.works_at)
    if grant.scope == "a":
        return held.scope_kind == "agency" and held.scope_id in where.agencies
    if grant.scope == "r":
        return held.scope_kind == "everywhere" or (
            held.scope_kind == "territory" and held.scope_id in where.territories()
        )
    if grant.scope == "g" and held.role == "practitioner":
        return bool(where.groups) and not where.groups.isdisjoint(by.member_of)
    if grant.scope == "g":
        return held.scope_kind == "group" and held.scope_id in where.groups
    if grant.scope == "l":
        return where.lead()
    if grant.scope == "n":
        return where.unled()
    return True


def _opening(by: Any, verb: str, line: Row, obj: Any) -> Iterator[Grant]:
    """Every grant of hers that opens `verb` on `obj`; without `obj`, on anything at all."""
    where = None
    for held in _held(by):
        for grant in grants_of(line, held):
            if verb not in grant.verbs:
                continue
            if obj is not None and where is None:
                where = line.where(obj)
            if where is None or _stands_in(grant, held, by, where):
                yield grant


def may(by: Any, verb: str, line: Row, obj: Any = None) -> bool:
    """Whether `by` may do `verb` to `obj`; without `obj`, whether she may do it to anything at all."""
    if obj is None:
        # Her roles are asked for only where what everybody holds opens nothing.
        signed_in = by is not None and getattr(by, "is_authenticated", False)
        everybody = _SIGNED_IN if signed_in else _VISITOR
        return _anywhere(everybody, verb, line) or (signed_in and _anywhere(tuple(by.held_roles), verb, line))
    return any(True for _ in _opening(by, verb, line, obj))


@lru_cache(4096)
def _anywhere(roles: tuple[HeldRole, ...], verb: str, line: Row) -> bool:
    """Whether these roles open something: the same for all who hold them, and asked for every way in a page's head."""
    return any(verb in grant.verbs for held in roles for grant in grants_of(line, held))


def may_alone(by: Any, verb: str, line: Row, obj: Any = None) -> bool:
    """Whether she may do it without a second person."""
    return any(not grant.second for grant in _opening(by, verb, line, obj))


def reach(by: Any, verb: str, line: Row) -> Reach:
    """How far `by` may do `verb` along this row: everywhere, own things, lead contacts, named places, unled ones."""
    everywhere = own = leads = unled = False
    agencies: set[int] = set()
    territories: set[int] = set()
    groups: set[int] = set()
    for held in _held(by):
        for grant in grants_of(line, held):
            if verb not in grant.verbs:
                continue
            if grant.scope == "o":
                own = True
            elif grant.scope == "l":
                leads = True
            elif grant.scope == "n":
                unled = True
            elif grant.scope == "a" and held.role == "practitioner":
                agencies |= by.works_at
            elif grant.scope == "a" and held.scope_kind == "agency" and held.scope_id:
                agencies.add(held.scope_id)
            elif grant.scope == "g" and held.role == "practitioner":
                groups |= by.member_of
            elif grant.scope == "g" and held.scope_kind == "group" and held.scope_id:
                groups.add(held.scope_id)
            elif grant.scope == "r" and held.scope_kind == "territory" and held.scope_id:
                territories.add(held.scope_id)
            elif grant.scope == "" or (grant.scope == "r" and held.scope_kind == "everywhere"):
                everywhere = True
    return Reach(everywhere, own, frozenset(agencies), frozenset(territories), leads, frozenset(groups), unled)


def allow(by: Any, verb: str, line: Row, obj: Any = None, *, alone: bool = False) -> None:
    """Raise `Http404` unless `by` may, `alone` without a second person: absent and forbidden look alike."""
    if not (may_alone if alone else may)(by, verb, line, obj):
        raise Http404


def fetch(by: Any, verb: str, line: Row, queryset: Any, **lookup: Any) -> Any:
    """The one object of `queryset` that matches, if `by` may do `verb` to it; `Http404` otherwise, alike for both."""
    # PostgreSQL refuses to be asked about a NUL at all.
    asked = not any("\0" in value for value in lookup.values() if isinstance(value, str))
    found = queryset.filter(**lookup).first() if asked else None
    if found is None or not may(by, verb, line, found):
        raise Http404
    return found
