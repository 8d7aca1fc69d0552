"""Writes the people of the demonstration: some two thousand, most without an account; one for each role has one."""

import random
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import make_password

from concerted.directory import services as directory
from concerted.directory.models import Agency, Person, Position, Profession, Territory
from concerted.packs.demo import country
from concerted.packs.demo.accounts import ACCOUNTS, LEARNERS, PASSWORD
from concerted.packs.demo.country import AgencyPlan


def write_staff(
    agencies: list[tuple[Agency, AgencyPlan]], chance: random.Random, on: date, at: datetime
) -> list[Position]:
    """People in their posts, started over ten years, some lately; a few left during the last year and a half."""
    professions = {profession.code: profession for profession in Profession.objects.all()}
    unusable = make_password(None)
    people, positions = [], []
    for agency, plan in agencies:
        for code, number in plan.staff:
            for _n in range(number):
                name = f"{chance.choice(country.GIVEN)} {chance.choice(country.FAMILY)}"
                person = Person(name=name, email=None, password=unusable, joined_at=at)
                people.append(person)
                positions.append(_position(person, agency, professions[code], chance, on))
    Person.objects.bulk_create(people)
    Position.objects.bulk_create(positions, batch_size=2000)
    return positions


def _position(person: Person, agency: Agency, profession: Profession, chance: random.Random, on: date) -> Position:
    lately = chance.random() < 0.09
    days = chance.randint(5, 150) if lately else chance.randint(200, 3600)
    student = profession.code == "health-student"
    since = on - timedelta(days=chance.randint(60, 700) if student else days)
    until = None
    if not lately and not student and chance.random() < 0.05:
        until = on - timedelta(days=chance.randint(10, 180))
    stage = Position.Stage.PRE_QUALIFYING if student else Position.Stage.IN_SERVICE
    return Position(
        person=person,
        agency=agency,
        profession=profession,
        territory=agency.territory,
        since=since,
        until=until if until and until > since else None,
        stage=stage,
    )


def write_accounts(places: dict[str, Territory], on: date, at: datetime) -> dict[str, Position]:
    """The people with an account, their posts and roles. Keyed by login."""
    agencies = {agency.name: agency for agency in Agency.objects.all()}
    professions = {profession.code: profession for profession in Profession.objects.all()}
    password = make_password(PASSWORD)
    held = {}
    for account in ACCOUNTS:
        person = Person.objects.create(
            name=account.name, email=account.email, language=account.language, password=password, joined_at=at
        )
        held[account.login] = Position.objects.create(
            person=person,
            agency=agencies[account.agency],
            territory=agencies[account.agency].territory,
            profession=professions[account.profession],
            since=on - timedelta(days=150 if account.login in LEARNERS else 420),
        )
        if account.role:
            kind, scope = _scope(account.scope, agencies, places)
            directory.grant_role(person, account.role, kind, scope, since=on - timedelta(days=400), by=None, at=at)
    return held


def _scope(name: str, agencies: dict[str, Agency], places: dict[str, Territory]) -> tuple[str, int | None]:
    if name in agencies:
        return "agency", agencies[name].pk
    if name in places:
        return "territory", places[name].pk
    return "everywhere", None
