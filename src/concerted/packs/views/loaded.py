from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from concerted.kit.guards import Request, reads
from concerted.packs import queries
from concerted.packs.access import PACK


@reads(PACK)
def index(request: Request) -> HttpResponse:
    """The packs that are loaded, with their modules and how far each is translated."""
    return render(request, "packs/index.html", {"packs": queries.packs_loaded(get_language() or "en")})
