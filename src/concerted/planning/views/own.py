"""A plan file of one's own: checked as often as she likes, stored only when she keeps it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.kit import access
from concerted.kit.guards import Request, writes
from concerted.planning import services
from concerted.planning.access import PLAN
from concerted.planning.forms.plans import KeepForm, OwnPlanForm
from concerted.planning.models import KeptPlan
from concerted.planning.queries.kept import keep_for
from concerted.planning.views.unreadable import lines_at_fault

# The engine is imported where it is called: numpy and scipy stay out of pages that do not plan.


@writes(PLAN, "C")
def own(request: Request) -> HttpResponse:
    """A plan as text or as a file: its faults beside it, or what it comes to, and the way to keep it."""
    sent = request.method == "POST"
    form = OwnPlanForm(request.POST, request.FILES) if sent else OwnPlanForm()
    context: dict[str, Any] = {"form": form}
    if sent and form.is_valid():
        context |= _checked(form)
        if "page" in context:
            kept = _kept(request, context)
            if kept is not None:
                messages.success(request, _("The plan is kept with what was answered today."))
                return redirect("planning:kept", public=kept.public)
    return render(request, "planning/own.html", context)


def _checked(form: OwnPlanForm) -> dict[str, Any]:
    """Faults, each with the line it means as she wrote it, or the page of the plan; and the text in its box."""
    from concerted.maths.figures import OutOfRange
    from concerted.planning.queries.own_plans import plan_given
    from concerted.planning.queries.plan_page import plan_page
    from concerted.planning.rules.plan import PlanFaults, faults_of
    from concerted.planning.rules.plan.given import text_given

    text = ""
    try:
        text = text_given(form.given())
        found: dict[str, Any] = {"text": text, "page": plan_page(plan_given(text))}
    except (PlanFaults, OutOfRange) as refused:
        found = {"faults": lines_at_fault(faults_of(refused), text)}
    if text:
        found["form"] = OwnPlanForm(initial={"text": text})
    return found


def _kept(request: Request, context: dict[str, Any]) -> KeptPlan | None:
    """The plan, where that is what she asked for; otherwise the form for it goes into `context`."""
    asked, whose = request.POST.get("do") == "keep", keep_for(access.reach(request.user, "C", PLAN))
    named = {"title": context["page"].plan.title[:120]}
    form = KeepForm(whose, request.POST if asked else None, initial=named)
    context["keeping"] = form
    if not asked or not form.is_valid():
        return None
    return services.keep_plan(
        form.cleaned_data["title"],
        "",
        {},
        file=context["text"],
        **form.whose,
        by=request.user,
        at=timezone.now(),
    )
