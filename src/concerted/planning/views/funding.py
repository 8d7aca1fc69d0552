"""Who pays for a kept plan, territory by territory."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.capacity.access import TERRITORY_FACT
from concerted.capacity.services.evidence import NotRecorded
from concerted.directory.access import filter_territories
from concerted.directory.models import Territory
from concerted.kit import access
from concerted.kit.guards import Request, reads, writes
from concerted.planning import services
from concerted.planning.access import DELEGATION, PLAN, READINESS
from concerted.planning.forms.funding import EndForm, FundingForm
from concerted.planning.models import KeptPlan, PlanFunding
from concerted.planning.services.funding import FundingRefused
from concerted.planning.views.unreadable import told_where_unreadable


def _kept(request: Request, public: UUID) -> KeptPlan:
    plans = KeptPlan.objects.select_related("agency", "territory")
    found: KeptPlan = access.fetch(request.user, "R", PLAN, plans, public=public)
    return found


def _page(request: Request, kept: KeptPlan, said: Any = None) -> dict[str, Any]:
    """The page of a plan's money, with the form where she may record something."""
    from concerted.planning.queries.own_plans import plan_kept
    from concerted.planning.queries.plan_money import asked_by, promises
    from concerted.planning.templatetags.planned import money_name

    asked, plan = asked_by(kept), plan_kept(kept)
    reach = access.reach(request.user, "C", TERRITORY_FACT)
    there = Territory.objects.filter(pk__in=[one.territory.pk for one in asked])
    own = filter_territories(reach, there).order_by("name", "id") if reach else there.none()
    lines = promises(kept, asked, timezone.localdate())
    return {
        "kept": kept,
        "lines": lines,
        "asked": {one.territory.pk: one for one in asked},
        "funded": sum(line.funding is not None for line in lines),
        "money": money_name(plan),
        "form": FundingForm(own, money_name(plan), said) if own else None,
        "own": {territory.pk for territory in own},
        "opens": _readable(request, {one.territory.pk for one in asked}),
        "may_delegate": access.may(request.user, "C", DELEGATION),
    }


def _readable(request: Request, places: set[int]) -> set[int]:
    """Those of the territories whose readiness she may open."""
    reach = access.reach(request.user, "R", READINESS)
    if reach.everywhere or not reach:
        return places if reach else set()
    return set(filter_territories(reach, Territory.objects.filter(pk__in=places)).values_list("pk", flat=True))


@reads(PLAN)
@told_where_unreadable
def funding(request: Request, public: UUID) -> HttpResponse:
    """What a plan asks of each territory a year, and who has promised it until when."""
    return render(request, "planning/funding.html", _page(request, _kept(request, public)))


@writes(TERRITORY_FACT, "C")
@told_where_unreadable
def promise(request: Request, public: UUID) -> HttpResponse:
    """Record money for a plan in one territory."""
    kept = _kept(request, public)
    context = _page(request, kept, request.POST if request.method == "POST" else None)
    form = context["form"]
    if form is not None and request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            services.record_funding(
                kept,
                context["asked"][said["territory"].pk],
                said["amount"],
                until=said["until"],
                source=said["source"],
                by=request.user,
                at=timezone.now(),
            )
        except FundingRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is recorded, and readiness reads it from now on."))
            return redirect("planning:funding", public=public)
    return render(request, "planning/funding.html", context)


@writes(TERRITORY_FACT, "C")
def promise_ends(request: Request, public: UUID, funding: UUID) -> HttpResponse:
    """Say that a promise holds no longer, and why."""
    kept = _kept(request, public)
    rows = PlanFunding.objects.filter(plan=kept).select_related("territory", "fact__territory", "plan")
    found = get_object_or_404(rows, public=funding)
    access.fetch(request.user, "C", TERRITORY_FACT, Territory.objects.all(), pk=found.territory_id)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.end_funding(found, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
        except NotRecorded as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is recorded that this money is no longer promised."))
            return redirect("planning:funding", public=public)
    return render(request, "planning/funding_ends.html", {"kept": kept, "funding": found, "form": form})
