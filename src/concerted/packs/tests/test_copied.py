"""Words taken over from three invented guides are found; short quotations with their source are not."""

from pathlib import Path
from typing import Any

import pytest

from concerted.packs.quality.check import check_pack
from concerted.packs.quality.copied import QUOTED
from concerted.packs.tests.bad_packs import FRENCH, U
from concerted.packs.tests.good_packs import GOOD, PARAGRAPH, Found, Write, saying

GUIDE = """\
A guide for river wardens

Keep one dry blanket beside the door of
the lower boat-
house, and count the oars each night.
"""
PAGE = """\
<!doctype html>
<head><title>Never shown to anybody who reads this page here</title></head>
<style>p { colour: never shown to anybody who reads this page }</style>
<p>Wardens <em>walk along</em> the bank
in twos &amp; carry a lamp that does not blind.</p>
<script>var words = "keep one dry blanket beside the door of the house"</script>
"""
NOTES = "# Étangs\n\nLa gardienne compte les rames chaque soir avant de fermer l’écluse du nord.\n"
ORIGINALS = {"guides/wardens.txt": GUIDE, "page.html": PAGE, "étangs.md": NOTES}


@pytest.fixture
def compared(write: Write, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The findings of the good pack with some files changed, against the three guides and others."""

    def compared(files: dict[str, Any], more: dict[str, bytes] | None = None) -> list[tuple[str, str, int, str]]:
        shelf = tmp_path_factory.mktemp("shelf")
        for name, content in ({name: text.encode() for name, text in ORIGINALS.items()} | (more or {})).items():
            (shelf / name).parent.mkdir(parents=True, exist_ok=True)
            (shelf / name).write_bytes(content)
        read = check_pack(write({U: GOOD} | files), shelf)
        assert read.sound, read.faults
        return [(one.rule, one.path, one.line, one.message) for one in read.faults if one.rule]

    return compared


def places(found: list[tuple[str, str, int, str]]) -> Found:
    return [(rule, path, line) for rule, path, line, _message in found]


def test_a_pack_in_its_own_words_is_clean(compared: Any) -> None:
    assert compared({}) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            "She said: keep ONE dry blanket, beside the door of the lower boathouse.",
            "“keep ONE dry blanket beside the door of the lower boathouse” stands in guides/wardens.txt:3.",
        ),
        (
            "So walk along the bank in twos & carry a lamp.",
            "“walk along the bank in twos carry a lamp” stands in page.html:4.",
        ),
    ],
)
def test_a_stretch_is_told_once_with_its_file_and_line(words: str, told: str, compared: Any) -> None:
    assert compared({U: saying(words)}) == [("copied", U, PARAGRAPH, told)]


def test_words_are_compared_in_every_language(compared: Any) -> None:
    french = FRENCH.replace("minutes: 10\n", "minutes: 10\nnote: Passez.\n").replace(
        "Demandez", "Elle compte les rames chaque soir avant de fermer l'écluse. Demandez"
    )
    found = compared({U.replace(".md", ".fr.md"): french})
    assert [(rule, path) for rule, path, _line, _message in found] == [("copied", U.replace(".md", ".fr.md"))]
    assert found[0][3] == "“compte les rames chaque soir avant de fermer l'écluse” stands in étangs.md:3."


@pytest.mark.parametrize(
    "words",
    [
        "Keep one dry blanket beside the door.",
        "Never shown to anybody who reads this page here.",
        "Keep one dry blanket: {svc.emergency} beside the door of the lower house.",
    ],
)
def test_seven_words_slots_and_what_a_page_does_not_show_are_no_copy(words: str, compared: Any) -> None:
    assert compared({U: saying(words)}) == []


QUOTATION = '"Keep one dry blanket beside the door of the lower boathouse."'
SOURCE = "(*A guide for river wardens*, Wardens, 2020.)"


@pytest.mark.parametrize(
    ("words", "copies"),
    [
        (f"The guide says: {QUOTATION} {SOURCE}", 0),
        (f"The guide says: {QUOTATION}", 1),
        (f"{QUOTATION.strip(chr(34))} {SOURCE}", 1),
        (f'The guide says: {QUOTATION[:-1]} {"and so on " * QUOTED}now." {SOURCE}', 1),
    ],
)
def test_only_a_short_quotation_with_its_source_beside_it_is_let_through(
    words: str, copies: int, compared: Any
) -> None:
    found = places(compared({U: saying(words)}))
    assert [one for one in found if one[0] == "copied"] == [("copied", U, PARAGRAPH)] * copies


def test_sheets_to_download_are_compared_as_well(compared: Any) -> None:
    sheet = "Before you go\n\nWardens\nwalk along the bank in twos & carry a lamp that does not blind.\n"
    found = compared({"files/sheet.txt": sheet})
    assert places(found) == [("copied", "files/sheet.txt", 3)]


def test_two_guides_with_the_same_words_are_both_named(compared: Any) -> None:
    found = compared({U: saying("Wardens walk along the bank in twos & carry it.")}, {"b.txt": PAGE.encode()})
    assert [message.rsplit(" ", 1)[1] for *_place, message in found] == ["page.html:4."]
    plain = b"wardens walk along the bank in twos carry"
    found = compared({U: saying("Wardens walk along the bank in twos & carry it.")}, {"b.txt": plain})
    assert [message.rsplit(" ", 1)[1] for *_place, message in found] == ["b.txt:1.", "page.html:4."]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("scan.pdf", b"%PDF-1.7", "only .txt, .md, .html, .htm are read"),
        ("old.txt", "caf\u00e9".encode("latin-1"), "it is not text in UTF-8"),
        ("blank.md", b"\n", "it holds no words"),
    ],
)
def test_what_cannot_be_compared_is_named(name: str, content: bytes, why: str, compared: Any) -> None:
    ((rule, path, line, message),) = compared({}, {name: content})
    assert (rule, path, line) == ("unread", name, 1)
    assert why in message


def test_hidden_files_are_left_alone(compared: Any, tmp_path: Path) -> None:
    assert compared({}, {".DS_Store": b"\x00\xff", ".git/config": b"\xff"}) == []
