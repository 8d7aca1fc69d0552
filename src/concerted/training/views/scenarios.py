from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from concerted.kit import access, device
from concerted.kit.guards import Request, reads, writes
from concerted.practice.models import Attempt, Scenario
from concerted.practice.services import AttemptFinished, AttemptRefused
from concerted.text import queries as text
from concerted.training import services
from concerted.training.access import MODULE, PARTING, TAKING
from concerted.training.queries.languages import languages_of_scenario
from concerted.training.queries.scenarios import SceneShown, latest_attempt, scenario_lines, scene_shown, words_of
from concerted.training.views.answers import form_key
from concerted.training.wording import part_in_words


@reads(MODULE)
def index(request: Request) -> HttpResponse:
    """The scenarios there are, what she has begun first."""
    reading = text.reading_language(request.user)
    lines = scenario_lines(request.user, reading.code)
    context = {"lines": lines, "reading": reading, "tables": any(line.seats for line in lines)}
    return render(request, "training/scenarios.html", context)


def found_scenario(code: str, **facts: Any) -> Any:
    """The published scenario with this code, else "not found"."""
    held = Scenario.objects.select_related("published").annotate(languages=languages_of_scenario())
    return get_object_or_404(held, code=code, published__isnull=False, **facts)


def _attempts(request: Request, scenario: Scenario) -> Any:
    return Attempt.objects.filter(person=request.user, what_kind="scenario", what=scenario.pk).order_by("-no")


@reads(MODULE)
def scenario(request: Request, code: str) -> HttpResponse:
    """One scenario: who she is in it, what to expect, and the one button."""
    found = found_scenario(code)
    if found.seats:
        return redirect("training:table_case", code=code)
    languages = text.offered(found.languages)
    reading = text.reading_among(request.user, languages)
    words = words_of(found.published_id, reading)
    last = _attempts(request, found).first()
    context = {
        "scenario": found,
        "reading": reading,
        "languages": languages,
        "words": words,
        "aims": [section for key, section in words.items() if key.startswith("aim-")],
        "open": last is not None and last.finished_at is None,
        "done": last is not None and last.finished_at is not None,
        "foreign": words.missing or words.behind,
        "keeps": device.keeps(request),
        "compare": access.may(request.user, "G*", PARTING),
    }
    return render(request, "training/scenario.html", context)


@writes(TAKING, "C")
def start(request: Request, code: str) -> HttpResponse:
    """Begin, or go on where she stopped."""
    found = found_scenario(code, seats=0)
    if request.method == "POST":
        language = text.reading_language(request.user).code
        services.start_scenario(found, language=language, by=request.user, at=timezone.now())
        return redirect("training:play", code=code)
    return redirect("training:scenario", code=code)


@writes(TAKING, "U")
def play(request: Request, code: str) -> HttpResponse:
    """Where she stands in a scenario; a choice leads on. The server keeps the way."""
    found, attempt = latest_attempt(request.user, code)
    if found is None or attempt is None:
        return redirect("training:scenario", code=code)
    here = reverse("training:play", kwargs={"code": code})
    reading = text.reading_among(request.user, found.languages)
    if request.method == "POST":
        refusal = _taken(request, attempt)
        if not refusal:
            return HttpResponseRedirect(f"{here}#scene")
        shown = scene_shown(found, attempt, reading)
        elsewhere = request.POST.get("at", shown.at) != shown.at
        return _page(request, shown, refusal, status=409 if elsewhere else 200)
    return _page(request, scene_shown(found, attempt, reading))


def _page(request: Request, shown: SceneShown, refusal: str = "", status: int = 200) -> HttpResponse:
    context = {
        "shown": shown,
        "key": form_key(request, fresh=True),
        "refusal": refusal,
        "debrief": [(part_in_words(part), words) for part, words in shown.debrief],
    }
    return render(request, "training/play.html", context, status=status)


def _taken(request: Request, attempt: Attempt) -> str:
    """Do what she pressed; says why where it cannot be done, and nothing is stored then."""
    facts: dict[str, Any] = {"by": request.user, "at": timezone.now()}
    at, do = request.POST.get("at", ""), request.POST.get("do", "")
    try:
        if do == "round":
            services.go_round(attempt, at, **facts)
        elif do == "end":
            services.look_back_now(attempt, **facts)
        else:
            services.choose(attempt, at, request.POST.get("choice", ""), client_key=form_key(request), **facts)
    except AttemptFinished as refusal:
        # A tab left open: the page she is sent to shows how it ended.
        messages.info(request, str(refusal))
    except AttemptRefused as refusal:
        return str(refusal)
    return ""
