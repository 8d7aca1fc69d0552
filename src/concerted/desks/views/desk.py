from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from concerted.capacity.views.agency import board_context
from concerted.capacity.views.picture import picture_context
from concerted.desks import lines, queries
from concerted.desks.access import DESK
from concerted.desks.setup.queries import set_up_pending
from concerted.desks.waiting import waiting_for
from concerted.desks.work import turns, work_of
from concerted.directory.access import SET_UP
from concerted.directory.queries import agency_with_place
from concerted.kit import access
from concerted.kit.guards import Request, reads
from concerted.post import queries as post
from concerted.text import queries as text


@reads(DESK)
def desk(request: Request) -> HttpResponse:
    """The first page after signing in: the desk of the widest role she holds, else her own."""
    if access.may(request.user, "U", SET_UP) and set_up_pending():
        return redirect("setup:index")
    role = queries.role_for_desk(request.user.held_roles) if request.second_step_done else None
    if role is None:
        return mine_answer(request)
    today = timezone.localdate()
    if role.role == "manager":
        agency = agency_with_place(role.scope_id or 0)
        if agency is None:
            return mine_answer(request)
        return render(
            request, "desks/agency.html", board_context(request, agency) | {"work": work_of(request.user, today)}
        )
    context = {"waiting": waiting_for(request.user, today), "work": work_of(request.user, today)}
    return render(request, "desks/coordinator.html", picture_context(request) | context)


@reads(DESK)
def mine(request: Request) -> HttpResponse:
    """Her own desk, also for people who have a wider one."""
    return mine_answer(request)


def mine_answer(request: Request) -> HttpResponse:
    reading = text.reading_language(request.user)
    shown = queries.practitioner_desk(request.user, timezone.localdate(), reading.code)
    if not request.user.name:
        return redirect("accounts:where")
    work = work_of(request.user, timezone.localdate())
    return render(
        request,
        "desks/practitioner.html",
        {
            "desk": shown,
            "news": lambda: post.latest_unread(request.user),
            "due_rows": lines.due_rows(shown.due),
            "held_rows": lines.held_rows(shown.held),
            "work": replace(work, waiting=(*turns(request.user, reading.code), *work.waiting)),
        },
    )
