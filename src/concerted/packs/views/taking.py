"""A published scenario to take along: for Twine, as a page that plays by itself, or as a gamebook."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from concerted.kit.guards import Request, reads
from concerted.packs.interchange import KINDS
from concerted.packs.interchange.published import published_file
from concerted.practice.access import SCRIPT
from concerted.text.queries import reading_language
from concerted.training.book import BookRefused


@reads(SCRIPT)
def take_along(request: Request, code: str, kind: str) -> HttpResponse:
    """The file, in the language she reads."""
    if kind not in KINDS:
        raise Http404
    try:
        file = published_file(code, kind, reading_language(request.user))
    except BookRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("packs:scripts")
    if file is None:
        raise Http404
    answer = HttpResponse(file.content, content_type=file.media)
    answer["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return answer
