"""Short ways to make what tests need; every name left out is made up and unlike the others."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from concerted.directory.models import (
    Agency,
    Audience,
    AudienceVersion,
    Group,
    Membership,
    Person,
    Position,
    Profession,
    Role,
    Sector,
    Territory,
    TerritoryLink,
)

_numbers = count(1)
LONG_AGO = date(2020, 1, 1)


def make_territory(name: str = "", parent: Territory | None = None, **fields: Any) -> Territory:
    territory = Territory.objects.create(name=name or f"Territory {next(_numbers)}", parent=parent, **fields)
    TerritoryLink.objects.create(ancestor=territory, descendant=territory, depth=0)
    above = TerritoryLink.objects.filter(descendant=parent) if parent else []
    for link in above:
        TerritoryLink.objects.create(ancestor=link.ancestor, descendant=territory, depth=link.depth + 1)
    return territory


def make_sector(code: str = "", **fields: Any) -> Sector:
    code = code or f"sector-{next(_numbers)}"
    return Sector.objects.get_or_create(code=code, defaults={"names": {"en": code.title()}} | fields)[0]


def make_profession(code: str = "", sector: Sector | None = None, **fields: Any) -> Profession:
    code = code or f"profession-{next(_numbers)}"
    found = Profession.objects.filter(code=code).first()
    return found or Profession.objects.create(
        code=code, sector=sector or make_sector(), **{"names": {"en": code.title()}} | fields
    )


def make_agency(
    name: str = "", *, sector: Sector | None = None, territory: Territory | None = None, **fields: Any
) -> Agency:
    return Agency.objects.create(
        name=name or f"Agency {next(_numbers)}",
        sector=sector or make_sector(),
        territory=territory or make_territory(),
        **fields,
    )


def make_person(name: str = "", *, email: str | None = None, password: str = "", **fields: Any) -> Person:
    """A person; with `password` she can sign in. Without an e-mail she gets a made-up one; email="" leaves it out."""
    number = next(_numbers)
    address = f"person{number}@example.org" if email is None else email or None
    person = Person(name=name or f"Person {number}", email=address, **fields)
    if password:
        person.set_password(password)
    else:
        person.set_unusable_password()
    person.save()
    return person


def make_position(
    person: Person | None = None,
    agency: Agency | None = None,
    profession: Profession | None = None,
    *,
    since: date = LONG_AGO,
    **fields: Any,
) -> Position:
    agency = agency or make_agency()
    fields.setdefault("territory", agency.territory)
    return Position.objects.create(
        person=person or make_person(),
        agency=agency,
        profession=profession or make_profession(sector=agency.sector),
        since=since,
        **fields,
    )


def make_group(name: str = "", territory: Territory | None = None, *people: Person, **fields: Any) -> Group:
    """An open group with these people in it since long ago."""
    fields = {"kind": "cohort", "territory": territory or make_territory()} | fields
    group = Group.objects.create(name=name or f"Group {next(_numbers)}", **fields)
    for person in people:
        Membership.objects.create(group=group, person=person, since=LONG_AGO)
        person.__dict__.pop("member_of", None)
    return group


def grant_role(
    person: Person, role: str, scope: Agency | Territory | Group | None = None, *, since: date = LONG_AGO, **fields: Any
) -> Role:
    """A role in force, as the system gives it; `scope` is an agency, a territory, a group, or None for everywhere."""
    kind = {Agency: "agency", Territory: "territory", Group: "group", type(None): "everywhere"}[type(scope)]
    scope_id = scope.pk if scope else None
    person.__dict__.pop("held_roles", None)
    return Role.objects.create(person=person, role=role, scope_kind=kind, scope_id=scope_id, since=since, **fields)


def make_audience(rule: dict[str, Any] | None = None, name: str = "", *, from_day: date = LONG_AGO) -> AudienceVersion:
    audience = Audience.objects.create(name=name or f"Audience {next(_numbers)}")
    return AudienceVersion.objects.create(
        audience=audience,
        no=1,
        rule={"all": []} if rule is None else rule,
        from_day=from_day,
        at=datetime(2020, 1, 1, tzinfo=UTC),
    )
