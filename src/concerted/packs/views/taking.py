"""A published scenario to take along: for Twine, as a page that plays by itself, or as a gamebook."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from concerted.kit.guards import Request, reads
from concerted.packs.interchange import KINDS
from concerted.packs.interchange.published import published_file
from concerted.packs.services.scripts import written_again
from concerted.packs.workshop.script import whole_script
from concerted.practice.access import SCRIPT
from concerted.practice.models import Scenario
from concerted.text.queries import reading_language
from concerted.training.book import BookRefused

#: A case with seats, as the file that `concerted scenario check` reads, in the language it was written in.
CASE = "case"


@reads(SCRIPT)
def take_along(request: Request, code: str, kind: str) -> HttpResponse:
    """The file, in the language she reads."""
    if kind == CASE:
        return _case_file(code)
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


def _case_file(code: str) -> HttpResponse:
    held = Scenario.objects.select_related("document", "published")
    scenario = get_object_or_404(held, code=code, seats__gt=0, published__isnull=False)
    head, parts = written_again(scenario)
    answer = HttpResponse(
        whole_script(head, (text for _key, text in parts)), content_type="text/markdown; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{code}.md"'
    return answer
