from tempfile import TemporaryFile

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from concerted.kit.guards import Request, reads
from concerted.text import queries as text
from concerted.training.access import TAKING
from concerted.training.along import write_archive
from concerted.training.queries.transcript import transcript_of
from concerted.training.transcript import draw
from concerted.training.wording import KINDS, STATES


@reads(TAKING)
def transcript(request: Request) -> HttpResponse:
    """Everything she completed, here and elsewhere, with the hours it took."""
    reading = text.reading_language(request.user)
    shown = transcript_of(request.user, reading.code, timezone.localdate())
    rows = [{"line": line, "kind": KINDS[line.kind], "state": STATES[line.state]} for line in shown.lines]
    return render(request, "training/transcript.html", {"rows": rows, "minutes": shown.minutes})


@reads(TAKING, "X")
def transcript_file(request: Request) -> HttpResponse:
    """The same as a tagged PDF, in the language of the pages, titles in the one she reads in."""
    reading, today = text.reading_language(request.user), timezone.localdate()
    shown = transcript_of(request.user, reading.code, today)
    answer = HttpResponse(draw(request.user.name, shown, reading.interface, today), content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="document.pdf"'
    return answer


@reads(TAKING, "X")
def take_along(request: Request) -> HttpResponseBase:
    """Everything kept about her learning, as one archive."""
    out = TemporaryFile()  # noqa: SIM115  the answer closes it once it is sent
    write_archive(request.user, out)
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename="document.zip")
