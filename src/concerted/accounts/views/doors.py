"""The doors of an agency: codes, invitations, requests. For its manager and its coordinators."""

import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from concerted.accounts import queries
from concerted.accounts.access import JOIN_DOOR, JOIN_REQUEST
from concerted.accounts.forms.joining import CodeUntilForm, InviteForm
from concerted.accounts.models import JoinCode, JoinRequest
from concerted.accounts.services import joining
from concerted.directory.models import Agency
from concerted.kit import access
from concerted.kit.guards import reads, writes


def _page(
    request: HttpRequest, agency: Agency, *, invite: InviteForm | None = None, code: CodeUntilForm | None = None
) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "agency": agency,
        "requests": queries.waiting_requests(agency, access.reach(request.user, "R", JOIN_REQUEST)),
        "codes": queries.open_codes(agency, today),
        "invitations": queries.waiting_invitations(agency, timezone.now()),
        "invite_form": invite or InviteForm(),
        "code_form": code or CodeUntilForm(initial={"until": today + datetime.timedelta(days=30)}),
    }
    return render(request, "accounts/doors.html", context)


def _agency(request: HttpRequest, verb: str, public: str) -> Agency:
    return access.fetch(request.user, verb, JOIN_DOOR, queries.open_agencies(), public=public)


@reads(JOIN_DOOR)
def staff(request: HttpRequest) -> HttpResponse:
    """The agencies whose doors she keeps, where people wait first."""
    find = request.GET.get("find", "")[:80]
    kept = queries.kept_agencies(access.reach(request.user, "R", JOIN_DOOR), find)
    page = Paginator(kept, 25).get_page(request.GET.get("page"))
    return render(request, "accounts/staff.html", {"page": page, "find": find})


@reads(JOIN_DOOR)
def doors(request: HttpRequest, public: str) -> HttpResponse:
    """Who waits for an answer, which codes work, who is invited."""
    return _page(request, _agency(request, "R", public))


@writes(JOIN_DOOR, "C")
def invite(request: HttpRequest, public: str) -> HttpResponse:
    """Invite one person or several."""
    agency = _agency(request, "C", public)
    form = InviteForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, agency, invite=form)
    emails, profession = form.cleaned_data["emails"], form.cleaned_data["profession"]
    try:
        made = joining.invite(agency, emails, profession=profession, by=request.user, at=timezone.now())
    except joining.AlreadyInvited as refusal:
        messages.info(request, str(refusal))
        return redirect("accounts:doors", public)
    said = ngettext("%(count)s letter is on its way.", "%(count)s letters are on their way.", len(made))
    messages.success(request, said % {"count": len(made)})
    return redirect("accounts:doors", public)


@writes(JOIN_DOOR, "C")
def make_code(request: HttpRequest, public: str) -> HttpResponse:
    """Make a code."""
    agency = _agency(request, "C", public)
    form = CodeUntilForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, agency, code=form)
    joining.make_code(agency, until=form.cleaned_data["until"], by=request.user, at=timezone.now())
    return redirect("accounts:doors", public)


@writes(JOIN_DOOR, "D")
def end_code(request: HttpRequest, public: str, code_id: int) -> HttpResponse:
    """End a code at once."""
    agency = _agency(request, "D", public)
    code = access.fetch(request.user, "D", JOIN_DOOR, JoinCode.objects.filter(agency=agency), pk=code_id)
    if request.method == "POST":
        joining.end_code(code, by=request.user, at=timezone.now())
    return redirect("accounts:doors", public)


@writes(JOIN_REQUEST, "U")
def answer(request: HttpRequest, public: str, request_id: int) -> HttpResponse:
    """Say yes or no to a request."""
    asked = access.fetch(
        request.user,
        "U",
        JOIN_REQUEST,
        JoinRequest.objects.filter(agency__public=public).select_related("agency", "person", "profession"),
        pk=request_id,
    )
    if request.method == "POST" and request.POST.get("answer") in ("yes", "no"):
        try:
            joining.answer_request(asked, accept=request.POST["answer"] == "yes", by=request.user, at=timezone.now())
        except joining.AlreadyAnswered as refusal:
            messages.info(request, str(refusal))
        else:
            messages.success(request, gettext("The answer is on its way."))
    return redirect("accounts:doors", public)
