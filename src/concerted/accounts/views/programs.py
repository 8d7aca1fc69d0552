"""Keys with which programs send counts in a person's name: made, shown once, ended."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.accounts import queries
from concerted.accounts.access import PROGRAM_KEY
from concerted.accounts.forms.programs import KeyForm
from concerted.accounts.models import ProgramKey
from concerted.accounts.services.program_keys import MOST, KeyRefused, end_key, make_key
from concerted.accounts.views.again import again_first
from concerted.kit import access
from concerted.kit.guards import writes


@writes(PROGRAM_KEY, "C")
def keys(request: HttpRequest) -> HttpResponse:
    """Her keys, and a form for one more; whoever signed in long ago shows first that it is still she."""
    sent_elsewhere = again_first(request)
    if sent_elsewhere is not None:
        return sent_elsewhere
    form = KeyForm(request.POST) if request.method == "POST" else KeyForm()
    secret = ""
    if form.is_bound and form.is_valid():
        try:
            _key, secret = make_key(request.user, **form.cleaned_data, by=request.user, at=timezone.now())
        except KeyRefused as refusal:
            form.add_error("name", str(refusal))
        else:
            form = KeyForm()
    # Not sent on to another address: the secret would have to be kept for that.
    shown = list(queries.open_keys(request.user, timezone.localdate()))
    context = {
        "keys": shown,
        "form": form,
        "secret": secret,
        "most": MOST,
        "full": len(shown) >= MOST,
        "address": f"{settings.SITE_URL}/api/counts/",
    }
    return render(request, "accounts/keys.html", context)


@writes(PROGRAM_KEY, "D")
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a key at once."""
    key = access.fetch(request.user, "D", PROGRAM_KEY, ProgramKey.objects.select_related("person"), pk=pk)
    if request.method == "POST":
        end_key(key, by=request.user, at=timezone.now())
        messages.success(request, _("The key is ended."))
    return redirect("accounts:keys")
