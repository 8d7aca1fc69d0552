from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from concerted.kit.guards import Request, reads
from concerted.packs.queries import titles_in
from concerted.packs.reading.conferences import ConferenceFile
from concerted.packs.services.scripts import script_of
from concerted.packs.views.scripts import opened
from concerted.packs.workshop.case_drawing import draw_case
from concerted.packs.workshop.case_trying import case_trial_of
from concerted.packs.workshop.script import title_of
from concerted.packs.workshop.trying import trial_of
from concerted.practice.access import SCRIPT
from concerted.practice.models import ScenarioDraft


@reads(SCRIPT)
def try_out(request: Request, public: Any) -> HttpResponse:
    """Play a draft from any passage with any numbers. Nothing of it is kept."""
    draft = opened(public)
    script = script_of(draft)
    if script.file is None or not script.sound:
        messages.info(request, _("It can be tried out when what is listed here is mended."))
        return redirect("packs:script", public=public)
    if isinstance(script.file, ConferenceFile):
        return _case(request, draft, script.file)
    trial = trial_of(script.file, request.GET.dict())
    passages = [one for one in titles_in(draft) if one[0] != "debrief"]
    context = {"draft": draft, "named": script.title or draft.code, "trial": trial, "passages": passages}
    return render(request, "packs/trial.html", context)


def _case(request: Request, draft: ScenarioDraft, file: ConferenceFile) -> HttpResponse:
    """Play a case alone: decide for every seat, and see what each hears."""
    moments = {one.key for one in file.conference.moments}
    trial, titles = case_trial_of(file, request.GET.dict()), titles_in(draft)
    context = {
        "draft": draft,
        "named": title_of(draft.head) or draft.code,
        "trial": trial,
        "moments": [one for one in titles if one[0] in moments],
        "lanes": draw_case(file, dict(titles), set(), rtl=get_language_bidi(), here=trial.at),
    }
    return render(request, "packs/case_trial.html", context)
