"""Scenarios kept on a device: the warning, the copy, the page that plays without a line, and what comes back."""

from pathlib import Path
from typing import Any

from django.http import HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.kit import device
from concerted.kit.guards import Request, open_to_all, reads, writes
from concerted.practice.rules.queue import MOST_BYTES, MOST_MOVES, BadQueue, read_queue
from concerted.text import queries as text
from concerted.training import services
from concerted.training.access import TAKING
from concerted.training.queries.kept import copy_sent_by, mark_of, package, standing
from concerted.training.queries.scenarios import words_of
from concerted.training.views.scenarios import found_scenario
from concerted.training.wording import PARTS

#: How long steps are taken from a device, as the retention table has it.
DAYS = 30
_WORKER = Path(__file__).parents[1] / "static" / "training" / "worker.js"


def _said(words: str, status: int) -> JsonResponse:
    return JsonResponse({"say": words}, status=status)


@writes(TAKING, "C")
def keep(request: Request, code: str) -> HttpResponse:
    """What stays on the device and how it goes; a POST by script hands out the copy."""
    found = found_scenario(code, seats=0)
    reading = text.reading_among(request.user, text.offered(found.languages))
    if request.method != "POST":
        words = words_of(found.published_id, reading)
        context = {"scenario": found, "words": words, "shared": device.is_shared(request), "days": DAYS}
        return render(request, "training/keep.html", context)
    if device.is_shared(request):
        return _said(_("You said that others use this device. Nothing is kept on it."), 409)
    copy, key = services.keep_scenario(found, language=reading.code, by=request.user, at=timezone.now())
    answer = JsonResponse(package(copy, code, key, reading))
    device.mark_keeping(answer, days=DAYS, secure=request.is_secure())
    return answer


@reads(TAKING)
def kept(request: Request) -> HttpResponse:
    """The page that plays what the device keeps. It holds nothing of anybody: it stands on the device itself."""
    return render(request, "training/kept.html", {"parts": PARTS.items()})


@reads(TAKING)
def state(request: Request) -> HttpResponse:
    """Who is signed in, as a device calls her, whether others use the device, and the token of her forms."""
    return JsonResponse(
        {"person": mark_of(request.user), "shared": device.is_shared(request), "token": get_token(request)}
    )


@writes(TAKING, "U")
def send(request: Request) -> HttpResponse:
    """Take the steps a device sends. Each is taken once; the answer says where she stands, and what did not fit."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if request.content_type != "application/json":
        return redirect("training:kept")
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
        return _bad(BadQueue("long"))
    try:
        queue = read_queue(request.body)
    except BadQueue as fault:
        return _bad(fault)
    if queue.person != mark_of(request.user):
        return _said(_("These steps were taken under another sign-in. They stay on the device, unsent."), 403)
    copy = copy_sent_by(request.user, queue)
    if copy is None:
        return _said(_("This copy is not known here any more: it is too old, or belongs to another device."), 404)
    arrived = services.take_steps(copy, queue.moves, by=request.user, at=timezone.now())
    answer: dict[str, Any] = {"head": str(arrived.head), "say": arrived.refusal, **standing(arrived.attempt)}
    return JsonResponse(answer, status=409 if arrived.refusal else 200)


def _bad(fault: BadQueue) -> JsonResponse:
    words = {
        "long": _("More was sent than one device can have. Send fewer steps at once."),
        "json": _("What was sent is not JSON, or was cut off on the way. Send it again."),
        "shape": _("Copy, device, person or steps are missing. Send all four."),
        "many": _("At most %(n)s steps can be sent at once. Send the first of them.") % {"n": MOST_MOVES},
        "move": _("Step %(n)s cannot be read. The steps before it were not taken either.") % {"n": fault.number},
    }
    return _said(words[fault.code], 413 if fault.code in ("long", "many") else 400)


@open_to_all("A browser asks for it on its own, and it is the same for everybody", methods=("GET", "HEAD"))
def worker(request: Request) -> HttpResponse:
    """The script that answers for this page while there is no line. From here, so that it answers for nothing else."""
    return HttpResponse(_WORKER.read_text("utf-8"), content_type="text/javascript; charset=utf-8")
