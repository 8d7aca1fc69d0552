"""What a person's record is corrected by: exemptions, and taking back a fact. Both begin with finding the person."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.capacity import queries, services
from concerted.capacity.access import EVIDENCE, EXEMPTION
from concerted.capacity.forms import DecisionForm, ExemptionForm, TakingBackForm
from concerted.capacity.models import Evidence
from concerted.capacity.services.evidence import NotRecorded
from concerted.directory.models import Person
from concerted.directory.queries import find_people
from concerted.kit import access, digits
from concerted.kit.forms import FindForm
from concerted.kit.guards import Request, reads, writes

ON_A_PAGE = 25


def _found(request: Request, reach: access.Reach) -> dict[str, object]:
    form = FindForm(request.GET if "who" in request.GET else None)
    people = None
    if form.is_bound and form.is_valid():
        people = find_people(form.cleaned_data["who"], reach, timezone.localdate(), besides=request.user)
    return {"form": form, "people": people}


@reads(EXEMPTION, "C")
def exemptions(request: Request) -> HttpResponse:
    """Who is exempt now or soon, and the search for somebody to exempt."""
    pages = Paginator(
        queries.exemptions_from(timezone.localdate(), access.reach(request.user, "R", EXEMPTION)), ON_A_PAGE
    )
    page = pages.get_page(digits.plain(request.GET.get("page", "")) or 1)
    context = _found(request, access.reach(request.user, "C", EXEMPTION))
    context |= {"page": page, "exemptions": queries.exemptions_shown(page)}
    return render(request, "capacity/exemptions.html", context)


@writes(EXEMPTION, "C")
def exempt(request: Request, public: uuid.UUID) -> HttpResponse:
    """Free a person from a mandate for a time."""
    person = access.fetch(request.user, "C", EXEMPTION, Person.objects.all(), public=public)
    form = ExemptionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.grant_exemption(person, **form.cleaned_data, by=request.user, at=timezone.now())
        except NotRecorded as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The exemption is recorded."))
            return redirect("capacity:exemptions")
    return render(request, "capacity/exempt.html", {"person": person, "form": form})


@writes(EVIDENCE, "D")
def records(request: Request) -> HttpResponse:
    """What somebody asked to take back, for a second person to decide; and the search for a record that is wrong."""
    if request.method == "POST":
        form = DecisionForm(request.POST)
        if form.is_valid():
            accept = form.cleaned_data["accept"] == "yes"
            try:
                services.decide_taking_back(
                    form.cleaned_data["claim"], accept=accept, by=request.user, at=timezone.now()
                )
            except NotRecorded as refusal:
                messages.error(request, str(refusal))
            else:
                messages.success(
                    request, _("Taken back. It no longer counts.") if accept else _("The record stays as it is.")
                )
        return redirect("capacity:records")
    context = _found(request, access.reach(request.user, "D", EVIDENCE))
    context |= {"asked": queries.taking_back_asked(), "me": request.user.pk}
    return render(request, "capacity/records.html", context)


@reads(EVIDENCE, "D")
def record(request: Request, public: uuid.UUID) -> HttpResponse:
    """What is on record of one person, so that a wrong fact can be named."""
    person = access.fetch(request.user, "D", EVIDENCE, Person.objects.all(), public=public)
    return render(request, "capacity/record.html", {"person": person, "evidence": queries.evidence_of(person)})


@writes(EVIDENCE, "D")
def take_back(request: Request, public: uuid.UUID, pk: int) -> HttpResponse:
    """Ask that a fact no longer counts; it stays, and a second person decides."""
    person = access.fetch(request.user, "D", EVIDENCE, Person.objects.all(), public=public)
    evidence = get_object_or_404(Evidence, pk=pk, subject_kind="person", subject_id=person.pk)
    form = TakingBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.propose_taking_back(evidence, **form.cleaned_data, by=request.user, at=timezone.now())
        except NotRecorded as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, _("A second person now decides. Until then the record counts."))
            return redirect("capacity:records")
    return render(request, "capacity/take_back.html", {"person": person, "evidence": evidence, "form": form})
