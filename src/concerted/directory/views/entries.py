"""Entries that others made under her own address: she says whether they are she."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.directory import queries, services
from concerted.directory.access import OWN_PROFILE
from concerted.directory.services.entered import EntryAnswered
from concerted.kit.guards import Request, reads, writes


@reads(OWN_PROFILE)
def index(request: Request) -> HttpResponse:
    """Who was entered under her address, where, and since when."""
    return render(request, "directory/entries.html", {"entries": queries.entries_shown(request.user)})


@writes(OWN_PROFILE, "U")
def answer(request: Request, pk: int) -> HttpResponse:
    """It is she, or it is somebody else."""
    entered = queries.entry_under_address_of(request.user, pk)
    if entered is None:
        raise Http404
    if request.method != "POST":
        return HttpResponseNotAllowed(("POST",))
    said = request.POST.get("answer")
    if said not in ("yes", "no"):
        return redirect("directory:entries")
    try:
        services.answer_entry(entered, mine=said == "yes", by=request.user, at=timezone.now())
    except EntryAnswered as refusal:
        messages.info(request, str(refusal))
    else:
        yes, no = _("You are counted in there from now on."), _("Thank you. You are not asked again.")
        messages.success(request, yes if said == "yes" else no)
    return redirect("directory:entries")
