from django.http import Http404, HttpResponse
from django.shortcuts import render

from concerted.directory.rules import FEWEST
from concerted.kit.guards import Request, reads
from concerted.text import queries as text
from concerted.training.access import PARTING
from concerted.training.queries.parting import partings_shown, sector_names
from concerted.training.queries.scenarios import scenario_at, words_of


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
