"""How far a group is with its case study, and for which sector she answers in it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.kit import access
from concerted.kit.guards import Request, reads, writes
from concerted.practice.models import CaseGroup
from concerted.practice.services import CaseRefused
from concerted.text import queries as text
from concerted.training import services
from concerted.training.access import CASE_SEAT
from concerted.training.forms import CaseSeatForm
from concerted.training.queries.case_steps import members_named, sitting_of


def fetch_group(request: Request, verb: str, public: str) -> Any:
    """A group she is in; 404 for any other."""
    groups = CaseGroup.objects.select_related("case", "version", "leader")
    return access.fetch(request.user, verb, CASE_SEAT, groups, public=public)


@reads(CASE_SEAT)
def group(request: Request, public: str) -> HttpResponse:
    """How far the group is: the steps that are out, which sectors have answered, and who is in it."""
    found = fetch_group(request, "R", public)
    reading = text.reading_language(request.user)
    sitting = sitting_of(found, request.user, reading)
    context = {
        "sitting": sitting,
        "reading": reading,
        "steps": [sitting.step(number) for number in range(1, sitting.out + 1)],
        "members": members_named(found, request.user) if found.leader_id else (),
        "people": sum(sitting.seats.values()),
        "form": CaseSeatForm(None, list(sitting.sectors.values()), sitting.own or ""),
    }
    return render(request, "training/case_group.html", context)


@writes(CASE_SEAT, "U")
def seat(request: Request, public: str) -> HttpResponse:
    """Answer for another sector from now on, or leave the group."""
    found = fetch_group(request, "U", public)
    if request.method == "POST" and request.POST.get("do") == "leave":
        return _left(request, found)
    form = CaseSeatForm(request.POST, list(found.case.sectors.all()))
    if request.method == "POST" and form.is_valid():
        try:
            services.take_seat(found, form.chosen(), by=request.user)
            messages.success(request, _("Saved."))
        except CaseRefused as refusal:
            messages.error(request, str(refusal))
    return redirect("training:case_group", public=public)


def _left(request: Request, found: CaseGroup) -> HttpResponse:
    try:
        services.leave_case(found, by=request.user, at=timezone.now())
    except CaseRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("training:case_group", public=found.public)
    messages.success(request, _("You left the group."))
    return redirect("training:cases")
