"""Bytes into a manuscript, whichever of the two formats they are."""

from concerted.packs.manuscript.archive import Archive
from concerted.packs.manuscript.docx import main_part, read_docx
from concerted.packs.manuscript.odt import is_odt, read_odt
from concerted.packs.manuscript.refusal import no_text
from concerted.packs.manuscript.tree import Manuscript


def read_document(content: bytes) -> Manuscript:
    """The manuscript in a .docx or .odt, told apart by what is inside and not by the file's name.

    Raises ManuscriptRefused, with what to do, for whatever cannot be read or is not safe to read.
    """
    archive = Archive(content)
    if main := main_part(archive):
        return read_docx(archive, main)
    if is_odt(archive):
        return read_odt(archive)
    raise no_text()
