"""The moment that is open at a table, as one seat sees it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.kit import access
from concerted.kit.guards import Request, writes
from concerted.practice.models import ConferenceTable, TableSeat
from concerted.practice.scenario.sitting import Move
from concerted.practice.services import TableRefused
from concerted.text import queries as text
from concerted.training import services
from concerted.training.access import TABLE_SEAT
from concerted.training.queries.table_moment import moment_shown
from concerted.training.queries.tables import tables

_TELL = "tell-"


@writes(TABLE_SEAT, "U")
def moment(request: Request, key: str) -> HttpResponse:
    """What only she knows, and what she can tell, ask and decide; then who is still waited for."""
    found = access.fetch(request.user, "U", TABLE_SEAT, tables(), key=key)
    if request.method == "POST" and request.POST.get("do") == "leave":
        return _left(request, found)
    if request.method == "POST":
        refusal = _acted(request, found)
        return _page(request, found, refusal) if refusal else HttpResponseRedirect(f"{_here(found)}#scene")
    return _page(request, found)


def _here(found: ConferenceTable) -> str:
    return reverse("training:table_moment", kwargs={"key": found.key})


def _page(request: Request, found: ConferenceTable, refusal: str = "") -> HttpResponse:
    held = get_object_or_404(TableSeat, table=found, person=request.user)
    reading = text.reading_language(request.user)
    shown = moment_shown(found, held.seat, reading)
    asked_again = bool(request.headers.get("HX-Request"))
    if asked_again and (shown is None or not shown.acted):
        # The moment she waited in is over: the page opens anew by itself.
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    if shown is None:
        return redirect("training:table_back", key=found.key)
    stale = bool(refusal) and request.POST.get("moment", shown.at) != shown.at
    context = {
        "table": found,
        "shown": shown,
        "reading": reading,
        "refusal": refusal,
        "move": _move_in(request.POST) if refusal and not stale else Move(),
        "here": _here(found),
    }
    part = "#waiting" if asked_again else ""
    return render(request, f"training/table_moment.html{part}", context, status=409 if stale else 200)


def _move_in(sent: QueryDict) -> Move:
    """What the form of a moment sends, as it is: what is not hers to do is refused later, never left out."""
    tells = {name.removeprefix(_TELL): tuple(dict.fromkeys(sent.getlist(name))) for name in sent if name[:5] == _TELL}
    return Move(tells, sent.get("ask", ""), sent.get("decision", ""))


def _acted(request: Request, found: ConferenceTable) -> str:
    """Do what she sent; says why where it cannot be done, and nothing is stored then."""
    facts: dict[str, Any] = {"by": request.user, "at": timezone.now()}
    try:
        services.act_at_table(found, request.POST.get("moment", ""), _move_in(request.POST), **facts)
    except TableRefused as refusal:
        return str(refusal)
    return ""


def _left(request: Request, found: ConferenceTable) -> HttpResponse:
    try:
        services.get_up(found, by=request.user, at=timezone.now())
    except TableRefused as refusal:
        messages.info(request, str(refusal))
        return redirect("training:table_back", key=found.key)
    messages.success(request, _("You left the table. Here is how it can end. It counts the same."))
    return redirect("training:table_case", code=found.version.scenario.code)
