import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from concerted.capacity import queries
from concerted.capacity.access import STANDING
from concerted.capacity.views.picture import asked_day
from concerted.directory.models import Person
from concerted.kit import access
from concerted.kit.guards import Request, reads


@reads(STANDING, "R")
def standing(request: Request, public: uuid.UUID) -> HttpResponse:
    """One person: what is required of her on a day, what is in place, and why."""
    person = access.fetch(request.user, "R", STANDING, Person.objects.all(), public=public)
    on, form = asked_day(request)
    return render(
        request,
        "capacity/person.html",
        {
            "person": person,
            "on": on,
            "today": timezone.localdate(),
            "as_at": form,
            "lines": queries.standings_of(person, on),
            "evidence": queries.evidence_of(person, on),
        },
    )
