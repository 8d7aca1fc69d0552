"""What answers tell about the questions of a bank, a test or a module, for those who write and teach them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from concerted.kit.guards import Request, reads
from concerted.practice.models import Bank, Exam
from concerted.practice.rules import FEWEST_COUNTED, FEWEST_JUDGED
from concerted.practice.services import QUIZ, TEST
from concerted.text import queries as text
from concerted.training.access import ITEMS
from concerted.training.models import Module
from concerted.training.queries.items import items_shown
from concerted.training.queries.papers import heads_of

MODULE = "module"
_BACK = {QUIZ: "training:quiz", TEST: "training:exam", MODULE: "training:module"}


@reads(ITEMS, "G*")
def bank(request: Request, code: str) -> HttpResponse:
    """The questions of a bank, as people answered them when they practised for the first time."""
    held = get_object_or_404(Bank.objects.select_related("document"), code=code, document__published__isnull=False)
    return _page(request, QUIZ, held, held.document.published_id or 0)


@reads(ITEMS, "G*")
def exam(request: Request, code: str) -> HttpResponse:
    """The questions of a test, as people answered them in their first attempt."""
    held: Any = get_object_or_404(Exam.objects.select_related("published"), code=code, published__isnull=False)
    return _page(request, TEST, held, held.published.version_id)


@reads(ITEMS, "G*")
def module(request: Request, code: str) -> HttpResponse:
    """The questions inside the units of a module, as people answered them the first time they completed it."""
    held = get_object_or_404(Module.objects.select_related("document"), code=code, published__isnull=False)
    return _page(request, MODULE, held, held.document.published_id or 0)


def _page(request: Request, kind: str, held: Any, version: int) -> HttpResponse:
    reading = text.reading_language(request.user)
    items, too_few = items_shown(kind, held.pk, reading.code)
    context = {
        "code": held.code,
        "kind": kind,
        "back": _BACK[kind],
        "title": heads_of(version, reading.code)["title"],
        "items": items,
        "too_few": too_few,
        "fewest": FEWEST_COUNTED,
        "judged": FEWEST_JUDGED,
    }
    return render(request, "training/items.html", context)
