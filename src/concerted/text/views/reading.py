from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.directory.access import OWN_PROFILE
from concerted.kit.guards import Request, writes
from concerted.kit.views import local_path
from concerted.text import queries
from concerted.text.rules import AS_THE_PAGES
from concerted.text.services import LanguageRefused, choose_reading_language


@writes(OWN_PROFILE, "U")
def choose(request: Request) -> HttpResponse:
    """The language she reads texts in. POST `language` (a code, or AS_THE_PAGES) keeps it and goes back to `next`."""
    if request.method != "POST":
        languages = queries.all_languages()
        context = {
            "languages": languages,
            "reading": queries.reading_among(request.user, languages),
            "back": local_path(request, request.GET.get("next", ""), ""),
        }
        return render(request, "text/choose.html", context)
    code = request.POST.get("language", "")
    try:
        if not code:
            raise LanguageRefused(_("Choose one of the languages listed."))
        choose_reading_language("" if code == AS_THE_PAGES else code, by=request.user, at=timezone.now())
    except LanguageRefused as refusal:
        messages.error(request, str(refusal))
    response = HttpResponseRedirect(local_path(request, request.POST.get("next", ""), "/learn/"))
    response.status_code = 303
    return response
