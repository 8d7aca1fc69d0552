from pathlib import PurePath

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concerted.capacity import outside, services
from concerted.capacity.access import OUTSIDE
from concerted.capacity.forms import DecisionForm, OutsideFileForm, OutsideForm
from concerted.capacity.models import OutsideClaim
from concerted.capacity.queries.claims import claims_elsewhere, claims_refused, claims_waiting
from concerted.capacity.services.evidence import NotRecorded
from concerted.directory.models import Agency, Position
from concerted.kit import access, digits
from concerted.kit.guards import Request, reads, writes

ON_A_PAGE = 25


@writes(OUTSIDE, "R")
def index(request: Request) -> HttpResponse:
    """Past and outside training that waits for a coordinator, what she decides on it, and what was not accepted."""
    if request.method == "POST":
        _decide(request)
        return redirect("capacity:claims")
    reach = access.reach(request.user, "R", OUTSIDE)
    pages = Paginator(claims_waiting(reach, request.user), ON_A_PAGE)
    return render(
        request,
        "capacity/claims.html",
        {
            "page": pages.get_page(digits.plain(request.GET.get("page", "")) or 1),
            "total": pages.count,
            "elsewhere": claims_elsewhere(reach, pages.count),
            "refused": claims_refused(reach, request.user, timezone.now())[:ON_A_PAGE],
            "may_decide": access.may(request.user, "U", OUTSIDE),
            "me": request.user.pk,
        },
    )


def _decide(request: Request) -> None:
    """One claim with its own yes or no, or the ticked ones together: each is decided for itself."""
    answer, reason = request.POST.get("accept"), request.POST.get("reason")
    accept = answer == "yes"
    decided, refusals = 0, []
    for chosen in request.POST.getlist("claim")[:ON_A_PAGE]:
        form = DecisionForm({"claim": chosen, "accept": answer, "reason": reason})
        if not form.is_valid():
            continue
        claims = OutsideClaim.objects.select_related("person", "agency")
        claim = access.fetch(request.user, "U", OUTSIDE, claims, pk=form.cleaned_data["claim"])
        try:
            services.decide_claim(
                claim.pk, accept=accept, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now()
            )
            decided += 1
        except NotRecorded as refusal:
            refusals.append(str(refusal))
    for words in dict.fromkeys(refusals):
        messages.error(request, words)
    if decided and accept:
        confirmed = ngettext("Confirmed. It counts from now on.", "%(n)s confirmed. They count from now on.", decided)
        messages.success(request, confirmed % {"n": digits.localise(decided)})
    elif decided:
        messages.success(request, _("Not accepted. Whoever recorded it has been told, with your reason."))
    elif not refusals:
        messages.error(request, _("Choose at least one record, then confirm."))


def _form_page(request: Request, form: OutsideForm, agency: Agency | None) -> HttpResponse | None:
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
            title=form.cleaned_data["title"],
            link=form.cleaned_data["link"],
            minutes=round((form.cleaned_data["hours"] or 0) * 60),
            proof=form.cleaned_data["proof"],
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
    agency = position.agency if position else None
    form = OutsideForm(None, request.user, request.POST or None, request.FILES or None)
    return _form_page(request, form, agency) or render(
        request, "capacity/claim.html", {"form": form, "agency": agency, "own": True}
    )


@reads(OUTSIDE)
def proof(request: Request, pk: int) -> HttpResponseBase:
    """The certificate somebody uploaded, only ever as a file to keep: nothing in it runs here."""
    claim = access.fetch(request.user, "R", OUTSIDE, OutsideClaim.objects.select_related("agency"), pk=pk)
    if not claim.proof:
        raise Http404
    suffix = PurePath(claim.proof.name).suffix
    try:
        answer = FileResponse(claim.proof.open("rb"), as_attachment=True, filename=f"document{suffix}")
    except FileNotFoundError as error:
        raise Http404 from error
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _managed(request: Request, pk: int) -> Agency:
    agency = get_object_or_404(Agency, pk=pk)
    access.allow(request.user, "C", OUTSIDE, OutsideClaim(agency=agency))
    return agency


@writes(OUTSIDE, "C")
def record(request: Request, pk: int) -> HttpResponse:
    """A manager records past or outside training of one of her staff."""
    agency = _managed(request, pk)
    form = OutsideForm(agency, None, request.POST or None, request.FILES or None)
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
