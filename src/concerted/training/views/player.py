import uuid
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.kit.guards import Request, writes
from concerted.practice.models import Attempt
from concerted.practice.rules import BadAnswer
from concerted.text import queries as text
from concerted.training import queries, services
from concerted.training.access import TAKING
from concerted.training.queries.asked import as_typed
from concerted.training.queries.ways import ways_with
from concerted.training.services.taking import AttemptFinished, AttemptRefused, NotYet
from concerted.training.views.answers import answer_of, box_of, form_key, placed_of


@writes(TAKING, "U")
def unit(request: Request, code: str, unit: str) -> HttpResponse:
    """The learning player: one step at a time, saved at each; the server keeps the order."""
    module, attempt, taken = queries.open_attempt_at(request.user, code)
    if attempt is None or module is None:
        if request.method == "POST" and module is not None and queries.has_finished(request.user, module):
            # A tab left open: the module was finished in another one.
            messages.info(request, str(AttemptFinished()))
        return redirect("training:module", code=code)
    reading = text.reading_among(request.user, module.languages)
    units, ways = ways_with(attempt.version, taken)
    asked = request.POST.get("step", "") or request.GET.get("step", "")
    shown = queries.unit_shown(
        module,
        attempt,
        units,
        ways,
        taken,
        unit,
        asked,
        "again" in request.GET and request.method == "GET",
        reading,
        timezone.localdate(),
    )
    if shown is None:
        now = next((way.code for way in ways if way.open and not way.complete), ways[-1].code)
        messages.info(request, _("That unit comes later. Here is the one you are at."))
        return redirect("training:unit", code=code, unit=now)
    if request.method == "POST":
        return _taken(request, attempt, module, shown, unit)
    return _page(request, shown)


def _page(request: Request, shown: queries.UnitShown, refusal: str = "") -> HttpResponse:
    context = {"shown": shown, "box": box_of(shown.asked), "key": uuid.uuid4(), "refusal": refusal}
    return render(request, "training/unit.html", context)


def _taken(
    request: Request, attempt: Attempt, module: queries.ModuleAt, shown: queries.UnitShown, unit: str
) -> HttpResponse:
    """Save what she did on this step and say where she goes."""
    here = reverse("training:unit", kwargs={"code": module.code, "unit": unit})
    facts: dict[str, Any] = {"client_key": form_key(request), "by": request.user, "at": timezone.now()}
    step = request.POST.get("step", shown.step.name)
    try:
        if "answer" in request.POST.get("do", ""):
            attempt = services.answer_question(attempt, unit, step, answer_of(request, shown.asked.kind), **facts)
            return HttpResponseRedirect(f"{here}?step={step}#feedback")
        attempt = services.mark_read(attempt, unit, step, **facts)
    except BadAnswer as refusal:
        # Nothing is stored: the form comes back with what she chose, and the reason beside its button.
        typed = as_typed(shown.asked, answer_of(request, shown.asked.kind), placed_of(request))
        return _page(request, replace(shown, asked=typed), _(str(refusal)))
    except (NotYet, AttemptRefused) as refusal:
        messages.info(request, str(refusal))
        return redirect(here)
    if attempt.finished_at:
        return redirect("training:module", code=module.code)
    place = shown.way.steps.index(step) + 1 if step in shown.way.steps else 0
    if place < len(shown.way.steps):
        return HttpResponseRedirect(f"{here}?step={shown.way.steps[place]}")
    if shown.next_unit:
        return redirect("training:unit", code=module.code, unit=shown.next_unit)
    return redirect("training:module", code=module.code)
