from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concerted.capacity import grid, queries
from concerted.capacity.access import BOARD, PICTURE
from concerted.capacity.charts import coming_chart
from concerted.capacity.services.reminders import Reminded, remind_overdue
from concerted.capacity.views.picture import asked_day
from concerted.directory.models import Agency
from concerted.kit import access, digits, exports
from concerted.kit.guards import Request, reads, writes


def board_context(request: Request, agency: Agency) -> dict[str, object]:
    """What the board shows; the manager's desk shows the same."""
    on, form = asked_day(request)
    asked = request.GET.get("page", "1")
    page = max(int(asked), 1) if asked.isdecimal() and len(asked) < 7 else 1
    board = queries.agency_board(agency, on, page=page)
    pages = Paginator(range(board.overdue_total), queries.board.SIZE)
    if page > pages.num_pages:
        # A kept address of a list that has become shorter.
        page = pages.num_pages
        board = queries.agency_board(agency, on, page=page)
    named = access.may(request.user, "R", BOARD, agency)
    return {
        "board": board,
        "agency": agency,
        "on": on,
        "today": timezone.localdate(),
        "as_at": form,
        "named": named,
        "overdue_rows": grid.overdue_rows(board) if named else "",
        "coming_rows": grid.coming_rows(board) if named else "",
        "mandate_rows": grid.mandate_rows(board),
        "chart": coming_chart(board) if named and board.coming else None,
        "pages": pages.page(page),
    }


@reads(PICTURE, "G*")
def board(request: Request, pk: int) -> HttpResponse:
    """One agency: its manager sees names, a coordinator sees numbers."""
    agency = access.fetch(request.user, "G*", PICTURE, Agency.objects.select_related("territory"), pk=pk)
    return render(request, "capacity/agency.html", board_context(request, agency))


@reads(BOARD, "X")
def overdue_file(request: Request, pk: int) -> HttpResponseBase:
    """The overdue of her own staff as a file."""
    agency = access.fetch(request.user, "X", BOARD, Agency.objects.all(), pk=pk)
    on, _form = asked_day(request)
    board = queries.agency_board(agency, on, size=100_000)
    heads = [_("Person"), _("Profession"), _("What is missing"), _("Due on"), _("Why")]
    rows = ([line.person, line.profession, line.mandate, line.since, line.reason] for line in board.overdue)
    return exports.answer("csv", heads, rows)


def _say(request: Request, reminded: Reminded) -> None:
    told = ngettext(
        "%(n)s person was reminded. Nobody is reminded twice on one day.",
        "%(n)s people were reminded. Nobody is reminded twice on one day.",
        reminded.told,
    )
    messages.success(request, told % {"n": digits.localise(reminded.told)})
    if reminded.without_account:
        alone = ngettext(
            "%(n)s person who is overdue has no account here. Tell her yourself.",
            "%(n)s people who are overdue have no account here. Tell them yourself.",
            reminded.without_account,
        )
        messages.warning(request, alone % {"n": digits.localise(reminded.without_account)})


@writes(BOARD, "R")
def remind(request: Request, pk: int) -> HttpResponse:
    """One click: everybody overdue in her agency gets one short notice a day."""
    agency = access.fetch(request.user, "R", BOARD, Agency.objects.all(), pk=pk)
    if request.method == "POST":
        reminded = remind_overdue(agency, by=request.user, at=timezone.now())
        _say(request, reminded)
    return redirect("capacity:agency", pk=agency.pk)
