"""A certificate somebody uploads: known by what is in it, and cleaned of what a camera or an editor wrote into it."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

MOST_BYTES = 5_000_000
_PNG = b"\x89PNG\r\n\x1a\n"
#: What a PNG needs to be drawn; places, times and remarks stand in other parts.
_PNG_PARTS = frozenset(b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT pHYs".split())
#: Parts of a JPEG that say where and when it was taken, and what somebody remarked. APP0, APP2 and APP14 stay: they say
#: how the colours are meant.
_JPEG_DROPPED = frozenset({0xE1, *range(0xE3, 0xEE), 0xEF, 0xFE})


class BadProof(Exception):
    """The file cannot be kept; the message says why and what to do."""


@dataclass(frozen=True)
class Proof:
    """A file that can be kept. `suffix`: what it is, by its content."""

    suffix: str
    content: bytes


def cleaned(content: bytes) -> Proof:
    """The file as it is kept: a PDF as it is, a picture without what does not draw it.

    Raises `BadProof` for every other kind, whatever the file is called, and for one that is too large or cut off.
    """
    if len(content) > MOST_BYTES:
        raise BadProof(_("The file is larger than 5 MB. Scan it in grey, or in fewer dots."))
    try:
        if content.startswith(b"%PDF-"):
            return Proof(".pdf", content)
        if content.startswith(_PNG):
            return Proof(".png", _PNG + b"".join(_png_parts(content)))
        if content.startswith(b"\xff\xd8\xff"):
            return Proof(".jpg", b"\xff\xd8" + b"".join(_jpeg_parts(content)))
    except (struct.error, IndexError, ValueError) as error:
        raise BadProof(_("The picture is cut off. Save or scan it again.")) from error
    raise BadProof(_("This is neither a PDF nor a picture (PNG or JPEG). Save it as one of these."))


def _png_parts(content: bytes) -> Iterator[bytes]:
    """The parts that draw it, up to its end; what stands behind the end is dropped."""
    at = len(_PNG)
    while True:
        (length,) = struct.unpack_from(">I", content, at)
        part = content[at : at + 12 + length]
        if len(part) < 12 + length:
            raise ValueError("cut off")
        if part[4:8] in _PNG_PARTS:
            yield part
        if part[4:8] == b"IEND":
            return
        at += 12 + length


def _jpeg_parts(content: bytes) -> Iterator[bytes]:
    """The parts that draw it, up to its end."""
    at = 2
    while True:
        if content[at] != 0xFF:
            raise ValueError("no part begins here")
        kind = content[at + 1]
        if kind == 0xD9:
            yield b"\xff\xd9"
            return
        (length,) = struct.unpack_from(">H", content, at + 2)
        end = at + 2 + length
        if length < 2 or end > len(content):
            raise ValueError("cut off")
        if kind not in _JPEG_DROPPED:
            yield content[at:end]
        at = end
        if kind == 0xDA:
            scan = _end_of_scan(content, at)
            yield content[at:scan]
            at = scan


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the picture's own bytes end: at the next marker that is neither a stuffed byte nor a restart."""
    while True:
        at = content.index(b"\xff", at)
        if content[at + 1] not in (0x00, 0xFF, *range(0xD0, 0xD8)):
            return at
        at += 1 if content[at + 1] == 0xFF else 2
