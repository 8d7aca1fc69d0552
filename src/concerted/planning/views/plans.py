from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.kit import access
from concerted.kit.guards import Request, reads, writes
from concerted.planning import services
from concerted.planning.access import COUNTS, PLAN
from concerted.planning.forms.plans import AssumptionsForm, KeepForm
from concerted.planning.models import KeptPlan
from concerted.planning.queries.kept import keep_for, kept_within
from concerted.planning.views.unreadable import OWN_NAME, Unreadable, told_where_unreadable

# The engine is imported where it is called: numpy and scipy stay out of pages that do not plan.


@reads(PLAN)
def index(request: Request) -> HttpResponse:
    """Plans that were kept, and plan files to begin from."""
    from concerted.planning.queries.plan_files import examples

    kept = kept_within(access.reach(request.user, "R", PLAN))
    return render(
        request,
        "planning/plans.html",
        {
            "kept": kept,
            "examples": examples(),
            "may_keep": access.may(request.user, "C", PLAN),
            "may_count": access.may(request.user, "R", COUNTS),
        },
    )


@reads(PLAN)
@told_where_unreadable
def example(request: Request, name: str) -> HttpResponse:
    """A plan file with the values in the address: nothing is saved."""
    context = plan_context(request, name, request.GET.dict(), own_plan(request, name))
    for kind in ("workbook", "values"):
        context[kind] = reverse(f"planning:{kind}", args=[name]) + (f"?{context['query']}" if context["query"] else "")
    part = "#result" if request.headers.get("HX-Request") else ""
    # The form itself sends its own fields: putting them back would take the caret out of one.
    context["moved_by_link"] = bool(part) and request.headers.get("HX-Trigger", "").startswith(("earlier-", "later-"))
    return render(request, f"planning/plan.html{part}", context)


@writes(PLAN, "C")
@told_where_unreadable
def keep(request: Request, name: str) -> HttpResponse:
    """Keep a plan with the values it was shown with."""
    own = own_plan(request, name)
    said = request.POST.dict() if request.method == "POST" else request.GET.dict()
    context = plan_context(request, name, said, own)
    whose = keep_for(access.reach(request.user, "C", PLAN))
    form = KeepForm(whose, request.POST if "title" in request.POST else None)
    if request.method == "POST" and context["form"].is_valid() and not context["faults"] and form.is_valid():
        kept = services.keep_plan(
            form.cleaned_data["title"],
            name,
            context["changes"],
            file=own.file if own else "",
            inputs=own.inputs if own else None,
            **form.whose,
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("The plan is kept with what was answered today."))
        return redirect("planning:kept", public=kept.public)
    return render(request, "planning/keep.html", context | {"keeping": form})


@reads(PLAN)
@told_where_unreadable
def kept(request: Request, public: UUID) -> HttpResponse:
    """A kept plan, worked out again; it says when the answer is another one than was kept."""
    from concerted.planning.queries.plan_money import promised_shares

    plan = access.fetch(request.user, "R", PLAN, kept_plans(), public=public)
    context = kept_context(request, plan)
    page = replace(context["page"], promised=promised_shares(plan, timezone.localdate()))
    return render(
        request,
        "planning/plan.html",
        context
        | {
            "page": page,
            "kept": plan,
            "workbook": reverse("planning:kept_workbook", args=[public]),
            "values": reverse("planning:kept_values", args=[public]),
            "differs": page.told.fingerprint != plan.fingerprint,
            "moved": _moved(plan),
            "made_on": date.fromisoformat(plan.inputs["on"]) if plan.inputs else None,
            "may_answer_again": access.may(request.user, "U", PLAN, plan),
        },
    )


@writes(PLAN, "U")
@told_where_unreadable
def again(request: Request, public: UUID) -> HttpResponse:
    """Keep the answer of today in place of the one that was kept."""
    plan = access.fetch(request.user, "U", PLAN, kept_plans(), public=public)
    if request.method == "POST":
        services.answer_again(plan.pk, by=request.user, at=timezone.now())
        messages.success(request, _("The answer of today is kept."))
    return redirect("planning:kept", public=public)


