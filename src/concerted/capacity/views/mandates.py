from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from concerted.capacity import services
from concerted.capacity.access import EVIDENCE, EXEMPTION, MANDATE, PICTURE
from concerted.capacity.forms import MandateForm
from concerted.capacity.models import Mandate, MandateVersion
from concerted.capacity.queries.wording import mandate_pages, versions_in_force
from concerted.capacity.rules import stops_of
from concerted.capacity.services.mandates import MandateRefused, Wording
from concerted.directory import services as directory
from concerted.directory.models import AudienceVersion
from concerted.directory.wordings import alone_in_words
from concerted.kit import access
from concerted.kit.guards import Request, reads, writes
from concerted.maths.months import FAR


@reads(MANDATE)
def index(request: Request) -> HttpResponse:
    """All mandates, with the version in force and what waits for a second person."""
    in_force = set(versions_in_force(timezone.localdate()).values_list("pk", flat=True))
    mandates = [
        {
            "mandate": mandate,
            "now": next((v for v in mandate.versions.all() if v.pk in in_force), None),
            "waiting": next((v for v in mandate.versions.all() if not v.published_at), None),
        }
        for mandate in mandate_pages()
    ]
    return render(
        request,
        "capacity/mandates.html",
        {
            "mandates": mandates,
            "may_write": access.may(request.user, "C", MANDATE),
            "may_exempt": access.may(request.user, "C", EXEMPTION),
            "may_take_back": access.may(request.user, "D", EVIDENCE),
        },
    )


@reads(MANDATE)
def page(request: Request, code: str) -> HttpResponse:
    """One mandate with all its versions."""
    mandate = get_object_or_404(
        Mandate.objects.prefetch_related("versions__audience_version__audience", "versions__satisfied_by", "recounts"),
        code=code,
    )
    waiting = next((version for version in mandate.versions.all() if not version.published_at), None)
    return render(
        request,
        "capacity/mandate.html",
        {
            "mandate": mandate,
            "versions": _with_stops(list(mandate.versions.all())),
            "waiting": waiting is not None,
            "alone": alone_in_words(waiting.alone_at, timezone.now()) if waiting and waiting.alone_at else "",
            "recount": next((r for r in mandate.recounts.all() if not r.finished_at), None),
            "may_write": access.may(request.user, "C", MANDATE, _last(mandate)),
            "me": request.user.pk,
            "may_compare": _compares(request),
        },
    )


def _compares(request: Request) -> bool:
    """Whether she sees how territories stand against mandates."""
    reach = access.reach(request.user, "G*", PICTURE)
    return reach.everywhere or bool(reach.territories)


def _last(mandate: Mandate) -> MandateVersion | None:
    """The version that decides who may go on with this mandate: the one in force, or the one that waits."""
    versions = list(mandate.versions.all())
    return next((version for version in versions if version.published_at), versions[0] if versions else None)


def _with_stops(versions: list[MandateVersion]) -> list[tuple[MandateVersion, date | None]]:
    """Each version with the first day it no longer binds, None when no end is known."""
    published = [version for version in versions if version.published_at]
    stops = stops_of([(version.from_day, version.until_day) for version in published])
    ends = {version.pk: stop for version, stop in zip(published, stops, strict=True) if stop < FAR}
    return [(version, ends.get(version.pk)) for version in versions]


def _wording(cleaned: dict[str, Any], audience: AudienceVersion) -> Wording:
    fields = (
        "basis",
        "authority",
        "from_day",
        "until_day",
        "cycle",
        "anchor",
        "first_due_months",
        "warn_days",
        "grace_days",
    )
    return Wording(
        audience_version=audience,
        credential=cleaned["credential"],
        months=cleaned["months"] or 0,
        **{name: cleaned[name] for name in fields},
    )


@writes(MANDATE, "C")
def propose(request: Request, code: str = "") -> HttpResponse:
    """Write the next version of a mandate, or a new one; it waits for a second person."""
    mandate = get_object_or_404(Mandate, code=code) if code else None
    form = MandateForm(
        mandate,
        access.reach(request.user, "C", MANDATE),
        request.POST or None,
        initial={"cycle": "rolling", "months": 24, "from_day": timezone.localdate(), "stage": "in"},
    )
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        names = mandate.names if mandate else {"en": cleaned["name"], get_language() or "en": cleaned["name"]}
        facts: dict[str, Any] = {"by": request.user, "at": timezone.now()}
        try:
            with transaction.atomic():
                audience = cleaned.get("audience") or directory.audience_of(
                    cleaned["sectors"],
                    cleaned["stage"],
                    within=cleaned["within"],
                    from_day=timezone.localdate(),
                    **facts,
                )
                wording = _wording(cleaned, audience)
                version = services.propose_mandate(
                    code or cleaned["code"], names, wording, new=mandate is None, **facts
                )
        except (MandateRefused, directory.AudienceRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The mandate is written. It binds nobody until a second person confirms it."))
            return redirect("capacity:mandate", code=version.mandate.code)
    return render(request, "capacity/mandate_form.html", {"mandate": mandate, "form": form})


@writes(MANDATE, "C")
def withdraw(request: Request, code: str, no: int) -> HttpResponse:
    """Take back a version nobody has confirmed."""
    mandate = get_object_or_404(Mandate, code=code)
    version = access.fetch(request.user, "C", MANDATE, mandate.versions.select_related("audience_version"), no=no)
    if request.method != "POST":
        return redirect("capacity:mandate", code=code)
    try:
        services.withdraw_mandate(version.pk, by=request.user, at=timezone.now())
    except MandateRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("capacity:mandate", code=code)
    messages.success(request, _("The version is withdrawn. It never bound anybody."))
    return redirect("capacity:mandates")


@writes(MANDATE, "C")
def confirm(request: Request, code: str, no: int) -> HttpResponse:
    """The second person reads the version once more and puts it in force."""
    mandate = get_object_or_404(Mandate, code=code)
    versions = mandate.versions.select_related("audience_version__audience", "satisfied_by")
    version = access.fetch(request.user, "C", MANDATE, versions, no=no)
    if request.method == "POST":
        try:
            services.confirm_mandate(version.pk, by=request.user, at=timezone.now())
        except MandateRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The mandate is in force. The boards are being recounted."))
        return redirect("capacity:mandate", code=code)
    return render(request, "capacity/mandate_confirm.html", {"mandate": mandate, "version": version})
