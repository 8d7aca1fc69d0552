"""The zip file around a document: parts are read by name, bounded by the bytes that really come out.

Nothing of it is written to disk. Sizes that the file states are not believed: they are what a bomb lies about.
"""

import io
import zipfile
import zlib

from django.utils.translation import gettext as _

from concerted.kit.digits import localise
from concerted.packs.manuscript.refusal import ManuscriptRefused, no_text, save_again

#: The file itself, with its pictures, which are not read.
BYTES_MOST = 50 * 1024 * 1024
#: All its parts that are read, unpacked: a thousand pages of text are about 10 MB.
UNPACKED_MOST = 20 * 1024 * 1024
ENTRIES_MOST = 5_000
_GULP = 1 << 16
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


class Archive:
    """The parts of a document. Raises ManuscriptRefused for whatever is no sound zip file of sensible size."""

    def __init__(self, content: bytes) -> None:
        if len(content) > BYTES_MOST:
            raise too_large()
        if not content.startswith(b"PK"):
            raise _no_zip(content)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            entries = self._zip.infolist()
        except _BROKEN as error:
            raise _damaged() from error
        if len(entries) > ENTRIES_MOST:
            raise _swollen()
        self._entries = {entry.filename: entry for entry in entries}
        for entry in entries:
            _check_name(entry.filename)
        if len(self._entries) < len(entries):
            raise ManuscriptRefused(_("The file holds two parts of one name."), save_again())
        self._left = UNPACKED_MOST

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def read(self, name: str) -> bytes | None:
        """A part, None when there is none of that name."""
        entry = self._entries.get(name)
        if entry is None:
            return None
        if entry.flag_bits & 1:
            raise locked()
        out = bytearray()
        try:
            with self._zip.open(entry) as stream:
                while gulp := stream.read(_GULP):
                    out += gulp
                    self._left -= len(gulp)
                    if self._left < 0:
                        raise _swollen()
        except _BROKEN as error:
            raise _damaged() from error
        return bytes(out)


def too_large() -> ManuscriptRefused:
    return ManuscriptRefused(
        localise(_("The file is larger than 50 MB.")),
        _("Take its pictures out: they are not taken along. Or cut it in two."),
    )


def locked() -> ManuscriptRefused:
    """A document that opens with a password only."""
    return ManuscriptRefused(
        _("The document is locked with a password."), _("Take the password off in your word processor and save it.")
    )


def _damaged() -> ManuscriptRefused:
    return ManuscriptRefused(_("The file is damaged: it does not open."), save_again())


def _swollen() -> ManuscriptRefused:
    return ManuscriptRefused(
        _("Unpacked, the text of this file is larger than 20 MB."), _("Cut the document in two, or save it anew.")
    )


def _check_name(name: str) -> None:
    if name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/"):
        raise ManuscriptRefused(_("The file holds a part whose name leads out of it."), save_again())


def _no_zip(content: bytes) -> ManuscriptRefused:
    """What the first bytes say that it is."""
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            return locked()
        return ManuscriptRefused(_("This is a document of an old kind (.doc)."), save_again())
    if content.startswith(b"%PDF"):
        return ManuscriptRefused(_("This is a PDF: it no longer knows its headings."), _("Bring the document itself."))
    return no_text()
