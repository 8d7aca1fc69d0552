"""What many take for true: in a group, for whoever is about to teach it, and beyond for those who plan training."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from concerted.directory.models import Agency, Group, Profession, Sector, Territory
from concerted.directory.rules import FEWEST
from concerted.kit import access
from concerted.kit.guards import Request, reads
from concerted.kit.tables import Column, Filter, Table
from concerted.practice.rules import FEWEST_COUNTED
from concerted.text import queries as text
from concerted.training.access import (
    MISCONCEPTIONS,
    MISCONCEPTIONS_AGENCY,
    MISCONCEPTIONS_SECTOR,
    MISCONCEPTIONS_TERRITORY,
    MISCONCEPTIONS_WIDE,
)
from concerted.training.models import MisconceptionShare
from concerted.training.queries.misconceptions import (
    agencies_told,
    group_report,
    last_counted,
    territories_told,
    told,
    wide_report,
)
from concerted.training.queries.stayed import stayed_in

Kind = MisconceptionShare.Kind


@reads(MISCONCEPTIONS, "G*")
def group(request: Request, public: str) -> HttpResponse:
    """Which misconceptions are held in a group, by how many, and what has stayed of tests: shares, no names."""
    groups = Group.objects.select_related("territory")
    shown = access.fetch(request.user, "G*", MISCONCEPTIONS, groups, public=public)
    reading = text.reading_language(request.user)
    report = group_report(shown, timezone.localdate(), reading.code)
    stayed = () if report.too_few else stayed_in(shown, timezone.localdate(), reading.code)
    context = {"group": shown, "report": report, "stayed": stayed, "fewest": FEWEST}
    return render(request, "training/misconceptions.html", context)


@reads(MISCONCEPTIONS_WIDE, "G*")
def index(request: Request) -> HttpResponse:
    """The agencies, territories, sectors and professions whose numbers she may read."""
    places = access.reach(request.user, "G*", MISCONCEPTIONS_TERRITORY)
    agencies = access.reach(request.user, "G*", MISCONCEPTIONS_AGENCY)
    tables = []
    if places:
        tables.append(_table(territories_told(places), _territory, _("Territories"), "territory-", request))
    if agencies:
        tables.append(_table(agencies_told(agencies), _agency, _("Agencies"), "agency-", request))
    named: list[tuple[str, list[tuple[str, Any]]]] = []
    if access.may(request.user, "G*", MISCONCEPTIONS_SECTOR):
        for kind, model, heading in (
            (Kind.SECTOR, Sector, _("Sectors")),
            (Kind.PROFESSION, Profession, _("Professions")),
        ):
            named.append((heading, _ways(kind, told(kind, model))))
    context = {"tables": tables, "named": named, "counted_on": last_counted(), "asked": FEWEST_COUNTED}
    return render(request, "training/misconceptions_index.html", context)


def _ways(kind: Kind, things: Iterable[Any]) -> list[tuple[str, Any]]:
    return [(reverse(f"training:misconceptions_{kind}", args=[one.code]), one) for one in things]


def _agency(agency: Agency) -> str:
    href = reverse("training:misconceptions_agency", args=[agency.public])
    return format_html('<a href="{}">{}</a>', href, agency.name)


def _territory(territory: Territory) -> str:
    href = reverse("training:misconceptions_territory", args=[territory.pk])
    return format_html('<a href="{}">{}</a>', href, territory.name)


def _table(rows: Any, linked: Any, caption: str, prefix: str, request: Request) -> Table:
    return Table(
        [Column("name", _("Name"), value=linked, sort="name", plain=lambda one: one.name)],
        rows,
        request.GET,
        caption=caption,
        filters=[Filter("q", _("Name"), ("name__icontains",))],
        order="name",
        prefix=prefix,
        empty=_("No numbers may be shown yet."),
    )


@reads(MISCONCEPTIONS_AGENCY, "G*")
def agency(request: Request, public: str) -> HttpResponse:
    """What many take for true in an agency."""
    found = access.fetch(request.user, "G*", MISCONCEPTIONS_AGENCY, Agency.objects.all(), public=public)
    return _wide(request, Kind.AGENCY, found)


@reads(MISCONCEPTIONS_TERRITORY, "G*")
def territory(request: Request, pk: int) -> HttpResponse:
    """What many take for true in the agencies of a territory and of all below it."""
    found = access.fetch(request.user, "G*", MISCONCEPTIONS_TERRITORY, Territory.objects.all(), pk=pk)
    return _wide(request, Kind.TERRITORY, found)


@reads(MISCONCEPTIONS_SECTOR, "G*")
def sector(request: Request, code: str) -> HttpResponse:
    """What many take for true in a sector, in the whole country."""
    return _wide(request, Kind.SECTOR, get_object_or_404(Sector, code=code))


@reads(MISCONCEPTIONS_SECTOR, "G*")
def profession(request: Request, code: str) -> HttpResponse:
    """What many take for true in a profession, in the whole country."""
    return _wide(request, Kind.PROFESSION, get_object_or_404(Profession, code=code))


def _wide(request: Request, kind: Kind, found: Any) -> HttpResponse:
    reading = text.reading_language(request.user)
    report = wide_report(kind, found.pk, reading.code)
    context = {
        "name": found.name,
        "report": report,
        "counted_on": report.counted_on,
        "fewest": FEWEST,
        "asked": FEWEST_COUNTED,
    }
    return render(request, "training/misconceptions_wide.html", context)


def way_to_misconceptions(by: Any, group: Group) -> tuple[str, str] | None:
    """The way from the page of a group to this report, for whoever may see it."""
    if not access.may(by, "G*", MISCONCEPTIONS, group):
        return None
    return _("Before a session: what many get wrong"), reverse("training:misconceptions", args=[group.public])
