from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.capacity.models import Evidence
from concerted.capacity.services.parts import REF
from concerted.kit import access, exports
from concerted.kit.guards import Request, reads, writes
from concerted.text import queries as text
from concerted.training import services
from concerted.training.access import CERTIFICATE, TAKING
from concerted.training.certificate import draw
from concerted.training.models import Certificate
from concerted.training.queries.reflections import words_of


@reads(TAKING)
def record(request: Request) -> HttpResponse:
    """Everything she completed, here and elsewhere, with her certificates."""
    certificates = list(
        Certificate.objects.filter(person=request.user).select_related("module_version__module__document")
    )
    reading = text.reading_language(request.user)
    titles = text.titles_shown({c.module_version.module.document_id for c in certificates}, reading.code)
    facts = list(
        Evidence.objects.filter(subject_kind="person", subject_id=request.user.pk, voided_by=None)
        .exclude(source_kind="void")
        .select_related("credential")
    )
    return render(
        request,
        "training/record.html",
        {
            "certificates": [
                {
                    "certificate": c,
                    "title": titles.get(c.module_version.module.document_id),
                    "code": c.module_version.module.code,
                }
                for c in certificates
            ],
            "today": timezone.localdate(),
            "elsewhere": [fact for fact in facts if fact.source_kind in ("outside", "import")],
            "programmes": [fact for fact in facts if fact.source_ref.startswith(REF)],
        },
    )


@reads(TAKING, "X")
def record_file(request: Request) -> HttpResponseBase:
    """Her record as a file."""
    facts = (
        Evidence.objects.filter(subject_kind="person", subject_id=request.user.pk, voided_by=None)
        .exclude(source_kind="void")
        .select_related("credential")
    )
    rows: list[list[Any]] = [
        [fact.credential.name, fact.achieved_on, fact.get_source_kind_display(), ""] for fact in facts
    ]
    rows += [
        [kept.asked, timezone.localdate(kept.at), _("For yourself"), kept.words] for kept in words_of(request.user)
    ]
    return exports.answer("csv", [_("What"), _("Day"), _("How"), _("Your words")], rows, "record")


@reads(CERTIFICATE)
def pdf(request: Request, code: str) -> HttpResponse:
    """The certificate as a tagged PDF in the language of the pages, its title in the one she reads in."""
    certificate = access.fetch(
        request.user,
        "R",
        CERTIFICATE,
        Certificate.objects.select_related("person", "module_version__module__document"),
        code=code,
    )
    if certificate.revoked_at:
        return redirect("training:record")
    reading = text.reading_language(request.user)
    file = draw(certificate, reading.interface, reading.code)
    answer = HttpResponse(file, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="document.pdf"'
    return answer


@writes(CERTIFICATE, "U")
def switch(request: Request, code: str) -> HttpResponse:
    """Whether others can check the certificate by its code."""
    certificate = access.fetch(request.user, "U", CERTIFICATE, Certificate.objects.all(), code=code)
    if request.method == "POST":
        certificate = services.show_certificate(certificate, not certificate.shown, by=request.user)
        messages.success(
            request,
            _("Others can check it by its code.") if certificate.shown else _("Nobody can check it by its code now."),
        )
    return redirect("training:record")
