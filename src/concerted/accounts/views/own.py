"""A person's own account: details, sessions, where she works."""

from typing import Any

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from concerted.accounts import queries
from concerted.accounts.access import JOIN_DOOR, JOIN_REQUEST, OWN_ACCOUNT, PROGRAM_KEY
from concerted.accounts.forms.joining import AskForm, CodeForm, DetailsForm
from concerted.accounts.services import joining, self_care
from concerted.directory.queries import entries_that_wait
from concerted.directory.services import save_profile
from concerted.kit import access, device
from concerted.kit.device import remember_language
from concerted.kit.guards import reads, writes

MOST_FOUND = 20


@reads(OWN_ACCOUNT)
def account(request: HttpRequest) -> HttpResponse:
    """What she can do with her account, and which agencies' doors she keeps."""
    context = {
        "person": request.user,
        "positions": queries.positions_of(request.user, timezone.localdate()),
        "requests": queries.waiting_of(request.user),
        "entries": entries_that_wait(request.user).exists(),
        "keeps_doors": access.may(request.user, "C", JOIN_DOOR),
        "has_programs": access.may(request.user, "C", PROGRAM_KEY),
    }
    return render(request, "accounts/account.html", context)


@writes(OWN_ACCOUNT, "U")
def details(request: HttpRequest) -> HttpResponse:
    """Her name, her language, and whether others find her."""
    person: Any = request.user
    form = DetailsForm(request.POST or None, initial=queries.details_of(person))
    if request.method == "POST" and form.is_valid():
        save_profile(person, **form.cleaned_data, by=person, at=timezone.now())
        response = redirect("accounts:account")
        remember_language(response, form.cleaned_data["language"], secure=request.is_secure())
        return response
    return render(request, "accounts/details.html", {"form": form})


@writes(OWN_ACCOUNT, "U")
def sessions(request: HttpRequest) -> HttpResponse:
    """Her sessions. POST `end` with ids ends those; `end=others` all but this one; `end=all` signs out everywhere."""
    person, now = request.user, timezone.now()
    shown = queries.sessions_of(person, request.session.session_key, now)
    if request.method != "POST":
        return render(request, "accounts/sessions.html", {"sessions": shown, "idle": settings.CONCERTED_IDLE_MINUTES})
    wish = request.POST.get("end", "")
    if wish.isdecimal():
        ids = [int(wish[:18])]
    else:
        ids = [one.id for one in shown if wish == "all" or (wish == "others" and not one.current)]
    here = next((one.id for one in shown if one.current), None)
    ends_here = wish == "all" or here in ids
    if ends_here and device.keeps(request):
        # The others end at once; this one when she has said what becomes of the steps kept on this device.
        self_care.end_sessions(person, [one for one in ids if one != here], by=person, at=now)
        return redirect("account_logout")
    self_care.end_sessions(person, ids, by=person, at=now)
    if ends_here:
        request.session.flush()
        response = redirect("account_login")
        device.mark_wiped(response)
        return response
    return redirect("accounts:sessions")


@writes(JOIN_REQUEST, "C")
def where(request: HttpRequest) -> HttpResponse:
    """Where do you work? A code lets her in at once; a name leads to a request."""
    form = CodeForm(request.POST or None)
    if request.method == "POST":
        if not ratelimit.consume(request, action="join_code", user=request.user):
            return render(request, "429.html", status=429)
        if form.is_valid():
            try:
                position = joining.join_by_code(**form.cleaned_data, by=request.user, at=timezone.now())
            except joining.CodeUnknown as refusal:
                form.add_error("code", str(refusal))
            else:
                messages.success(request, gettext("You are counted in at %(agency)s.") % {"agency": position.agency})
                return redirect(settings.LOGIN_REDIRECT_URL)
    find = request.GET.get("find", "")[:80]
    context = {
        "form": form,
        "find": find,
        "found": queries.agencies_named(find)[:MOST_FOUND],
        "requests": queries.own_requests(request.user)[:10],
    }
    return render(request, "accounts/where.html", context)


@writes(JOIN_REQUEST, "C")
def ask(request: HttpRequest, public: str) -> HttpResponse:
    """Ask one agency to be counted in."""
    agency = queries.open_agency(public)
    if agency is None:
        raise Http404
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            joining.ask_to_join(agency, **form.cleaned_data, by=request.user, at=timezone.now())
        except joining.AlreadyAsked as refusal:
            messages.info(request, str(refusal))
        else:
            messages.success(request, gettext("Your request is on its way. You can start learning meanwhile."))
        return redirect("accounts:where")
    return render(request, "accounts/ask.html", {"form": form, "agency": agency})
