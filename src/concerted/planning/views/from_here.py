"""A plan that begins from what the directory and the mandates say."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.directory.models import Agency
from concerted.kit import access
from concerted.kit.guards import Request, writes
from concerted.planning import services
from concerted.planning.access import PLAN

# The engine is imported where it is called: numpy and scipy stay out of pages that do not plan.


@writes(PLAN, "C")
def from_here(request: Request) -> HttpResponse:
    """What is known, to be changed where somebody knows better, worked out, and kept as a plan."""
    from concerted.planning.forms.from_here import BeginForm
    from concerted.planning.queries.own_plans import bases

    said = request.POST if request.method == "POST" else request.GET
    reach = access.reach(request.user, "C", PLAN)
    agencies = Agency.objects.filter(pk__in=reach.agencies).order_by("name", "id")
    begin = BeginForm(bases(), agencies, reach.everywhere, timezone.localdate(), said)
    if reach.everywhere and not reach.agencies:
        del begin.fields["agency"]
    context: dict[str, Any] = {"begin": begin}
    if begin.is_bound and begin.is_valid():
        context |= _numbers(begin.cleaned_data, said, request.method == "POST")
        if request.method == "POST" and context["numbers"].is_valid():
            kept = _made(request, begin.cleaned_data, context)
            if kept is not None:
                messages.success(request, _("The plan is kept with what was answered today."))
                return redirect("planning:kept", public=kept.public)
    return render(request, "planning/from_here.html", context)


def _numbers(begun: dict[str, Any], said: Any, written: bool) -> dict[str, Any]:
    """The form of who staffs what, and that of the numbers it leads to."""
    from concerted.planning.forms.from_here import NOBODY, NumbersForm, SectorsForm
    from concerted.planning.queries.from_here import counted_twice, known_here, staff_named
    from concerted.planning.queries.making import as_known, likely, services_of

    base, offered, named = begun["base"], services_of(begun["base"]), staff_named()
    guesses = likely(base, named)
    sectors = SectorsForm(offered, guesses, named, said)
    chosen = sectors.chosen() if sectors.is_valid() else guesses
    here = known_here(begun["whole"], begun["on"], begun.get("agency"))
    known = as_known(base, here, chosen)
    return {
        "sectors": sectors,
        "named": named,
        "staffed_by": chosen,
        "here": here,
        "known": known,
        "numbers": NumbersForm(here, known, offered, said if written else None),
        "left_out": [
            (offered[key].name, here.in_no_part(whose))
            for key, whose in chosen.items()
            if not offered[key].as_one and here.in_no_part(whose).meant
        ],
        "twice": [(offered[one].name, offered[other].name) for one, other in counted_twice(chosen)],
        "begun": [(name, said.get(name, "")) for name in ("base", "whole", "agency", "on") if said.get(name)],
        "chosen": [(f"of.{key}", whose or NOBODY) for key, whose in chosen.items()],
    }


def _made(request: Request, begun: dict[str, Any], context: dict[str, Any]) -> Any:
    """Work the plan out; keep it when that is what she asked for. Faults and headlines go into `context`."""
    from concerted.maths.figures import OutOfRange
    from concerted.planning.queries.making import plan_values, services_of
    from concerted.planning.queries.moved import kept_inputs
    from concerted.planning.queries.own_plans import plan_in, text_of
    from concerted.planning.queries.plan_page import plan_page
    from concerted.planning.rules.plan import PlanFaults, faults_of

    form, here, chosen = context["numbers"], context["here"], context["staffed_by"]
    values = plan_values(begun["base"], here, chosen, context["named"], form.numbers(context["known"]))
    values["title"] = form.cleaned_data["title"]
    as_one = [key for key, one in services_of(begun["base"]).items() if one.as_one]
    try:
        if request.POST.get("do") != "keep":
            context["page"] = plan_page(plan_in(text_of(values)))
            return None
        return services.keep_plan(
            values["title"],
            "",
            {},
            file=text_of(values),
            inputs=kept_inputs(here, chosen, as_one),
            agency=begun.get("agency"),
            by=request.user,
            at=timezone.now(),
        )
    except (PlanFaults, OutOfRange) as refused:
        context["faults"] = faults_of(refused)
    return None
