"""Bytes of a file into its text. Other encodings than UTF-8 are refused with the line, as Moodle does."""

import codecs

from django.utils.translation import gettext as _

from concerted.packs.questions.written import Refused

#: A bank of a thousand questions is about one; Moodle XML carries its pictures and is bounded by its own reader.
BYTES_MOST = 5 * 1024 * 1024


def text_of(content: bytes) -> str:
    """The text of a file with "\\n" between its lines. Raises Refused for what is no text in UTF-8."""
    if len(content) > BYTES_MOST:
        raise Refused(_("The file is larger than 5 MB."), _("Cut it in two, and import one after the other."), 1)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Refused(_("The file is written in UTF-16."), _save(), 1)
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise Refused(_("This is a document or a spreadsheet, not a plain text."), _save(), 1)
    if (nul := content.find(b"\0")) >= 0:
        raise Refused(_("This line holds a NUL byte."), _save(), _line(content, nul))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The place as an editor counts it, from where the line begins.
        begins = max(content.rfind(b"\n", 0, error.start), content.rfind(b"\r", 0, error.start)) + 1
        raise Refused(
            _("This line is not UTF-8: byte %(byte)s, “%(hex)s”, is of another encoding.")
            % {"byte": error.start - begins + 1, "hex": f"{content[error.start]:02X}"},
            _save(),
            _line(content, error.start),
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _line(content: bytes, at: int) -> int:
    before = content[:at]
    return before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n") + 1


def _save() -> str:
    return _("Save it as plain text in UTF-8.")
