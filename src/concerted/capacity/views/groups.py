from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.capacity import grid, queries
from concerted.capacity.access import GROUP_COUNTS
from concerted.capacity.views.picture import asked_day
from concerted.directory.models import Group
from concerted.directory.rules import FEWEST
from concerted.kit import access
from concerted.kit.guards import Request, reads


@reads(GROUP_COUNTS, "G*")
def group(request: Request, public: str) -> HttpResponse:
    """How many people of a group hold what is asked of them: numbers, no names."""
    groups = Group.objects.select_related("territory")
    shown = access.fetch(request.user, "G*", GROUP_COUNTS, groups, public=public)
    on, form = asked_day(request)
    standing = queries.group_standing(shown, on)
    context = {
        "group": shown,
        "on": on,
        "today": timezone.localdate(),
        "as_at": form,
        "standing": standing,
        "fewest": FEWEST,
        "rows": grid.standing_rows(standing.mandates),
    }
    return render(request, "capacity/group.html", context)


def way_to_counts(by: Any, group: Group) -> tuple[str, str] | None:
    """The way from the page of a group to its numbers, for whoever may see them."""
    if not access.may(by, "G*", GROUP_COUNTS, group):
        return None
    return _("What they hold, in numbers"), reverse("capacity:group", args=[group.public])
