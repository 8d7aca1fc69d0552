from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.directory import queries, services
from concerted.directory.access import PLACES
from concerted.directory.models import Agency, ProposedPlace, Territory
from concerted.directory.services.places import PlaceRefused
from concerted.directory.wordings import alone_in_words
from concerted.kit import access
from concerted.kit.guards import Request, reads, writes


@reads(PLACES, "C")
def index(request: Request) -> HttpResponse:
    """Agencies and territories that wait for a second person, as far as she reaches."""
    seen = list(queries.places_that_wait(access.reach(request.user, "C", PLACES)))
    words = queries.places_in_words(Territory.objects.filter(pk__in={one.territory_id for one in seen}))
    now = timezone.now()
    lines = [
        {
            "place": one,
            "where": words.get(one.territory_id or 0, _("at the top")),
            "note": alone_in_words(one.alone_at, now) if one.alone_at else "",
            "mine": one.by_id == request.user.pk,
        }
        for one in seen
    ]
    return render(request, "directory/waiting.html", {"lines": lines})


def told(place: Agency | Territory | ProposedPlace) -> str:
    """What to say to who entered it."""
    if isinstance(place, ProposedPlace):
        waits = _("It waits for a second person, and counts nowhere before.")
        return alone_in_words(place.alone_at, timezone.now()) if place.alone_at else waits
    return _("The agency is entered.") if isinstance(place, Agency) else _("The territory is entered.")


def _waiting(request: Request, pk: int) -> ProposedPlace:
    held = ProposedPlace.objects.select_related("territory")
    return access.fetch(request.user, "C", PLACES, held, pk=pk)


@writes(PLACES, "C")
def confirm(request: Request, pk: int) -> HttpResponse:
    """Take in what another entered, as the second person."""
    proposed = _waiting(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(("POST",))
    try:
        place = services.confirm_place(proposed, by=request.user, at=timezone.now())
    except PlaceRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("directory:waiting")
    messages.success(request, _("It is confirmed, and counts from now on."))
    return redirect(_page_of(place))


def _page_of(place: Agency | Territory) -> str:
    if isinstance(place, Agency):
        return reverse("directory:agency", args=[place.public])
    return reverse("directory:territory", args=[place.pk])


@writes(PLACES, "C")
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Take an entry out before it counts."""
    proposed = _waiting(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(("POST",))
    try:
        services.withdraw_place(proposed, by=request.user, at=timezone.now())
        messages.success(request, _("It is withdrawn."))
    except PlaceRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("directory:waiting")
