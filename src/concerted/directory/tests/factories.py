"""Small things to test with: one call, sensible defaults, nothing random."""

from datetime import date
from itertools import count
from typing import Any

from concerted.directory.models import Agency, AudienceVersion, Person, Position, Profession, Role, Sector, Territory
from concerted.directory.services.places import link_territory

_number = count(1)
LONG_AGO = date(2020, 1, 1)


def make_territory(name: str = "", parent: Territory | None = None, **changes: Any) -> Territory:
    territory = Territory.objects.create(name=name or f"Territory {next(_number)}", parent=parent, **changes)
    link_territory(territory)
    return territory


def make_sector(code: str = "health") -> Sector:
    return Sector.objects.get_or_create(code=code, defaults={"names": {"en": code.capitalize()}})[0]


def make_profession(code: str = "nurse", sector: Sector | None = None) -> Profession:
    found = Profession.objects.filter(code=code).first()
    return found or Profession.objects.create(
        code=code, sector=sector or make_sector(), names={"en": code.capitalize(), "fr": f"{code} (fr)"}
    )


def make_agency(name: str = "", territory: Territory | None = None, sector: Sector | None = None) -> Agency:
    return Agency.objects.create(
        name=name or f"Agency {next(_number)}",
        territory=territory or make_territory(),
        sector=sector or make_sector(),
    )


def make_person(name: str = "", email: str | None = "", **changes: Any) -> Person:
    number = next(_number)
    address = f"person{number}@example.org" if email == "" else email
    return Person.objects.create(name=name or f"Person {number}", email=address, **changes)


def make_position(
    person: Person | None = None,
    agency: Agency | None = None,
    profession: Profession | None = None,
    since: date = LONG_AGO,
    until: date | None = None,
    **changes: Any,
) -> Position:
    agency = agency or make_agency()
    return Position.objects.create(
        person=person or make_person(),
        agency=agency,
        profession=profession or make_profession(),
        since=since,
        until=until,
        **({"territory": agency.territory} | changes),
    )


def grant_role(person: Person, role: str, scope: Agency | Territory | None = None, since: date = LONG_AGO) -> Role:
    kind = {Agency: "agency", Territory: "territory"}.get(type(scope), "everywhere")
    giver = make_person("Giver", email=None)
    person.__dict__.pop("held_roles", None)
    return Role.objects.create(
        person=person,
        role=role,
        scope_kind=kind,
        scope_id=scope.pk if scope else None,
        since=since,
        by=giver,
        confirmed_by=giver,
    )


def make_audience(rule: dict[str, Any] | None = None, name: str = "") -> AudienceVersion:
    from django.utils import timezone

    from concerted.directory.models import Audience

    audience = Audience.objects.create(name=name or f"Audience {next(_number)}")
    return AudienceVersion.objects.create(
        audience=audience, no=1, rule=rule or {"all": []}, from_day=LONG_AGO, at=timezone.now()
    )
