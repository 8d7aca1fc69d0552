"""The XLIFF we write is what the standards allow, and the test of it finds what they do not."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.text.exchange import xliff12, xliff21
from concerted.text.exchange.segments import STATES, Piece
from concerted.text.tests.exchanges import DONE, KEYS, MARKDOWN, TITLES, WORDS
from concerted.text.tests.structure import faults_of_12, faults_of_21

PIECES = st.builds(
    Piece, KEYS, KEYS, st.just("3f"), TITLES, WORDS, MARKDOWN.map(lambda text: text[:300]), MARKDOWN,
    st.sampled_from(STATES), st.sampled_from(["", "a note"]),
)  # fmt: skip
Faults = Callable[[bytes], list[str]]
CHECKED = [(xliff12.write, faults_of_12), (xliff21.write, faults_of_21)]


@pytest.mark.parametrize(("write", "faults"), CHECKED, ids=["1.2", "2.1"])
@given(
    pieces=st.lists(PIECES, min_size=1, max_size=4, unique_by=lambda one: (one.document, one.key)),
    prefill=st.booleans(),
)
def test_what_we_write_is_allowed(
    write: Callable[..., bytes], faults: Faults, pieces: list[Piece], prefill: bool
) -> None:
    assert faults(write(pieces, "en", "ar-EG", prefill=prefill)) == []


@pytest.mark.parametrize(("write", "faults"), CHECKED, ids=["1.2", "2.1"])
@pytest.mark.parametrize("state", STATES)
def test_every_state_is_allowed(write: Callable[..., bytes], faults: Faults, state: str) -> None:
    pieces = [replace(DONE, state=state, note="A note"), replace(DONE, key="a b", state=state)]
    assert faults(write(pieces, "en", "ar", prefill=True)) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("<body>", "<body><p/>", "p is not allowed"),
        ("<body>", "<body>words", "body holds words"),
        (' datatype="x-markdown"', "", "file has no datatype"),
        ('datatype="x-markdown"', 'datatype="markdown"', "file has datatype='markdown'"),
        ("<group ", '<group hash="1" ', "group has hash='1'"),
        ('state="translated"', 'state="done"', "target has state='done'"),
        ("why:2", "why:1", "trans-unit why:1 twice"),
        ('<ept id="1">**</ept></source>', "</source>", "a bpt without its ept"),
        ("<source>A ", "<target/><source>A ", "trans-unit holds target source target "),
        ("document:1.2", "document:1.1", "the root is {urn:oasis:names:tc:xliff:document:1.1}xliff"),
    ],
)
def test_what_12_does_not_allow_is_found(old: str, new: str, fault: str) -> None:
    text = xliff12.write([DONE], "en", "ar").decode()
    assert old in text
    assert fault in faults_of_12(text.replace(old, new, 1).encode())


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (' srcLang="en"', "", "xliff has no srcLang"),
        (' trgLang="ar"', "", "a target without trgLang"),
        ('id="f1"', 'id="f 1"', "file has id='f 1'"),
        ("<group ", '<group extradata="1" ', "group has extradata='1'"),
        ('state="translated"', 'state="signed-off"', "segment has state='signed-off'"),
        ('state="translated"', 'subState="a:b"', "a subState without a state"),
        ("why:2", "why:1", "unit why:1 twice"),
        ('dataRefStart="o1"', 'dataRefStart="o9"', "no data o9"),
        ('<data id="c1">', '<data id="o1">', "data o1 twice"),
        ('<target>Un <pc id="1"', '<target>Un <pc id="7"', "a code 7 of the target only"),
        ("<segment ", "<notes><note/></notes><segment ", "unit holds originalData notes segment "),
    ],
)
def test_what_21_does_not_allow_is_found(old: str, new: str, fault: str) -> None:
    text = xliff21.write([DONE], "en", "ar").decode()
    assert old in text
    assert fault in faults_of_21(text.replace(old, new, 1).encode())
