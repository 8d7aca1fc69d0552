"""Making an account, confirming it, signing out. What allauth's own views do is listed in foreign_views.py."""

from typing import Any

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from concerted.accounts import queries
from concerted.accounts.forms.signing import InvitedForm, PasswordAgainForm, SignUpForm
from concerted.accounts.models import Invitation, SignUp
from concerted.accounts.services import joining
from concerted.accounts.services import sign_up as sign_ups
from concerted.kit import device
from concerted.kit.guards import open_to_all

#: In the session: the sign-up this browser made, so that the letter opened here needs no password again.
MADE_HERE = "sign_up"


def sign_in(request: HttpRequest, person: Any) -> HttpResponse:
    """Sign in somebody who has just proved who she is; a second step is still asked for, if she has one."""
    return perform_login(request, Login(user=person, email=person.email))


@open_to_all("Any professional may ask for an account")
def sign_up(request: HttpRequest) -> HttpResponse:
    """One form, one answer: the same page and one letter, whether or not the address is known."""
    if request.user.is_authenticated:
        return redirect("accounts:account")
    form = SignUpForm(request.POST or None)
    if request.method == "POST":
        if not ratelimit.consume(request, action="signup", key=request.POST.get("email", "").lower()[:254]):
            return render(request, "429.html", status=429)
        if form.is_valid():
            made = sign_ups.ask_for_account(**form.cleaned_data, at=timezone.now())
            request.session[MADE_HERE] = made.pk
            return redirect("accounts:sign_up_sent")
    return render(request, "accounts/sign_up.html", {"form": form})


@open_to_all("It only says where to look")
def sign_up_sent(request: HttpRequest) -> HttpResponse:
    """Check your e-mail."""
    return render(request, "accounts/sign_up_sent.html")


@open_to_all("The letter may be opened anywhere; its secret opens the page")
def confirm(request: HttpRequest, secret: str) -> HttpResponse:
    """Finish an account. A click, not the mere opening of the link, so that a mail scanner finishes nothing."""
    found = queries.open_sign_up(secret, timezone.now())
    if found is None:
        return render(request, "accounts/link_over.html", {"why": ""}, status=410)
    form = None if request.session.get(MADE_HERE) == found.pk else PasswordAgainForm(request.POST or None)
    if request.method == "POST" and _shows_who_she_is(found, form, request):
        try:
            person = sign_ups.open_account(found, at=timezone.now())
        except (sign_ups.SignUpUsed, sign_ups.AccountThere) as refusal:
            return render(request, "accounts/link_over.html", {"why": str(refusal)}, status=410)
        request.session.pop(MADE_HERE, None)
        return sign_in(request, person)
    return render(request, "accounts/confirm.html", {"form": form, "email": found.email})


def _shows_who_she_is(found: SignUp, form: PasswordAgainForm | None, request: HttpRequest) -> bool:
    if form is None:
        return True
    if not form.is_valid():
        return False
    if not ratelimit.consume(request, action="login_failed", key=f"sign-up-{found.pk}"):
        form.add_error("password", gettext("That was tried too often. Wait five minutes, then try again."))
    elif not sign_ups.knows_password(found, form.cleaned_data["password"]):
        form.add_error(
            "password", gettext("This is not the password you chose. Forgot it? Make the account once more.")
        )
    return form.is_valid()


@open_to_all("The invited person may have no account yet; the secret of the letter opens the page")
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Where she is invited, and the way in: with the account she has, or with one she makes here."""
    found = queries.open_invitation(secret, timezone.now())
    if found is None:
        return render(request, "accounts/link_over.html", {"why": ""}, status=410)
    person = queries.person_of(found.email)
    has_account = person is not None and queries.has_account(person)
    form = None if request.user.is_authenticated or has_account else InvitedForm(request.POST or None)
    refusal = ""
    if request.method == "POST":
        try:
            if request.user.is_authenticated:
                joining.accept_invitation(found, by=request.user, at=timezone.now())
                return redirect("accounts:account")
            if form is not None and form.is_valid():
                return sign_in(request, _join_as_new(found, form))
        except (joining.NotYours, joining.InvitationOver, sign_ups.AccountThere) as error:
            refusal = str(error)
    context = {"invitation": found, "form": form, "refusal": refusal, "has_account": has_account}
    return render(request, "accounts/invitation.html", context)


def _join_as_new(found: Invitation, form: InvitedForm) -> Any:
    return joining.join_as_new(found, **form.cleaned_data, at=timezone.now())


@open_to_all("Whoever is signed in may sign out; asking twice harms nobody", methods=("GET", "HEAD", "POST"))
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session by POST, and have the browser forget what it kept of it.

    Where something is kept to be played without a line, she is asked first: `kept` is "sent" when nothing waits any
    more, "drop" when it may be lost, "stay" when it is somebody else's, who will send it under her own sign-in.
    """
    kept = request.POST.get("kept", "")
    asked = device.keeps(request) and kept not in ("sent", "drop", "stay")
    if request.method != "POST" or asked:
        return render(request, "accounts/sign_out.html", {"keeps": asked, "kept": settings.CONCERTED_KEPT_URL})
    logout(request)
    response = redirect("account_login")
    if kept == "stay":
        response.headers["Clear-Site-Data"] = '"cache"'
    else:
        device.mark_wiped(response)
    return response
