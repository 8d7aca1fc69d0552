from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.capacity import outside, services
from concerted.capacity.access import OUTSIDE
from concerted.capacity.forms import DecisionForm, OutsideFileForm, OutsideForm
from concerted.capacity.models import OutsideClaim
from concerted.capacity.queries.claims import claims_waiting
from concerted.capacity.services.evidence import NotRecorded
from concerted.directory.models import Agency, Position
from concerted.kit import access
from concerted.kit.guards import Request, writes


@writes(OUTSIDE, "R")
def index(request: Request) -> HttpResponse:
    """Past and outside training that waits for a coordinator, and what she decides on it."""
    reach = access.reach(request.user, "R", OUTSIDE)
    if request.method == "POST":
        form = DecisionForm(request.POST)
        if form.is_valid():
            claim = access.fetch(
                request.user,
                "U",
                OUTSIDE,
                OutsideClaim.objects.select_related("person", "agency"),
                pk=form.cleaned_data["claim"],
            )
            accept = form.cleaned_data["accept"] == "yes"
            try:
                services.decide_claim(claim.pk, accept=accept, by=request.user, at=timezone.now())
            except NotRecorded as refusal:
                messages.error(request, str(refusal))
            else:
                messages.success(
                    request, _("Confirmed. It counts from now on.") if accept else _("Not accepted. She has been told.")
                )
        return redirect("capacity:claims")
    may_decide = access.may(request.user, "U", OUTSIDE)
    return render(
        request,
        "capacity/claims.html",
        {"claims": claims_waiting(reach), "may_decide": may_decide, "me": request.user.pk},
    )


def _form_page(request: Request, form: OutsideForm, agency: Agency) -> HttpResponse | None:
    """Save a valid form; None when the page is to be shown."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        services.claim_outside(
            form.cleaned_data.get("person") or request.user,
            form.cleaned_data["credential"],
            agency=agency,
            achieved_on=form.cleaned_data["achieved_on"],
            provider=form.cleaned_data["provider"],
            by=request.user,
            at=timezone.now(),
        )
    except NotRecorded as refusal:
        form.add_error("achieved_on", str(refusal))
        return None
    messages.success(request, _("Recorded. It counts once a coordinator has confirmed it."))
    return redirect("/")


@writes(OUTSIDE, "C")
def own(request: Request) -> HttpResponse:
    """A practitioner tells of her own earlier training."""
    position = Position.objects.filter(person=request.user).order_by("-since").select_related("agency").first()
    if position is None:
        return render(request, "capacity/claim_nowhere.html")
    form = OutsideForm(None, request.user, request.POST or None)
    return _form_page(request, form, position.agency) or render(
        request, "capacity/claim.html", {"form": form, "agency": position.agency, "own": True}
    )


def _managed(request: Request, pk: int) -> Agency:
    agency = get_object_or_404(Agency, pk=pk)
    access.allow(request.user, "C", OUTSIDE, OutsideClaim(agency=agency))
    return agency


@writes(OUTSIDE, "C")
def record(request: Request, pk: int) -> HttpResponse:
    """A manager records past or outside training of one of her staff."""
    agency = _managed(request, pk)
    form = OutsideForm(agency, None, request.POST or None)
    return _form_page(request, form, agency) or render(
        request, "capacity/claim.html", {"form": form, "agency": agency, "own": False}
    )


@writes(OUTSIDE, "C")
def record_file(request: Request, pk: int) -> HttpResponse:
    """The same for many at once, from a file: all lines or none."""
    agency = _managed(request, pk)
    form = OutsideFileForm(request.POST or None, request.FILES or None)
    outcome = None
    if request.method == "POST" and form.is_valid():
        outcome = outside.record_lines(
            form.cleaned_data["file"].read(), agency=agency, by=request.user, at=timezone.now()
        )
        if not outcome.errors:
            messages.success(
                request,
                _("%(n)s lines are recorded. They count once a coordinator has confirmed them.")
                % {"n": outcome.create},
            )
            return redirect("capacity:claims")
    return render(request, "capacity/claim_file.html", {"form": form, "agency": agency, "outcome": outcome})
