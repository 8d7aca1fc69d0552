"""Before a quiz or a test: what it is about, what to expect, and the one button."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from concerted.kit import access
from concerted.kit.guards import Request, reads, writes
from concerted.practice.models import Attempt, Bank, Exam
from concerted.practice.rules import opens_again
from concerted.practice.services import QUIZ, TEST, moment_in_words
from concerted.text import queries as text
from concerted.training import services
from concerted.training.access import ITEMS, MODULE, TAKING
from concerted.training.queries.attempts import latest_attempt_at
from concerted.training.queries.languages import languages_of_bank, languages_of_exam
from concerted.training.queries.local import help_for_staff
from concerted.training.queries.papers import aims_of, foreign, heads_of, questions_in
from concerted.training.services.taking import AttemptRefused


def _bank(code: str) -> Any:
    held = Bank.objects.select_related("document").annotate(languages=languages_of_bank())
    return get_object_or_404(held, code=code, document__published__isnull=False)


def _exam(code: str) -> Any:
    held = Exam.objects.select_related("published").annotate(languages=languages_of_exam())
    return get_object_or_404(held, code=code, published__isnull=False)


def _context(request: Request, kind: str, held: Any, version: int) -> dict[str, Any]:
    languages = text.offered(held.languages)
    reading = text.reading_among(request.user, languages)
    heads = heads_of(version, reading.code)
    last = latest_attempt_at(request.user, kind, held.pk)
    return {
        "code": held.code,
        "reading": reading,
        "languages": languages,
        "heads": heads,
        "aims": aims_of(heads),
        "foreign": foreign(heads.values()),
        "help": help_for_staff(reading.code, reading.interface),
        "last": last,
        "open": last is not None and last.finished_at is None,
        "learn": access.may(request.user, "G*", ITEMS),
    }


@reads(MODULE)
def quiz(request: Request, code: str) -> HttpResponse:
    """A bank of questions to practise with."""
    bank = _bank(code)
    version = bank.document.published_id
    context = _context(request, QUIZ, bank, version) | {"minutes": bank.minutes, "questions": questions_in(version)}
    return render(request, "training/quiz.html", context)


@reads(MODULE)
def exam(request: Request, code: str) -> HttpResponse:
    """A test: how many questions, how long, what it takes to pass."""
    found = _exam(code)
    version = found.published
    context = _context(request, TEST, found, version.version_id) | {
        "version": version,
        "questions": sum(pool["questions"] for pool in version.pools),
    }
    return render(request, "training/exam.html", context | {"opens": _opens_again(context["last"], version.wait_hours)})


def _opens_again(last: Attempt | None, hours: int) -> str:
    """From when she may try once more after a failure, in words; empty where she may at once."""
    opens = opens_again(last.finished_at, hours, passed=bool(last.passed)) if last else None
    return moment_in_words(opens) if opens is not None and timezone.now() < opens else ""


@writes(TAKING, "C")
def start_quiz(request: Request, code: str) -> HttpResponse:
    """Begin a quiz, or go on where she stopped."""
    bank = _bank(code)
    if request.method == "POST":
        language = text.reading_language(request.user).code
        services.start_quiz(bank, language=language, by=request.user, at=timezone.now())
        return redirect("training:ask_quiz", code=code)
    return redirect("training:quiz", code=code)


@writes(TAKING, "C")
def start_exam(request: Request, code: str) -> HttpResponse:
    """Begin a test, or go on where she stopped. The clock runs from here."""
    found = _exam(code)
    if request.method == "POST":
        language, more = text.reading_language(request.user).code, "more-time" in request.POST
        try:
            services.start_exam(found, language=language, more_time=more, by=request.user, at=timezone.now())
        except AttemptRefused as refusal:
            messages.info(request, str(refusal))
            return redirect("training:exam", code=code)
        return redirect("training:ask_exam", code=code)
    return redirect("training:exam", code=code)
