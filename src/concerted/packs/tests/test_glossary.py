from pathlib import Path

import pytest
from django.conf import settings

from concerted.packs.reading.packs import PackFolder, read_pack
from concerted.packs.tests.good_packs import Write
from concerted.text.wording import WordEntry, avoided_in

G = "glossary.yaml"
SOUND = """\
# A comment.
- language: en
  avoid: [confess*]
  prefer: said
  why: It sounds like guilt.
  terms: [disclose]
"""


def test_a_sound_glossary_is_read(write: Write) -> None:
    read = read_pack(write({G: SOUND}))
    assert read.faults == ()
    assert read.pack is not None
    assert read.pack.glossary == (WordEntry("en", ("confess*",), "said", "It sounds like guilt.", ("disclose",)),)


@pytest.mark.parametrize(
    ("glossary", "line", "message"),
    [
        ("entries: []", 1, "There are no entries here."),
        ("- language: en\n  avoid: [x\n  why: y", 3, "This line is not YAML."),
        ("\x01", 1, "This line is not YAML."),
        ("- just words", 1, "The entry has no “avoid”."),
        (SOUND.replace("  why: It sounds like guilt.\n", ""), 2, "The entry has no “why”."),
        (SOUND.replace("[confess*]", "[]"), 2, "The entry has no “avoid”."),
        (SOUND.replace("language: en", "language: tlh"), 2, "“tlh” is not a language of Concerted."),
        (SOUND.replace("prefer: said", "prefer: [said]"), 4, "“prefer” is not words."),
        (SOUND.replace("[confess*]", "confess"), 3, "“avoid” is not a list of words."),
        (SOUND.replace("[confess*]", '["*"]'), 3, "“avoid” is not a list of words."),
        (SOUND.replace("[confess*]", '["con*fess"]'), 3, "“avoid” is not a list of words."),
        (SOUND.replace("[disclose]", "[1]"), 6, "“terms” is not a list of words."),
        (SOUND.replace("terms:", "colour:"), 6, "“colour” is not understood here."),
        (SOUND + SOUND.replace("confess*", "Confess*"), 9, "“Confess*” is already avoided on line 3."),
        (SOUND.encode("utf-16"), 1, "This line is not UTF-8."),
    ],
)
def test_what_is_wrong_in_a_glossary_is_told_on_its_line(
    glossary: str | bytes, line: int, message: str, write: Write
) -> None:
    read = read_pack(write({G: glossary}))
    assert (G, line, message) in [(fault.path, fault.line, fault.message) for fault in read.faults]
    assert not read.sound


@pytest.fixture(scope="module")
def shipped() -> PackFolder:
    pack = read_pack(Path(settings.CONTENT_ROOT) / "starter").pack
    assert pack is not None
    return pack


@pytest.mark.parametrize(
    ("language", "least", "text", "words"),
    [
        ("en", 35, "The battered woman confessed.", ["battered woman", "confessed"]),
        ("fr", 20, "Elle prétend que c'est une affaire de famille.", ["Elle prétend", "affaire de famille"]),
        ("es", 20, "Siempre vuelve con él: es un asunto de familia.", ["Siempre vuelve con él", "asunto de familia"]),
        ("ar", 20, "هي تزعم أنه خلاف عائليّ.", ["تزعم", "خلاف عائليّ"]),
    ],
)
def test_the_glossary_we_ship_speaks_four_languages(
    language: str, least: int, text: str, words: list[str], shipped: PackFolder
) -> None:
    assert len([entry for entry in shipped.glossary if entry.language == language]) >= least
    assert [found.words for found in avoided_in(text, language, shipped.glossary)] == words
