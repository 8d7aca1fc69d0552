from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.kit import access
from concerted.kit.digits import localise
from concerted.kit.guards import Request, reads, writes
from concerted.practice.services import FOLLOW_UP, QUIZ, TEST, TOLD_LATE
from concerted.text import queries as text
from concerted.training import services
from concerted.training.access import MISCONCEPTIONS_WIDE, MODULE, TAKING
from concerted.training.queries.asked import as_typed
from concerted.training.queries.local import help_for_staff
from concerted.training.queries.papers import (
    QuestionShown,
    Sitting,
    fitted,
    look_back,
    marked,
    question_shown,
    sitting,
    title_of,
)
from concerted.training.queries.practised import practised_lines
from concerted.training.services.taking import AttemptFinished, AttemptRefused, BadAnswer
from concerted.training.views.answers import answer_of, box_of, form_key, placed_of

#: The page before a quiz or a test, and the one that asks.
HOME = {QUIZ: "training:quiz", TEST: "training:exam", FOLLOW_UP: "training:again"}
ASK = {QUIZ: "training:ask_quiz", TEST: "training:ask_exam", FOLLOW_UP: "training:ask_again"}


@reads(MODULE)
def index(request: Request) -> HttpResponse:
    """The tests and banks there are, what she has begun first."""
    reading = text.reading_language(request.user)
    lines = practised_lines(request.user, reading.code)
    learn = access.may(request.user, "G*", MISCONCEPTIONS_WIDE)
    return render(request, "training/questions.html", {"lines": lines, "reading": reading, "learn": learn})


@writes(TAKING, "U")
def ask_quiz(request: Request, code: str) -> HttpResponse:
    """A quiz, question by question: told at once whether an answer fits."""
    return _ask(request, QUIZ, code)


@writes(TAKING, "U")
def ask_exam(request: Request, code: str) -> HttpResponse:
    """A test, question by question: nothing is told before it is handed in."""
    return _ask(request, TEST, code)


@writes(TAKING, "U")
def ask_again(request: Request, code: str) -> HttpResponse:
    """The questions of a test she passed, some months later."""
    return _ask(request, FOLLOW_UP, code)


def _ask(request: Request, kind: str, code: str) -> HttpResponse:
    sat = sitting(request.user, kind, code)
    if sat is None:
        return redirect(HOME[kind], code=code)
    now = timezone.now()
    if not sat.over and sat.ends_at is not None and now >= sat.ends_at:
        # Nobody was there when the time ended: it is closed with what was saved before, as of its end.
        sat = replace(sat, attempt=services.hand_in_paper(sat.attempt, by=request.user, at=now))
        messages.info(request, _("The time is over. What you had saved counts."))
    reading = text.reading_language(request.user)
    if sat.over:
        if request.method == "POST":
            messages.info(request, str(AttemptFinished()))
            return redirect(ASK[kind], code=code)
        return _looked_back(request, sat, reading)
    if request.method == "POST":
        return _taken(request, sat, reading, now)
    place = _place(request.GET.get("n", ""), sat)
    if place >= len(sat.questions):
        return _overview(request, sat, reading)
    shown = question_shown(sat, place, reading.code, again="again" in request.GET)
    return _page(request, sat, shown, reading)


def _place(asked: str, sat: Sitting) -> int:
    """The place (from 0) of the question asked for, which the address counts from 1; else the first open one."""
    if asked.isdecimal() and len(asked) < 5 and 1 <= int(asked) <= len(sat.questions) + 1:
        return int(asked) - 1
    return sat.next_open


def _context(sat: Sitting, reading: text.ReadingLanguage) -> dict[str, Any]:
    return {
        "sat": sat,
        "reading": reading,
        "title": title_of(sat, reading.code),
        "test": sat.kind in TOLD_LATE,
        "again": sat.kind == FOLLOW_UP,
        "home": HOME[sat.kind],
        "ask": ASK[sat.kind],
        "until": localise(f"{timezone.localtime(sat.ends_at):%H:%M}") if sat.ends_at else "",
        "steps": [number in sat.last for number in sat.questions],
    }


def _page(
    request: Request, sat: Sitting, shown: QuestionShown, reading: text.ReadingLanguage, refusal: str = ""
) -> HttpResponse:
    context = _context(sat, reading) | {
        "shown": shown,
        "box": box_of(shown.asked),
        "place": shown.place,
        "key": form_key(request, fresh=True),
        "refusal": refusal,
    }
    return render(request, "training/ask.html", context)


def _overview(request: Request, sat: Sitting, reading: text.ReadingLanguage) -> HttpResponse:
    """Before a paper is handed in: which questions have no answer yet."""
    return render(request, "training/hand_in.html", _context(sat, reading) | {"answered": len(sat.last), "place": -1})


def _looked_back(request: Request, sat: Sitting, reading: text.ReadingLanguage) -> HttpResponse:
    shown = look_back(sat, reading.code)
    context = _context(sat, reading) | {"questions": shown, "fitted": fitted(shown), "marked": marked(shown)}
    context["help"] = help_for_staff(reading.code, reading.interface)
    return render(request, "training/looked_back.html", context)


def _taken(request: Request, sat: Sitting, reading: text.ReadingLanguage, now: datetime) -> HttpResponse:
    """Save what she did and say where she goes."""
    home = redirect(ASK[sat.kind], code=sat.code)
    if request.POST.get("do") == "hand-in":
        services.hand_in_paper(sat.attempt, by=request.user, at=now)
        return home
    place = _place(request.POST.get("n", ""), sat)
    if place >= len(sat.questions):
        return home
    shown = question_shown(sat, place, reading.code, again=True)
    answer = answer_of(request, shown.asked.kind)
    facts: dict[str, Any] = {"client_key": form_key(request), "by": request.user, "at": now}
    try:
        services.answer_on_paper(sat.attempt, shown.number, answer, **facts)
    except BadAnswer as refusal:
        # Nothing is stored: the form comes back with what she chose, and the reason beside its button.
        typed = as_typed(shown.asked, answer, placed_of(request))
        return _page(request, sat, replace(shown, asked=typed), reading, _(str(refusal)))
    except AttemptRefused as refusal:
        messages.info(request, str(refusal))
        return home
    home["Location"] += f"?n={place + 1}#said" if sat.kind == QUIZ else f"?n={place + 2}"
    return home
