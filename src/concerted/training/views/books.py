from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from concerted.kit.guards import Request, reads
from concerted.text import queries as text
from concerted.training.access import MODULE
from concerted.training.book import KINDS, BookRefused
from concerted.training.models import Module
from concerted.training.queries.book import book_file


@reads(MODULE)
def book(request: Request, code: str, kind: str) -> HttpResponse:
    """A module to take along, in the language she reads: a web page, an e-book or a PDF."""
    if kind not in KINDS:
        raise Http404
    found = get_object_or_404(
        Module.objects.select_related("document", "published"), code=code, published__isnull=False
    )
    reading = text.reading_language(request.user)
    try:
        file = book_file(found, reading.code, kind, reading.interface)
    except BookRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("training:module", code=code)
    answer = HttpResponse(file.content, content_type=file.media)
    answer["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return answer
