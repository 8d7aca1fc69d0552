from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from concerted.kit import digits
from concerted.kit.guards import Request, open_to_all
from concerted.text import queries as text
from concerted.training.forms import CatalogueForm
from concerted.training.queries.catalogue import catalogue as everything
from concerted.training.queries.catalogue import posts, spoken

ON_A_PAGE = 25


@open_to_all("Whoever works in the field may see what there is to learn before she registers", methods=("GET", "HEAD"))
def catalogue(request: Request) -> HttpResponse:
    """Modules, situations, questions and tests, by post, language and time; and the way to an account."""
    lines = everything(text.reading_language(request.user).code)
    form = CatalogueForm(posts(), spoken(lines), request.GET or None)
    wanted = form.wanted()
    pages = Paginator([line for line in lines if line.fits(**wanted)], ON_A_PAGE)
    context = {
        "form": form,
        "page": pages.get_page(digits.plain(request.GET.get("page", "")) or 1),
        "found": pages.count,
        "all": len(lines),
        "visitor": not request.user.is_authenticated,
    }
    return render(request, "training/catalogue.html", context)
