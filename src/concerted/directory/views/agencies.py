from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from concerted.directory import queries, services
from concerted.directory.access import (
    AUDIENCE,
    ESTABLISHMENT,
    PLACES,
    POSITION,
    STAFF,
    filter_agencies,
    filter_territories,
)
from concerted.directory.forms import AgencyForm
from concerted.directory.models import Agency, Position, Sector, Territory
from concerted.directory.services.agencies import AgencyRefused
from concerted.directory.views.waiting import told
from concerted.kit import access
from concerted.kit.guards import Request, reads, writes
from concerted.kit.tables import Column, Filter, Table


def _linked(agency: Agency) -> str:
    return format_html('<a href="{}">{}</a>', reverse("directory:agency", args=[agency.public]), agency.name)


@reads(PLACES)
def index(request: Request) -> HttpResponse:
    """The agencies of the response, to find one by name, place or sector."""
    closed = request.GET.get("closed") == "1"
    sectors = [(sector.code, sector.name) for sector in Sector.objects.all()]
    table = Table(
        [
            Column("name", _("Agency"), value=_linked, sort="name", plain=lambda agency: agency.name),
            Column("sector", _("Sector"), value=lambda agency: agency.sector.name),
            Column("territory", _("Where"), value=lambda agency: agency.territory.name, sort="territory__name"),
            Column("people", _("People"), numeric=True, sort="people"),
        ],
        queries.agencies_in_reach(request.user, timezone.localdate(), closed=closed),
        request.GET,
        caption=_("Agencies"),
        filters=[
            Filter("q", _("Name or place"), ("name__icontains", "territory__name__icontains")),
            Filter("sector", _("Sector"), ("sector__code",), sectors),
        ],
        order="name",
        empty=_("No agency is closed.") if closed else _("No agency is entered yet."),
    )
    may = {"add": access.may(request.user, "C", PLACES), "audiences": access.may(request.user, "R", AUDIENCE)}
    waiting = queries.places_that_wait(access.reach(request.user, "C", PLACES)).count() if may["add"] else 0
    context = {"table": table, "may": may, "closed": closed, "waiting": waiting}
    return render(request, "directory/agencies.html", context)


@reads(PLACES)
def page(request: Request, public: str) -> HttpResponse:
    """One agency: what it is, its posts, and its people as far as the reader may see them."""
    agencies = Agency.objects.select_related("sector", "territory")
    agency = access.fetch(request.user, "R", PLACES, agencies, public=public)
    today = timezone.localdate()
    keeps = access.may(request.user, "C", STAFF, agency)
    staff = list(queries.staff_of(agency, request.user, today)[:500])
    context = {
        "agency": agency,
        "above": queries.ancestors_of(agency.territory_id),
        "posts": queries.posts_of(agency, today) if access.may(request.user, "R", ESTABLISHMENT, agency) else [],
        "staff": staff,
        "people": queries.people_at(agency, today),
        "keeps": keeps,
        "may_end": _posts_to_end(request, staff) if keeps else set(),
        "may_set": access.may(request.user, "U", ESTABLISHMENT, agency),
        "may_close": access.may(request.user, "U", PLACES, agency),
    }
    return render(request, "directory/agency.html", context)


def _posts_to_end(request: Request, staff: list[Position]) -> set[int]:
    """Whoever keeps an agency ends every post in it; who coordinates the country ends those of lead contacts only."""
    reach = access.reach(request.user, "U", POSITION)
    if not reach.leads:
        return {held.pk for held in staff}
    leads = queries.leads_among([held.person_id for held in staff], timezone.localdate())
    mine: set[int] = set()
    if reach.agencies or reach.territories:
        # She holds another role besides, for this agency or for a territory it works in.
        posts = Position.objects.filter(pk__in=[held.pk for held in staff]).order_by()
        mine = set(filter_agencies(reach, posts, "agency").values_list("pk", flat=True))
    return mine | {held.pk for held in staff if held.person_id in leads}


@writes(PLACES, "C")
def add(request: Request) -> HttpResponse:
    """Enter an agency."""
    reach = access.reach(request.user, "C", PLACES)
    within = filter_territories(reach, Territory.objects.all())
    form = AgencyForm(within, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            place = services.enter_agency(**form.cleaned_data, by=request.user, at=timezone.now())
        except AgencyRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, told(place))
            return (
                redirect("directory:agency", public=place.public)
                if isinstance(place, Agency)
                else redirect("directory:waiting")
            )
    return render(request, "directory/form.html", {"form": form, "heading": _("Enter an agency"), "next": _("Save")})
