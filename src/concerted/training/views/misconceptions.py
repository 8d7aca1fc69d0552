"""What many in a group take for true, for whoever is about to teach them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.directory.models import Group
from concerted.directory.rules import FEWEST
from concerted.kit import access
from concerted.kit.guards import Request, reads
from concerted.text import queries as text
from concerted.training.access import MISCONCEPTIONS
from concerted.training.queries.misconceptions import group_report


@reads(MISCONCEPTIONS, "G*")
def group(request: Request, public: str) -> HttpResponse:
    """Which misconceptions are held in a group, and by how many: shares, no names."""
    groups = Group.objects.select_related("territory")
    shown = access.fetch(request.user, "G*", MISCONCEPTIONS, groups, public=public)
    reading = text.reading_language(request.user)
    report = group_report(shown, timezone.localdate(), reading.code)
    context = {"group": shown, "report": report, "fewest": FEWEST}
    return render(request, "training/misconceptions.html", context)


def way_to_misconceptions(by: Any, group: Group) -> tuple[str, str] | None:
    """The way from the page of a group to this report, for whoever may see it."""
    if not access.may(by, "G*", MISCONCEPTIONS, group):
        return None
    return _("Before a session: what many get wrong"), reverse("training:misconceptions", args=[group.public])
