"""Writes the places and agencies of the demonstration."""

from datetime import date, datetime
from decimal import Decimal

from concerted.directory import services as directory
from concerted.directory.models import Agency, Establishment, Profession, Response, Sector, Territory
from concerted.directory.standard import add_standard
from concerted.packs.demo import country
from concerted.packs.demo.country import AgencyPlan

SOURCE = "Invented for the demonstration"


def write_response(at: datetime) -> None:
    """The response itself."""
    Response.objects.update_or_create(
        pk=1,
        defaults={
            "name": f"Coordinated response of {country.COUNTRY}",
            "languages": ["en", "fr", "es", "ar"],
            "set_up_at": at,
        },
    )


def write_places(year: int, at: datetime) -> dict[str, Territory]:
    """The tree of territories with who lives there: a country, 3 regions, 12 local areas."""
    top = directory.add_territory(None, country.COUNTRY, level="Country", by=None, at=at)
    places, totals = {country.COUNTRY: top}, [0, 0]
    for name, (_kept_up, areas) in country.REGIONS.items():
        region = places[name] = directory.add_territory(top, name, level="Region", by=None, at=at)
        for area in areas:
            places[area] = directory.add_territory(region, area, level="Local area", by=None, at=at)
            _people_living(places[area], country.PEOPLE_LIVING[area], year, at)
        sums = [sum(country.PEOPLE_LIVING[area][n] for area in areas) for n in (0, 1)]
        _people_living(region, sums, year, at)
        totals = [have + more for have, more in zip(totals, sums, strict=True)]
    _people_living(top, totals, year, at)
    return places


def _people_living(place: Territory, counts: tuple[int, int] | list[int], year: int, at: datetime) -> None:
    for sex, persons in zip(("women", "persons"), counts, strict=True):
        directory.set_population(place, year, sex, persons, SOURCE, by=None, at=at)


def write_agencies(places: dict[str, Territory], on: date) -> list[tuple[Agency, AgencyPlan]]:
    """About sixty agencies in seven sectors, each with the posts it should have filled."""
    add_standard()
    sectors = {sector.code: sector for sector in Sector.objects.all()}
    professions = {profession.code: profession for profession in Profession.objects.all()}
    made = [
        (Agency(name=plan.name.format(place=place), sector=sectors[plan.sector], territory=places[place]), plan)
        for place, plan in _planned()
    ]
    Agency.objects.bulk_create(agency for agency, _plan in made)
    Establishment.objects.bulk_create(
        Establishment(
            agency=agency,
            profession=professions[code],
            territory=agency.territory,
            as_of=on,
            posts=Decimal(round(number * 1.08)),
            source=SOURCE,
        )
        for agency, plan in made
        for code, number in plan.staff
        if number
    )
    return made


def _planned() -> list[tuple[str, AgencyPlan]]:
    areas = [area for _kept_up, some in country.REGIONS.values() for area in some]
    planned = [(area, plan) for area in areas for plan in country.LOCAL]
    planned += [(region, plan) for region in country.REGIONS for plan in country.REGIONAL]
    return planned + [(country.COUNTRY, plan) for plan in country.NATIONAL]
