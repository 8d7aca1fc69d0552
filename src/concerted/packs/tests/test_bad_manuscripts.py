"""A document that cannot be read, or means harm, is refused with what to do, and leaves nothing behind."""

import tracemalloc
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from concerted.directory.tests.factories import make_person, make_position
from concerted.kit.tests.stored import changed, stored
from concerted.packs.manuscript.archive import UNPACKED_MOST
from concerted.packs.manuscript.document import read_document
from concerted.packs.manuscript.markup import DEPTH_MOST
from concerted.packs.manuscript.outline import outline
from concerted.packs.manuscript.refusal import ManuscriptRefused
from concerted.packs.tests.bad_manuscripts import BAD, CONTENT, MAIN, BadManuscript, packed
from concerted.packs.tests.documents import docx_of, odt_of
from concerted.training.tests.factories import publish_small_exam


@pytest.mark.django_db
@pytest.mark.parametrize("row", BAD, ids=lambda row: f"{row.kind}: {row.what}")
def test_a_bad_document_is_refused_and_nothing_is_written(row: BadManuscript, tmp_path: Path) -> None:
    """Neither into the folder nor into the database, where a module and its people are kept already."""
    make_position(make_person("Amal"))
    publish_small_exam()
    before = stored()
    (tmp_path / "file.docx").write_bytes(row.make())
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("pack", "from", str(tmp_path / "file.docx"), "--to", str(tmp_path / "made"), stdout=out)
    assert out.getvalue().splitlines() == [f"{row.message} {row.remedy}", "Nothing was written."]
    assert [path.name for path in tmp_path.iterdir()] == ["file.docx"]
    assert changed(before) == []


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("pack", "from", str(tmp_path / "none.docx"), "--to", str(tmp_path), stdout=out)
    assert out.getvalue().startswith("The file cannot be read. Check its name and its permissions.")


def test_a_bomb_is_given_up_early() -> None:
    """Ten times the bound comes to no more memory than the bound."""
    content = packed(docx_of(), MAIN, lambda text: b" " * (UNPACKED_MOST * 10))
    assert len(content) < UNPACKED_MOST // 50
    tracemalloc.start()
    with pytest.raises(ManuscriptRefused, match="larger than 20 MB"):
        read_document(content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < UNPACKED_MOST * 3


@pytest.mark.parametrize(
    ("made", "name", "mark", "inner"),
    [
        (docx_of, MAIN, b"Greet her</w:t></w:r>", b"w:smartTag"),
        (odt_of, CONTENT, b"Greet her", b"text:span"),
    ],
)
def test_whatever_is_less_deep_is_read(made: Callable[[], bytes], name: str, mark: bytes, inner: bytes) -> None:
    """The bound on depth is tight enough that no reader runs out of calls before it."""
    times = DEPTH_MOST - 20
    said = b"<w:r><w:t>deep</w:t></w:r>" if inner.startswith(b"w:") else b"deep"
    deep = b"<%s>" % inner * times + said + b"</%s>" % inner * times
    found = outline(read_document(packed(made(), name, lambda text: text.replace(mark, mark + deep))))
    assert "Greet herdeep" in found.units[0].parts[1].markdown


def test_every_cut_of_a_file_is_refused_or_read() -> None:
    """Whatever is left of a file that was cut off says so in our words, never in those of a library."""
    for content in (docx_of(), odt_of()):
        for length in range(0, len(content), 997):
            with pytest.raises(ManuscriptRefused):
                read_document(content[:length])


@pytest.mark.parametrize(("made", "name"), [(docx_of, MAIN), (odt_of, CONTENT)])
def test_every_byte_turned_is_refused_or_read(made: Callable[[], bytes], name: str) -> None:
    """Text that was changed on purpose, in a zip file that is sound."""

    def turn(at: int) -> bool:
        def turned(text: bytes) -> bytes:
            return text[: at % len(text)] + bytes([text[at % len(text)] ^ 0x15]) + text[at % len(text) + 1 :]

        try:
            return bool(outline(read_document(packed(content, name, turned))).units)
        except ManuscriptRefused:
            return False

    content = made()
    assert {turn(at) for at in range(0, 20_000, 211)} == {True, False}


def test_a_picture_of_any_size_stays_packed() -> None:
    content = packed(docx_of(), "docProps/thumbnail.jpeg", lambda picture: bytes(UNPACKED_MOST * 2))
    assert outline(read_document(content)).units
