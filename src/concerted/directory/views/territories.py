from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.directory import queries, services
from concerted.directory.access import PLACES, filter_territories
from concerted.directory.forms import MoveForm, TerritoryForm
from concerted.directory.models import Territory
from concerted.directory.services.territories import TerritoryRefused
from concerted.directory.views.waiting import told
from concerted.kit import access, digits
from concerted.kit.guards import Request, reads, writes


def _asked(request: Request) -> Territory | None:
    asked = digits.plain(request.GET.get("in", ""))
    if not asked:
        return None
    if not asked.isdecimal() or len(asked) > 18:
        raise Http404
    return access.fetch(request.user, "R", PLACES, Territory.objects.all(), pk=int(asked))


def _within(request: Request, verb: str) -> Any:
    return filter_territories(access.reach(request.user, verb, PLACES), Territory.objects.all())


@reads(PLACES)
def index(request: Request) -> HttpResponse:
    """The tree, one level at a time, with who lives there."""
    parent = _asked(request)
    context = {
        "parent": parent,
        "above": queries.ancestors_of(parent.pk) if parent else [],
        "lines": queries.territory_tree(parent, timezone.localdate()),
        "may_add": access.may(request.user, "C", PLACES),
        "may_move": parent is not None and access.may(request.user, "U", PLACES, parent),
    }
    return render(request, "directory/territories.html", context)


@writes(PLACES, "C")
def add(request: Request) -> HttpResponse:
    """Enter a territory."""
    form = TerritoryForm(_within(request, "C"), request.POST or None, initial={"parent": request.GET.get("in")})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            place = services.enter_territory(
                said["parent"], said["name"], level=said["level"], by=request.user, at=timezone.now()
            )
        except TerritoryRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, told(place))
            return redirect_to(place.parent) if isinstance(place, Territory) else redirect("directory:waiting")
    return render(request, "directory/form.html", {"form": form, "heading": _("Enter a territory"), "next": _("Save")})


def redirect_to(territory: Territory | None) -> HttpResponse:
    answer = redirect("directory:territories")
    if territory is not None:
        answer["Location"] += f"?in={territory.pk}"
    return answer


@writes(PLACES, "U")
def move(request: Request, pk: int) -> HttpResponse:
    """Hang a territory, with all below it, under another."""
    territory = access.fetch(request.user, "U", PLACES, Territory.objects.all(), pk=pk)
    form = MoveForm(_within(request, "U"), request.POST or None, initial={"parent": territory.parent_id})
    if request.method == "POST" and form.is_valid():
        try:
            services.move_territory(territory, form.cleaned_data["parent"], by=request.user, at=timezone.now())
        except TerritoryRefused as refusal:
            form.add_error("parent", str(refusal))
        else:
            messages.success(request, _("The territory is moved. Counts follow as soon as they are added up anew."))
            return redirect_to(form.cleaned_data["parent"])
    context = {"form": form, "heading": _("Move %(name)s") % {"name": territory.name}, "next": _("Move it")}
    return render(request, "directory/form.html", context)
