"""A mail server on loopback that answers as a test asks, and keeps what it was handed."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Sink(socketserver.ThreadingTCPServer):
    """`answers` replaces the reply to a command (HELO, MAIL, RCPT, DATA, or END for the message itself).

    An empty reply drops the line. `drops_after` ends the line right after that reply was sent.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.answers: dict[str, str] = {}
        self.drops_after = ""
        self.received: list[bytes] = []
        self.connections = 0

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Talk(socketserver.StreamRequestHandler):
    server: Sink

    def handle(self) -> None:
        self.server.connections += 1
        if not self._say("HELLO", "220 sink"):
            return
        while line := self.rfile.readline():
            verb = line[:4].decode().strip().upper()
            if verb == "QUIT":
                self._say("QUIT", "221 bye")
                return
            usual = {"EHLO": "250 sink", "DATA": "354 go on"}.get(verb, "250 fine")
            if not self._say(verb, usual):
                return
            if verb == "DATA" and self.server.answers.get("DATA", "3").startswith("3") and not self._take():
                return

    def _take(self) -> bool:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        self.server.received.append(b"".join(lines))
        return self._say("END", "250 taken")

    def _say(self, about: str, usual: str) -> bool:
        words = self.server.answers.get(about, usual)
        if words:
            self.wfile.write(f"{words}\r\n".encode())
        return bool(words) and self.server.drops_after != about


@contextmanager
def sink() -> Iterator[Sink]:
    """The server, listening until the block ends."""
    server = Sink()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
