"""What goes out, held against the schemas that OASIS publishes, where they lie on this machine.

They are under a licence of their own and are not kept here. Debian has them in `php-symfony-translation`; unpack it and
say where with XLIFF_SCHEMAS. A schema knows nothing of pairs and of unique ids: `structure.py` looks at those.
"""

import os
import re
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given

from concerted.text.exchange import xliff12, xliff21
from concerted.text.exchange.segments import STATES, Piece
from concerted.text.tests.exchanges import DONE, MARKDOWN, PIECE, TITLES, WORDS

etree = pytest.importorskip("lxml.etree")
FOLDER = Path(os.environ.get("XLIFF_SCHEMAS", "/usr/share/php/Symfony/Component/Translation/Resources/schemas"))
#: The core of 2.1 is that of 2.0, under the same name.
NAMES = {xliff12: "xliff-core-1.2-strict.xsd", xliff21: "xliff-core-2.0.xsd"}
BOTH = pytest.mark.parametrize("form", NAMES)
pytestmark = pytest.mark.skipif(
    not all((FOLDER / name).is_file() for name in (*NAMES.values(), "xml.xsd")),
    reason="The schemas of OASIS are not here; see the head of this file.",
)


def faults_in(form: ModuleType, content: bytes) -> list[str]:
    """What the schema of a format says against a file."""
    text = (FOLDER / NAMES[form]).read_text(encoding="utf-8")
    # The one schema they build on lies beside them; nothing is fetched.
    local = re.sub(r'schemaLocation="[^"]*xml\.xsd"', f'schemaLocation="{FOLDER / "xml.xsd"}"', text)
    schema = etree.XMLSchema(etree.fromstring(local.encode()))
    schema.validate(etree.fromstring(content))
    return [fault.message for fault in schema.error_log]


@BOTH
@pytest.mark.parametrize("prefill", [False, True])
def test_every_state_and_a_page_of_marks(form: ModuleType, prefill: bool) -> None:
    marks = replace(PIECE, key="marks", source_markdown="- **a** `b` ![x](y.png)\n\n> {law.weapons} <b>\n\n1. _c_")
    pieces = [marks, PIECE, *(replace(DONE, key=state.replace(" ", "-"), state=state) for state in STATES)]
    assert faults_in(form, form.write(pieces, "en", "ar", prefill=prefill)) == []


@BOTH
@given(title=TITLES, words=MARKDOWN, target=WORDS)
def test_any_words(form: ModuleType, title: str, words: str, target: str) -> None:
    piece = Piece("training/unit:x", "other", "3fa9", title, words)
    content = form.write([piece, replace(DONE, target_title=title, target_markdown=target)], "en", "ar")
    assert faults_in(form, content) == []


@BOTH
def test_the_schema_is_asked(form: ModuleType) -> None:
    content = form.write([PIECE], "en", "ar").replace(b"<source", b"<sauce").replace(b"</source", b"</sauce")
    assert any("sauce" in fault for fault in faults_in(form, content))
