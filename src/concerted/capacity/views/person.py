import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.capacity import queries, services
from concerted.capacity.access import EVIDENCE, EXEMPTION, STANDING
from concerted.capacity.forms import ExemptionForm
from concerted.capacity.models import Evidence
from concerted.capacity.services.evidence import NotRecorded
from concerted.capacity.views.picture import asked_day
from concerted.directory.models import Person
from concerted.kit import access
from concerted.kit.guards import Request, reads, writes


@reads(STANDING, "R")
def standing(request: Request, public: uuid.UUID) -> HttpResponse:
    """One person: what is required of her on a day, what is in place, and why."""
    person = access.fetch(request.user, "R", STANDING, Person.objects.all(), public=public)
    on, form = asked_day(request)
    evidence = (
        Evidence.objects.filter(subject_kind="person", subject_id=person.pk, voided_by=None)
        .exclude(source_kind="void")
        .select_related("credential")
        .order_by("-achieved_on", "-id")
    )
    return render(
        request,
        "capacity/person.html",
        {
            "person": person,
            "on": on,
            "today": timezone.localdate(),
            "as_at": form,
            "lines": queries.standings_of(person, on),
            "evidence": evidence,
            "may_exempt": access.may(request.user, "C", EXEMPTION, person),
            "may_take_back": access.may(request.user, "D", EVIDENCE, person),
        },
    )


@writes(EXEMPTION, "C")
def exempt(request: Request, public: uuid.UUID) -> HttpResponse:
    """Free a person from a mandate for a time."""
    person = access.fetch(request.user, "C", EXEMPTION, Person.objects.all(), public=public)
    form = ExemptionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.grant_exemption(person, **form.cleaned_data, by=request.user, at=timezone.now())
        except NotRecorded as refusal:
            form.add_error("until_day", str(refusal))
        else:
            messages.success(request, _("The exemption is recorded."))
            return redirect("capacity:mandates")
    return render(request, "capacity/exempt.html", {"person": person, "form": form})


@writes(EVIDENCE, "D")
def take_back(request: Request, public: uuid.UUID, pk: int) -> HttpResponse:
    """Take back a record that should not be there; it stays, marked as taken back."""
    person = access.fetch(request.user, "D", EVIDENCE, Person.objects.all(), public=public)
    evidence = get_object_or_404(Evidence, pk=pk, subject_kind="person", subject_id=person.pk)
    if request.method == "POST":
        reason = request.POST.get("reason", "")[:300]
        try:
            services.void_evidence(evidence, reason=reason, by=request.user, at=timezone.now())
        except NotRecorded as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The record was taken back. It no longer counts."))
        return redirect("capacity:mandates")
    return render(request, "capacity/take_back.html", {"person": person, "evidence": evidence})
