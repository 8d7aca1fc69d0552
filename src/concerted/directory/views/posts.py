from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.directory import queries, services
from concerted.directory.access import ESTABLISHMENT, PLACES
from concerted.directory.models import Agency
from concerted.directory.place_forms import CloseForm, PostsForm
from concerted.directory.services.agencies import AgencyRefused, StillHeld
from concerted.kit import access
from concerted.kit.guards import Request, writes


@writes(ESTABLISHMENT, "U")
def page(request: Request, public: str) -> HttpResponse:
    """The posts an agency should have, beside those held, and the form to set a number."""
    agencies = Agency.objects.select_related("territory")
    agency = access.fetch(request.user, "U", ESTABLISHMENT, agencies, public=public)
    history = queries.establishments_of(agency)
    asked = request.GET.get("profession", "")
    latest = next((one for one in history if one.profession.code == asked), None)
    first = {"profession": latest.profession_id, "posts": latest.posts, "source": latest.source} if latest else {}
    form = PostsForm(agency, request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            services.set_establishment(
                agency,
                said["profession"],
                said["posts"],
                source=said["source"],
                as_of=said["as_of"],
                by=request.user,
                at=timezone.now(),
            )
        except AgencyRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The posts are set."))
            return redirect("directory:posts", public=agency.public)
    on = timezone.localdate()
    context = {
        "agency": agency,
        "form": form,
        "above": queries.ancestors_of(agency.territory_id),
        "posts": queries.posts_of(agency, on),
        "history": history,
    }
    return render(request, "directory/posts.html", context)


@writes(PLACES, "U")
def close(request: Request, public: str) -> HttpResponse:
    """Close an agency; whose posts end is said in a number before it is done."""
    agency = access.fetch(request.user, "U", PLACES, Agency.objects.select_related("territory"), public=public)
    form = CloseForm(request.POST or None)
    sure = 0
    if request.method == "POST" and form.is_valid():
        on, ends = form.cleaned_data["on"], form.cleaned_data["ends"]
        try:
            services.close_agency(agency, on, ends=ends, by=request.user, at=timezone.now())
        except StillHeld as held:
            sure = held.people
        except AgencyRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The agency is closed. It stays in every record of the time before."))
            return redirect("directory:agency", public=agency.public)
    context = {
        "agency": agency,
        "form": form,
        "sure": sure,
        "on": form.cleaned_data["on"] if sure else None,
        "staff": list(queries.staff_of(agency, request.user, timezone.localdate())[:50]),
    }
    return render(request, "directory/agency_close.html", context)


@writes(PLACES, "U")
def reopen(request: Request, public: str) -> HttpResponse:
    """Open a closed agency again, as a decision of its own."""
    agency = access.fetch(request.user, "U", PLACES, Agency.objects.select_related("territory"), public=public)
    if request.method == "POST":
        try:
            services.reopen_agency(agency, by=request.user, at=timezone.now())
        except AgencyRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The agency is open again. Enter who works there."))
        return redirect("directory:agency", public=agency.public)
    return render(request, "directory/agency_reopen.html", {"agency": agency})
