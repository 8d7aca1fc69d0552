"""Case conferences: opening a table, sitting down at it, and the look back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from concerted.kit import access
from concerted.kit.guards import Request, reads, writes
from concerted.practice.models import ConferenceTable
from concerted.practice.services import TableRefused
from concerted.text import queries as text
from concerted.training import services
from concerted.training.access import PARTING, TABLE, TABLE_BACK, TABLE_LED
from concerted.training.forms import TableForm
from concerted.training.queries.table_back import back_shown
from concerted.training.queries.tables import (
    conference_named,
    endings_of,
    has_practised,
    table_lines,
    table_shown,
    tables,
)
from concerted.training.queries.words import words_in
from concerted.training.table_charts import knew_chart
from concerted.training.table_wording import break_in_words
from concerted.training.wording import part_in_words


@reads(TABLE)
def index(request: Request) -> HttpResponse:
    """The tables she opened or sits at, where it is her turn first."""
    reading = text.reading_language(request.user)
    return render(request, "training/tables.html", {"lines": table_lines(request.user, reading.code)})


@writes(TABLE, "C")
def case(request: Request, code: str) -> HttpResponse:
    """What a case is about, and opening a table for it; whoever has practised it reads how it can end."""
    found = conference_named(code)
    if found is None:
        raise Http404
    form = TableForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        table = services.open_table(found, form.cleaned_data["pace"], by=request.user, at=timezone.now())
        return redirect("training:table", key=table.key)
    languages = text.offered(found.languages)
    reading = text.reading_among(request.user, languages)
    words = words_in(found.published.version_id, reading)
    done = has_practised(request.user, found)
    endings = endings_of(found.published_id, words) if done else None
    context = {
        "scenario": found,
        "reading": reading,
        "languages": languages,
        "words": words,
        "aims": [section for key, section in words.items() if key.startswith("aim-")],
        "foreign": words.missing or words.behind,
        "form": form,
        "endings": endings,
        "compare": access.may(request.user, "G*", PARTING),
        "debrief": [(part_in_words(part), section) for part, section in endings.debrief] if endings else (),
    }
    return render(request, "training/table_case.html", context)


@writes(TABLE, "C")
def table(request: Request, key: str) -> HttpResponse:
    """A table as whoever has its link sees it: which seats are free, and the press that takes one."""
    found = get_object_or_404(tables(), key=key)
    if found.finished_at is not None:
        access.allow(request.user, "R", TABLE_BACK, found)
        return redirect("training:table_back", key=key)
    if request.method == "POST":
        seat, language = request.POST.get("seat", ""), text.reading_language(request.user).code
        try:
            services.sit_down(found, seat, language=language, by=request.user, at=timezone.now())
        except TableRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("training:table", key=key)
        return redirect("training:table_moment", key=key)
    reading = text.reading_language(request.user)
    context = {
        "shown": table_shown(found, request.user, reading),
        "reading": reading,
        "link": request.build_absolute_uri(request.path),
        "led": access.may(request.user, "U", TABLE_LED, found),
    }
    return render(request, "training/table.html", context)


@writes(TABLE_LED, "U")
def lead(request: Request, key: str) -> HttpResponse:
    """Let the programme play a free seat, or wait no longer for those who have not acted."""
    found = access.fetch(request.user, "U", TABLE_LED, ConferenceTable.objects.all(), key=key)
    facts: dict[str, Any] = {"by": request.user, "at": timezone.now()}
    if request.method == "POST":
        try:
            if "moment" in request.POST:
                services.wait_no_longer(found, request.POST["moment"], **facts)
            else:
                services.let_stand_in(found, request.POST.get("seat", ""), **facts)
        except TableRefused as refusal:
            messages.error(request, str(refusal))
    return redirect("training:table", key=key)


@reads(TABLE_BACK)
def back(request: Request, key: str) -> HttpResponse:
    """How the case ended, where coordination broke, and who knew what when."""
    found = access.fetch(request.user, "R", TABLE_BACK, tables(), key=key)
    reading = text.reading_language(request.user)
    shown = back_shown(found, reading)
    if shown is None:
        return redirect("training:table", key=key)
    context = {
        "table": found,
        "reading": reading,
        "shown": shown,
        "breaks": [(*break_in_words(one), one) for one in shown.breaks],
        "debrief": [(part_in_words(part), section) for part, section in shown.debrief],
        "chart": knew_chart(shown),
    }
    return render(request, "training/table_back.html", context)
