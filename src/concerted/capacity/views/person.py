import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from concerted.capacity import queries
from concerted.capacity.access import OUTSIDE, STANDING
from concerted.capacity.views.picture import asked_day
from concerted.directory.models import Agency, Person
from concerted.kit import access
from concerted.kit.guards import Request, reads


@reads(STANDING, "R")
def standing(request: Request, public: uuid.UUID) -> HttpResponse:
    """One person: what is required of her on a day, what is in place, and why."""
    person = access.fetch(request.user, "R", STANDING, Person.objects.all(), public=public)
    on, form = asked_day(request)
    lines = queries.standings_of(person, on)
    # Whoever keeps her agency's records is led back to its board, and on to what she may add.
    managed = access.reach(request.user, "C", OUTSIDE).agencies
    agency = Agency.objects.filter(pk__in=managed, positions__person=person).first() if managed else None
    return render(
        request,
        "capacity/person.html",
        {
            "person": person,
            "on": on,
            "today": timezone.localdate(),
            "as_at": form,
            "lines": lines,
            "overdue": sum(line.state == "overdue" for line in lines),
            "agency": agency,
            "evidence": queries.evidence_of(person, on),
        },
    )
