"""A form counts when all of it arrived. A line lost half-way leaves the server with the first part of what was sent."""

from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class WholeBody:
    """The body of a request; reading raises OSError when it ends before the length that was announced.

    Django would take what is there: of three ticked answers the two that arrived, of a staff list its first half.
    """

    def __init__(self, body: Any, announced: int) -> None:
        self.body, self.missing = body, announced

    def read(self, size: int | None = -1) -> bytes:
        """As of any stream; a server that hands out less than was asked for is asked again."""
        wanted = self.missing if size is None or size < 0 else min(size, self.missing)
        pieces = []
        while wanted > 0:
            piece: bytes = self.body.read(wanted)
            pieces.append(self._counted(piece))
            wanted -= len(piece)
        return b"".join(pieces)

    def readline(self, size: int | None = -1) -> bytes:
        """As of any stream."""
        wanted = self.missing if size is None or size < 0 else min(size, self.missing)
        return self._counted(self.body.readline(wanted)) if wanted else b""

    def _counted(self, piece: bytes) -> bytes:
        if not piece:
            raise OSError("The request ended before its announced length.")
        self.missing -= len(piece)
        return piece


def whole_bodies(application: Application) -> Application:
    """The application, given only bodies that arrived whole."""

    def guarded(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH") or "0"
        if length.isdecimal():
            environ["wsgi.input"] = WholeBody(environ["wsgi.input"], int(length))
        return application(environ, start_response)

    return guarded
