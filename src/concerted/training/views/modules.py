from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from concerted.directory.queries import sector_of
from concerted.kit import access
from concerted.kit.guards import Request, reads, writes
from concerted.practice.models import Attempt
from concerted.practice.rules import WAIT
from concerted.practice.services import next_opens
from concerted.text import queries as text
from concerted.training import queries, services
from concerted.training.access import ITEMS, LOCAL, MODULE, TAKING
from concerted.training.models import Certificate, Module
from concerted.training.queries.gates import gate_of
from concerted.training.queries.ways import units_of, ways_of
from concerted.training.services.taking import AttemptRefused, NotYet, missing_first


@reads(MODULE)
def index(request: Request) -> HttpResponse:
    """What there is to learn: what she began, her own sector's, then what all share."""
    reading = text.reading_language(request.user)
    sector = sector_of(request.user.pk, timezone.localdate())
    lines = queries.module_lines(request.user, reading.code, sector)
    return render(
        request,
        "training/index.html",
        {
            "lines": lines,
            "reading": reading,
            "programmes": queries.programme_lines(request.user, reading.code, lines),
            "may_fill": access.may(request.user, "R", LOCAL),
            "begun": next((line for line in lines if line.state == "begun"), None),
        },
    )


@reads(MODULE)
def module(request: Request, code: str) -> HttpResponse:
    """One module: what it is for, how long, what is in it, and the one button."""
    modules = Module.objects.select_related("document", "published").annotate(languages=queries.languages_of_module())
    found: Any = get_object_or_404(modules, code=code, published__isnull=False)
    languages = text.offered(found.languages)
    reading = text.reading_among(request.user, languages)
    attempts = list(Attempt.objects.filter(person=request.user, what_kind="module", what=found.pk).order_by("-no"))
    open_one = next((a for a in attempts if not a.finished_at), None)
    if open_one:
        units, ways, _taken = ways_of(open_one)
    else:
        units = units_of(found.published_id or 0)
        ways = []
    words = text.read_sections([*(u.version_id for u in units), found.document.published_id or 0], reading.code)
    heads = {s.key: s for s in words.get(found.document.published_id or 0, ())}
    titles = [next((s for s in words.get(u.version_id, ()) if s.key == "title"), None) for u in units]
    parts = [s for s in (*heads.values(), *titles) if s and (s.title or s.markdown)]
    foreign = [s for s in parts if s.missing or s.behind]
    now = next((way.code for way in ways if way.open and not way.complete), ways[-1].code if ways else "")
    finished = [a for a in reversed(attempts) if a.finished_at]
    last = finished[-1] if finished else None
    opens = next_opens(finished, found.published.attempts if found.published else 0)
    return render(
        request,
        "training/module.html",
        {
            "module": found,
            "version": found.published,
            "words": heads,
            "reading": reading,
            "languages": languages,
            "shown_in_part": bool(foreign) and len(foreign) < len(parts),
            "aims": [s for key, s in heads.items() if key.startswith("aim-")],
            "units": [
                {"unit": unit, "title": title, "way": ways[n] if ways else None}
                for n, (unit, title) in enumerate(zip(units, titles, strict=True))
            ],
            "open": open_one,
            "now": now,
            "done": sum(way.complete for way in ways),
            "last": last,
            "gate": gate_of(found.published, last, reading.code),
            "opens": opens if opens and timezone.localdate() < opens else None,
            "wait": WAIT.days,
            "certificate": Certificate.objects.filter(person=request.user, module_version__module=found).first(),
            "learn": access.may(request.user, "G*", ITEMS),
            "first": _first(request, found, reading),
        },
    )


def _first(request: Request, module: Module, reading: text.ReadingLanguage) -> list[dict[str, Any]]:
    """What she has to complete before this module."""
    first = missing_first(request.user, module)
    return [{"module": one, "title": title} for one, title in zip(first, _titles(first, reading), strict=True)]


def _titles(modules: list[Module], reading: text.ReadingLanguage) -> list[text.TitleShown]:
    """How modules are called in the language she reads in; those who chose none pay for no query."""
    shown = text.titles_shown([one.document_id for one in modules], reading.code) if modules and reading.chosen else {}
    named = [text.TitleShown(one.credential.name, one.credential.named_in) for one in modules]
    return [shown.get(one.document_id, name) for one, name in zip(modules, named, strict=True)]


@writes(TAKING, "C")
def start(request: Request, code: str) -> HttpResponse:
    """Begin the module, or go on where she stopped."""
    found = get_object_or_404(
        Module.objects.select_related("document", "published"), code=code, published__isnull=False
    )
    if request.method != "POST":
        return redirect("training:module", code=code)
    reading = text.reading_language(request.user)
    try:
        attempt = services.start_module(found, language=reading.code, by=request.user, at=timezone.now())
    except (NotYet, AttemptRefused) as refusal:
        messages.error(request, str(refusal))
        return redirect("training:module", code=code)
    _units, ways, _taken = ways_of(attempt)
    now = next((way.code for way in ways if not way.complete), ways[-1].code)
    return redirect("training:unit", code=code, unit=now)
