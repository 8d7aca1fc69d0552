"""Whether a certificate is real and still good, for whoever holds its code; and revoking one."""

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.kit import access
from concerted.kit.guards import Request, open_to_all, writes
from concerted.text import queries as text
from concerted.training import services
from concerted.training.access import REVOCATION
from concerted.training.forms import CodeForm, RevocationForm
from concerted.training.models import Certificate
from concerted.training.queries.certificates import state_of


@open_to_all("An employer types the code of a certificate without an account", methods=("GET", "HEAD"))
def find(request: Request) -> HttpResponse:
    """A box for the code, for whoever has the paper in her hand."""
    form = CodeForm(request.GET or None)
    if form.is_bound and form.is_valid():
        return redirect("training:check", code=form.cleaned_data["code"])
    return render(request, "training/find_certificate.html", {"form": form})


@open_to_all("An employer checks a certificate without an account; unknown and hidden codes answer alike")
def check(request: Request, code: str) -> HttpResponse:
    """Whether a certificate is real and still good: the module and the day, not the person's name."""
    # No code can be guessed; whoever tries all the same is not to keep the server busy for others.
    # allauth's open function lets every GET pass; the one beneath it counts them too.
    if not ratelimit.consume(request, app="allauth.account", action="certificate_check", limit_get=True):
        return render(request, "429.html", status=429)
    shown = Certificate.objects.filter(shown=True).select_related("module_version__module", "person")
    # PostgreSQL refuses to be asked about a NUL at all; no code has one.
    certificate = shown.filter(code=code.replace("\0", "-")).first()
    context: dict[str, object] = {"certificate": certificate}
    if certificate is not None:
        context |= _shown(certificate) | {"may_revoke": access.may(request.user, "C", REVOCATION, certificate)}
    return render(request, "training/check.html", context)


@writes(REVOCATION, "C")
def revoke(request: Request, code: str) -> HttpResponse:
    """Say that a certificate is no longer good, or take that back."""
    held = Certificate.objects.select_related("module_version__module", "person")
    certificate = access.fetch(request.user, "C", REVOCATION, held, code=code)
    form = RevocationForm(request.POST or None)
    try:
        if request.method == "POST" and certificate.revoked_at:
            services.restore_certificate(certificate, by=request.user, at=timezone.now())
            messages.success(request, _("The certificate is good again."))
            return redirect("training:find_certificate")
        if request.method == "POST" and form.is_valid():
            services.revoke_certificate(certificate, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("Revoked. Whoever checks the certificate from now on is told."))
            return redirect("training:find_certificate")
    except services.NotRevoked as refusal:
        messages.error(request, str(refusal))
    return render(request, "training/revoke.html", {"certificate": certificate, "form": form} | _shown(certificate))


def _shown(certificate: Certificate) -> dict[str, object]:
    document = certificate.module_version.module.document_id
    titles = text.titles_shown([document], text.reading_language(None).code)
    return {"title": titles.get(document), "state": state_of(certificate, timezone.localdate())}
