"""A part of a file, as a browser asks for it while it plays a sound: `Range: bytes=0-1023`."""

import re
from typing import IO

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase

_ONE = re.compile(r"([0-9]{0,18})-([0-9]{0,18})")


def span(asked: str, length: int) -> tuple[int, int] | None:
    """The first and the last byte of `asked` ("0-1023", "1024-", "-300") in a file; None when there is no such part.

    >>> span("0-1", 10), span("4-", 10), span("-3", 10), span("8-99", 10)
    ((0, 1), (4, 9), (7, 9), (8, 9))
    >>> span("10-", 10), span("5-4", 10), span("-0", 10), span("-", 10), span("a", 10)
    (None, None, None, None, None)
    """
    match = _ONE.fullmatch(asked.strip())
    if match is None or not any(match.groups()):
        return None
    first, last = match.groups()
    if not first:
        begin, end = max(0, length - int(last)), length - 1
    else:
        begin, end = int(first), min(int(last), length - 1) if last else length - 1
    return (begin, end) if begin <= end else None


class _Part:
    """An open file that ends after `left` bytes."""

    def __init__(self, file: IO[bytes], left: int) -> None:
        self._file, self._left = file, left
        self.close = file.close

    def read(self, size: int) -> bytes:
        chunk = self._file.read(min(size, self._left))
        self._left -= len(chunk)
        return chunk


def in_parts(answer: FileResponse, file: IO[bytes], asked: str) -> HttpResponseBase:
    """`answer`, which hands over all of `file`, or the part of it that the header `asked` names; 416 for no such part.

    Another unit than bytes, and several parts at once, are answered with the whole, as RFC 9110 lets a server do.
    """
    answer["Accept-Ranges"] = "bytes"
    unit, _equals, part = asked.partition("=")
    if unit.strip().lower() != "bytes" or "," in part:
        return answer
    length = int(answer["Content-Length"])
    found = span(part, length)
    if found is None:
        answer.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{length}", "Accept-Ranges": "bytes"})
    first, last = found
    file.seek(first)
    answer.streaming_content = _Part(file, last - first + 1)  # type: ignore[assignment]
    answer.status_code = 206
    answer["Content-Range"] = f"bytes {first}-{last}/{length}"
    answer["Content-Length"] = str(last - first + 1)
    return answer
