from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from concerted.jobs.access import PROGRESS
from concerted.jobs.models import Progress
from concerted.jobs.queries import work_of
from concerted.kit import access
from concerted.kit.guards import reads


@reads(PROGRESS)
def progress(request: HttpRequest, public: UUID) -> HttpResponse:
    """How far her long work is; asked again every few seconds, with or without script."""
    found = access.fetch(request.user, "R", PROGRESS, Progress.objects.all(), public=public)
    part = "#part" if request.headers.get("HX-Request") else ""
    return render(request, f"kit/progress.html{part}", {"work": work_of(found)})
