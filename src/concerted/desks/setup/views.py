from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from concerted.capacity.services.mandates import MandateRefused
from concerted.desks.setup import forms, queries, services
from concerted.directory.access import SET_UP
from concerted.directory.models import Sector, Territory
from concerted.directory.services.agencies import AgencyRefused
from concerted.directory.services.audiences import AudienceRefused
from concerted.directory.services.positions import PositionRefused
from concerted.directory.services.response import SetUpRefused, begin_response, choose_sectors, finish_set_up
from concerted.kit.guards import Request, reads, writes


def _shown(request: Request, step: str, form: Form | None, **more: Any) -> HttpResponse:
    steps = queries.steps(step)
    number = next(place for place, one in enumerate(steps, start=1) if one.current)
    context = {"steps": steps, "step": steps[number - 1], "number": number, "form": form} | more
    return render(request, f"desks/setup/{step}.html", context)


@reads(SET_UP)
def index(request: Request) -> HttpResponse:
    """Leads to the first step that is not done."""
    return redirect(f"setup:{queries.first_open()}")


@writes(SET_UP, "U")
def languages(request: Request) -> HttpResponse:
    """Step 1: the name of the response and its languages."""
    held = queries.response()
    initial = {"name": held.name if held else "", "languages": held.languages if held and held.languages else ["en"]}
    form = forms.LanguagesForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            begin_response(
                form.cleaned_data["name"], form.cleaned_data["languages"], by=request.user, at=timezone.now()
            )
        except SetUpRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("setup:sectors")
    return _shown(request, "languages", form)


@writes(SET_UP, "U")
def sectors(request: Request) -> HttpResponse:
    """Step 2: the sectors that take part."""
    held = list(Sector.objects.values_list("code", flat=True))
    form = forms.SectorsForm(request.POST or None, initial={"sectors": held or list(forms.SECTORS)})
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            choose_sectors(chosen["sectors"], [chosen["own"]], by=request.user, at=timezone.now())
        except SetUpRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("setup:territories")
    return _shown(request, "sectors", form)


@writes(SET_UP, "U")
def territories(request: Request) -> HttpResponse:
    """Step 3: the tree of territories."""
    form = forms.TerritoriesForm(request.POST or None, request.FILES or None)
    result = None
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            result = services.take_territories(
                chosen["file"], chosen["country"], chosen["areas"], by=request.user, at=timezone.now()
            )
        except SetUpRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            if not result.faults:
                messages.success(request, _("The territories are in place."))
                return redirect("setup:first")
    typed = result is not None and not form.cleaned_data["file"]
    return _shown(request, "territories", form, result=result, typed=typed, held=Territory.objects.count())


@writes(SET_UP, "U")
def first(request: Request) -> HttpResponse:
    """Step 4: the first agency and the first mandate."""
    form = forms.FirstForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.begin_work(form.cleaned_data, language=get_language() or "en", by=request.user, at=timezone.now())
        except (AgencyRefused, AudienceRefused, MandateRefused, PositionRefused, SetUpRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("setup:mail")
    return _shown(request, "first", form)


@writes(SET_UP, "U")
def mail(request: Request) -> HttpResponse:
    """Step 5: whether mail goes out; then the set-up is finished."""
    fault, tried = "", False
    if request.method == "POST":
        if request.POST.get("do") == "finish":
            finish_set_up(by=request.user, at=timezone.now())
            messages.success(request, _("The response is set up."))
            return redirect("desks:desk")
        fault, tried = services.try_mail(by=request.user), True
    facts = {"fault": fault, "tried": tried, "server": services.has_mail_server(), "address": request.user.email}
    return _shown(request, "mail", None, **facts)
