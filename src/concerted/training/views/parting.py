"""Where sectors choose differently in a scenario, and what seats decide in a case conference."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from concerted.directory.rules import FEWEST
from concerted.kit.guards import Request, reads
from concerted.text import queries as text
from concerted.training.access import PARTING
from concerted.training.queries.decisions import decisions_shown
from concerted.training.queries.parting import partings_shown, sector_names
from concerted.training.queries.scenarios import scenario_at, words_of
from concerted.training.queries.tables import conference_named
from concerted.training.queries.words import words_in


@reads(PARTING, "G*")
def parting(request: Request, code: str) -> HttpResponse:
    """Where sectors choose differently in a scenario: shares by passage, nobody's answer."""
    scenario = scenario_at(code)
    if scenario is None:
        raise Http404
    reading = text.reading_among(request.user, scenario.languages)
    found = partings_shown(scenario.version, reading)
    context = {
        "scenario": scenario,
        "title": words_of(scenario.version, reading)["title"],
        "reading": reading,
        "fewest": FEWEST,
        "passages": found,
        "sectors": sector_names() if found else (),
    }
    return render(request, "training/parting.html", context)


@reads(PARTING, "G*")
def decisions(request: Request, code: str) -> HttpResponse:
    """What seats decided in a case conference, over all tables that are over: shares, nobody's move."""
    found = conference_named(code)
    if found is None:
        raise Http404
    languages = text.offered(found.languages)
    reading = text.reading_among(request.user, languages)
    version = found.published.version_id
    context = {
        "scenario": found,
        "title": words_in(version, reading)["title"],
        "reading": reading,
        "languages": languages,
        "fewest": FEWEST,
        "seats": decisions_shown(found.published_id, version, reading),
    }
    return render(request, "training/table_decisions.html", context)