@reads(PLAN)
@told_where_unreadable
def sheet(request: Request, name: str, unit: str) -> HttpResponse:
    """One page of paper for the council of a territory."""
    context = plan_context(request, name, request.GET.dict() | {"in": unit}, own_plan(request, name))
    if not context["page"].one_territory:
        raise Http404
    return render(request, "planning/sheet.html", context | {"today": timezone.localdate()})


def kept_plans() -> Any:
    """Kept plans with what says where they stand."""
    return KeptPlan.objects.select_related("agency__territory", "territory")


def own_plan(request: Request, name: str) -> KeptPlan | None:
    """The kept plan of one's own whose text this name stands for; None for a plan file beside the program."""
    if not name.startswith(OWN_NAME):
        return None
    try:
        public = UUID(name.removeprefix(OWN_NAME))
    except ValueError as none:
        raise Http404 from none
    return access.fetch(request.user, "R", PLAN, kept_plans().exclude(file=""), public=public)


def _moved(plan: KeptPlan) -> list[tuple[str, Any]]:
    """Services of a plan made from the directory of which it says something else today, by name."""
    from concerted.planning.queries.moved import moved_since
    from concerted.planning.queries.own_plans import plan_kept
    from concerted.planning.wording import service_name

    moved = moved_since(plan.inputs, timezone.localdate()) if plan.inputs else ()
    return [(service_name(plan_kept(plan), one.service), one) for one in moved]


def kept_context(request: Request, plan: KeptPlan) -> dict[str, Any]:
    """What the page of a kept plan shows: its file, or its own text, with the values it was kept with.

    Where these are at fault it shows nothing: the file as it is would pass for the plan. Raises `PlanFaults`,
    `NoSuchPlan` and `Unreadable`.
    """
    from concerted.planning.queries.own_plans import plan_kept

    plan_kept(plan)
    own = plan if plan.file else None
    name = f"{OWN_NAME}{plan.public}" if own else plan.base
    context = plan_context(request, name, {place: str(value) for place, value in plan.changes.items()}, own)
    if context["faults"]:
        raise Unreadable(context["faults"])
    return context


def plan_context(request: Request, name: str, said: dict[str, str], own: KeptPlan | None = None) -> dict[str, Any]:
    """What a plan's page shows for the values that were said; faults leave the plan as it was and are told."""
    from concerted.maths.figures import OutOfRange
    from concerted.planning.queries.assumptions import assumptions, named_territories
    from concerted.planning.queries.own_plans import reader_of
    from concerted.planning.queries.plan_files import NoSuchPlan
    from concerted.planning.queries.plan_page import plan_page
    from concerted.planning.rules.plan import PlanFaults, faults_of
    from concerted.planning.rules.projection import TOTAL

    read = reader_of(own or KeptPlan(base=name))
    if own:
        said = {place: str(value) for place, value in own.changes.items()} | said
    try:
        plain = read({})
    except NoSuchPlan as none:
        raise Http404 from none
    unit = said.get("in") or TOTAL
    if unit != TOTAL and unit not in plain.territories:
        raise Http404
    held = tuple(assumptions(plain, named_territories(plain, unit, said)))
    form = AssumptionsForm(held, said)
    changes = form.changes() if form.is_valid() else {}
    faults: tuple[Any, ...] = ()
    try:
        plan = read(changes)
        compared = plan.options if "compare" in said else {}
        options = tuple((one.name, read(changes, key)) for key, one in compared.items())
        page = plan_page(plan, unit, options, said.get("of"))
    except (PlanFaults, OutOfRange) as refused:
        faults, page, changes = faults_of(refused), plan_page(plain, unit), {}
    # The file's own value, where she put it back over one that the plan was kept with: left out, that one would return.
    put_back = {place: form.values[place] for place in (own.changes if own else {}) if place in form.values}
    carried = put_back | changes
    return {
        "name": name,
        "form": form,
        "page": page,
        "changes": changes,
        "faults": faults,
        "query": urlencode(carried),
        # As text: a template would write a number in the digits and marks of the reader.
        "carried": {place: str(value) for place, value in carried.items()},
        "may_keep": access.may(request.user, "C", PLAN),
    }
