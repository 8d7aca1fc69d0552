from django.http import HttpResponse
from django.shortcuts import render

from concerted.directory.rules import FEWEST
from concerted.kit.guards import Request, reads
from concerted.text import queries as text
from concerted.training.access import PARTING
from concerted.training.charts import letter, parting_chart
from concerted.training.queries.parting import partings_shown, sector_names
from concerted.training.queries.scenarios import words_of
from concerted.training.views.scenarios import found_or_404


@reads(PARTING, "G*")
def parting(request: Request, code: str) -> HttpResponse:
    """Where sectors choose differently in a scenario: shares by passage, nobody's answer."""
    scenario = found_or_404(code)
    languages = text.offered(scenario.languages)
    reading = text.reading_among(request.user, languages)
    found = partings_shown(scenario.published_id, reading)
    sectors = sector_names() if found else {}
    context = {
        "scenario": scenario,
        "title": words_of(scenario.published_id, reading)["title"],
        "reading": reading,
        "languages": languages,
        "fewest": FEWEST,
        "passages": [
            (
                shown,
                [(letter(place), words) for place, (_key, words) in enumerate(shown.choices)],
                parting_chart(shown, sectors),
            )
            for shown in found
        ],
    }
    return render(request, "training/parting.html", context)
