from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from concerted.directory.access import IMPORT, PLACES
from concerted.directory.forms import ImportForm
from concerted.directory.imports.headers import FIELDS, parse_map
from concerted.directory.imports.result import Unreadable
from concerted.directory.models import ImportFile, Person
from concerted.directory.services.files import ImportRefused, bring_file, confirm_file
from concerted.kit import access
from concerted.kit.guards import Request, writes

#: More lines with faults than this are counted, not shown.
SHOWN = 50


@writes(IMPORT, "C")
def index(request: Request) -> HttpResponse:
    """Bring a file: it is checked at once, and nothing of it is taken in before it is confirmed."""
    kinds = _kinds(request.user)
    form = ImportForm(kinds, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            columns = parse_map(said["columns"], FIELDS[said["kind"]])
            kept = bring_file(said["kind"], said["file"], columns, by=request.user, at=timezone.now())
        except Unreadable as fault:
            form.add_error("columns", f"{fault.fault.message} {fault.fault.remedy}")
        else:
            return redirect("directory:import", public=kept.public)
    past = ImportFile.objects.filter(by=request.user).order_by("-at")[:10]
    return render(request, "directory/import.html", {"form": form, "past": past, "kinds": kinds})


def _kinds(by: Person) -> set[str]:
    """What she may bring: staff lists, agencies where she builds, and the tree when she reaches all of it."""
    kinds = {"people"}
    if access.may(by, "C", PLACES):
        kinds.add("agencies")
    if access.reach(by, "C", IMPORT).everywhere:
        kinds.add("territories")
    return kinds


@writes(IMPORT, "C")
def page(request: Request, public: str) -> HttpResponse:
    """What a file would do, line by line where it is wrong; then take it in."""
    kept = access.fetch(request.user, "C", IMPORT, ImportFile.objects.filter(by=request.user), public=public)
    here = reverse("directory:import", args=[kept.public])
    if request.method == "POST":
        try:
            kept = confirm_file(kept, back=here, by=request.user, at=timezone.now())
        except ImportRefused as refusal:
            messages.error(request, str(refusal))
            return redirect(here)
        return redirect("jobs:progress", public=kept.progress)
    told = kept.result or kept.checked
    errors = told.get("errors", [])
    context = {
        "kept": kept,
        "told": told,
        "errors": errors[:SHOWN],
        "faults": len(errors) + told.get("errors_left_out", 0),
    }
    return render(request, "directory/import_file.html", context)
