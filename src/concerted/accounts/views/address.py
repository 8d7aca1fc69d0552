"""Signing in with another address."""

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from concerted.accounts import queries
from concerted.accounts.access import OWN_ACCOUNT
from concerted.accounts.forms.joining import AddressForm
from concerted.accounts.services.address import AddressTaken, ChangeOver, ask_for_address, take_address
from concerted.accounts.views.again import again_first
from concerted.kit.guards import writes


@writes(OWN_ACCOUNT, "U")
def address(request: HttpRequest) -> HttpResponse:
    """Ask for a letter to the new address; whoever signed in long ago shows first that it is still she."""
    sent_elsewhere = again_first(request)
    if sent_elsewhere is not None:
        return sent_elsewhere
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, action="manage_email", user=request.user):
            return render(request, "429.html", status=429)
        ask_for_address(request.user, form.cleaned_data["email"], by=request.user, at=timezone.now())
        messages.success(
            request, gettext("A letter is on its way to the new address. Until you open its link, the old one counts.")
        )
        return redirect("accounts:account")
    return render(request, "accounts/address.html", {"form": form})


@writes(OWN_ACCOUNT, "U")
def take(request: HttpRequest, secret: str) -> HttpResponse:
    """The click in the letter; it counts for the person who asked only."""
    found = queries.open_address_change(request.user, secret, timezone.now())
    if found is None:
        return render(request, "accounts/link_over.html", {"why": ""}, status=410)
    if request.method == "POST":
        try:
            take_address(found, here=request.session.session_key, by=request.user, at=timezone.now())
        except (AddressTaken, ChangeOver) as refusal:
            return render(request, "accounts/link_over.html", {"why": str(refusal)}, status=410)
        messages.success(request, gettext("From now on you sign in with the new address."))
        return redirect("accounts:account")
    return render(request, "accounts/confirm.html", {"form": None, "email": found.email})
