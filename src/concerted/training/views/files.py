import mimetypes
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase

from concerted.kit.guards import Request, reads
from concerted.kit.middleware import keep_for_a_day
from concerted.kit.ranges import in_parts
from concerted.training.access import MODULE

#: Shown inside a page; everything else is only handed over as a file.
SHOWN = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
    ".ogg": "audio/ogg",
    ".mp3": "audio/mpeg",
    ".opus": "audio/ogg",
}


@reads(MODULE)
def pack_file(request: Request, pack: str, name: str) -> HttpResponseBase:
    """A file of a content pack, or a part of it. Drawings cannot run anything: their answer is sandboxed."""
    if "\x00" in name:
        raise Http404  # no file is named so, and the system would not even look
    folder = (Path(settings.MEDIA_ROOT) / "packs" / pack).resolve()
    file = (folder / name).resolve()
    if file.parent != folder or not file.is_file():
        raise Http404
    kind = SHOWN.get(file.suffix.lower())
    opened = file.open("rb")
    answer = FileResponse(
        opened,
        content_type=kind or mimetypes.guess_type(name)[0] or "application/octet-stream",
        as_attachment=kind is None,
        filename=f"sheet{file.suffix.lower()}",
    )
    answer["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    if kind:
        keep_for_a_day(answer)
    return in_parts(answer, opened, request.headers.get("Range", ""))
