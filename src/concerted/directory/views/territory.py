from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from concerted.directory import queries, services
from concerted.directory.access import PLACES
from concerted.directory.models import Agency, Territory
from concerted.directory.place_forms import PopulationForm
from concerted.directory.services.territories import TerritoryRefused
from concerted.kit import access
from concerted.kit.guards import Request, reads, writes
from concerted.kit.tables import Column, Table


def _linked(agency: Agency) -> str:
    return format_html('<a href="{}">{}</a>', reverse("directory:agency", args=[agency.public]), agency.name)


@reads(PLACES)
def page(request: Request, pk: int) -> HttpResponse:
    """One territory: where it lies, who lives there, its parts and its agencies."""
    place = access.fetch(request.user, "R", PLACES, Territory.objects.all(), pk=pk)
    on = timezone.localdate()
    agencies = Table(
        [
            Column("name", _("Agency"), value=_linked, sort="name"),
            Column("sector", _("Sector"), value=lambda agency: agency.sector.name),
            Column("territory", _("Where"), value=lambda agency: agency.territory.name, sort="territory__name"),
        ],
        queries.agencies_within(place, on),
        request.GET,
        caption=_("Agencies here and below"),
        order="name",
        empty=_("No agency works here yet."),
    )
    context = {
        "place": place,
        "above": queries.ancestors_of(place.pk),
        "years": queries.years_of(place),
        "lines": queries.territory_tree(place, on),
        "table": agencies,
        "closed": list(queries.agencies_closed_within(place, on)[:25]),
        "may_change": access.may(request.user, "U", PLACES, place),
    }
    return render(request, "directory/territory.html", context)


@writes(PLACES, "U")
def count(request: Request, pk: int) -> HttpResponse:
    """Say who lives there, by year and source."""
    place = access.fetch(request.user, "U", PLACES, Territory.objects.all(), pk=pk)
    form = PopulationForm(request.POST or None, initial={"year": timezone.localdate().year})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            services.set_populations(
                place, said["year"], form.counted(), said["source"], by=request.user, at=timezone.now()
            )
        except TerritoryRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("directory:territory", pk=place.pk)
    context = {"form": form, "place": place, "above": queries.ancestors_of(place.pk)}
    return render(request, "directory/population.html", context)
