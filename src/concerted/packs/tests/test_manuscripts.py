"""A document from somebody else's program becomes a module's folder that can be checked and loaded."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import docx
import odfdo
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import given
from hypothesis import strategies as st

from concerted.kit.markdown import plain, render
from concerted.packs.manuscript.document import read_document
from concerted.packs.manuscript.folder import files_of
from concerted.packs.manuscript.markdown import inline, markdown_of
from concerted.packs.manuscript.outline import ModuleOutline, outline
from concerted.packs.manuscript.telling import changed_words, told
from concerted.packs.manuscript.tree import Paragraph, Point, Run, words_of
from concerted.packs.quality.check import check_pack
from concerted.packs.reading.packs import read_pack
from concerted.packs.tests.bad_packs import PACK
from concerted.packs.tests.documents import FIRST_UNIT, SUMMARY, TITLE, docx_of, odt_of, saved

CODE = "asking-about-safety"
#: What an author writes after a module was made: aims and questions, which no document is asked for.
TO_WRITE = {"The unit names no aims.", "The module names no aims."}


def read(content: bytes, name: str = "file") -> ModuleOutline:
    return outline(read_document(content), name)


def sections(content: bytes) -> dict[str, str]:
    """Key -> Markdown of the first unit."""
    return {part.key: part.markdown for part in read(content).units[0].parts}


def make(tmp_path: Path, content: bytes, *more: str, kind: str = "docx") -> str:
    (tmp_path / f"file.{kind}").write_bytes(content)
    (tmp_path / "pack.yaml").write_text(PACK)
    out = StringIO()
    call_command("pack", "from", str(tmp_path / f"file.{kind}"), "--to", str(tmp_path), *more, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(("kind", "content"), [("docx", docx_of()), ("odt", odt_of())])
def test_there_and_checked(kind: str, content: bytes, tmp_path: Path) -> None:
    lines = make(tmp_path, content, kind=kind).splitlines()
    folder = tmp_path / "modules" / CODE
    assert lines[:3] == [
        f"{folder}: {TITLE}",
        f"  {CODE}.1 Before you ask: 2 sections, about 1 minutes",
        f"  {CODE}.2 After the answer: 1 sections, about 1 minutes",
    ]
    assert (folder / "units" / "01-before-you-ask.md").read_text() == FIRST_UNIT
    checked = check_pack(tmp_path)
    assert {fault.message for fault in checked.faults if not fault.warning} == TO_WRITE
    assert checked.pack is not None
    (module,) = checked.pack.modules
    assert [section.markdown for section in module.text.sections] == [TITLE, SUMMARY]
    assert [unit.code for unit in module.units] == [f"{CODE}.1", f"{CODE}.2"]


def test_with_its_aims_and_questions_it_is_sound(tmp_path: Path) -> None:
    make(tmp_path, docx_of())
    folder = tmp_path / "modules" / CODE
    asked = "".join(
        f'\n## Q {n} {{#q{n} kind=single aim=1}}\n\nNow?\n\n- ( ) "No."\n  > `low` Ask.\n- (x) "Yes."\n  > Best.\n'
        for n in (1, 2)
    )
    for path in [folder / "module.yaml", *folder.glob("units/*.md")]:
        aims = "aims:\n  - ask" if path.suffix == ".yaml" else "aims:\n  1: ask"
        text = path.read_text().replace("aims: []", aims).replace("aims: {}", aims)
        path.write_text(text + (asked if path.suffix == ".md" else ""))
    assert [fault for fault in read_pack(tmp_path).faults if not fault.warning] == []


def test_json_tells_the_same(tmp_path: Path) -> None:
    told_of = json.loads(make(tmp_path, docx_of(lambda d: d.add_table(1, 1)), "--format", "json", "--code", "ask"))
    assert told_of["module"] == "ask"
    assert told_of["folder"] == str(tmp_path / "modules" / "ask")
    assert told_of["units"][0] == {
        "unit": "ask.1",
        "title": "Before you ask",
        "minutes": 1,
        "sections": ["a-quiet-room", "the-first-question"],
    }
    assert [(one["kind"], one["heading"]) for one in told_of["left_out"]] == [("table", "After the answer")]


def test_nothing_is_written_over(tmp_path: Path) -> None:
    make(tmp_path, docx_of())
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(SystemExit):
        make(tmp_path, docx_of())
    assert sorted(tmp_path.rglob("*")) == before
    with pytest.raises(SystemExit):
        make(tmp_path, docx_of(), "--code", "../out")
    assert sorted(tmp_path.rglob("*")) == before
    with pytest.raises(CommandError, match="--to"):
        call_command("pack", "from", str(tmp_path / "file.docx"))


def test_headings_decide_what_is_a_unit() -> None:
    document = docx.Document()
    for level, words in [(1, "Whole"), (2, "First"), (3, "Part"), (4, "Deeper"), (2, "Second")]:
        document.add_heading(words, level)
        document.add_paragraph(f"Words of {words}.")
    found = read(saved(document))
    assert (found.title, found.summary) == ("Whole", "Words of Whole.")
    assert [unit.title for unit in found.units] == ["First", "Second"]
    assert [(part.key, part.title) for part in found.units[0].parts] == [("start", ""), ("part", "Part")]
    assert found.units[0].parts[1].markdown == "Words of Part.\n\n### Deeper\n\nWords of Deeper."


def test_several_highest_headings_are_units_under_the_name_of_the_file() -> None:
    document = docx.Document()
    document.core_properties.title = ""
    for words in ("One", "Two"):
        document.add_heading(words, 1)
        document.add_paragraph("Words.")
    found = read(saved(document), "My course")
    assert found.title == "My course"
    assert [unit.title for unit in found.units] == ["One", "Two"]
    document.core_properties.title = "Our course"
    assert read(saved(document), "My course").title == "Our course"


def test_words_before_the_first_unit_are_kept() -> None:
    document = docx.Document()
    document.add_heading("Whole", 0)
    document.add_paragraph("Summary.")
    document.add_paragraph("More.")
    document.add_heading("First", 1)
    document.add_paragraph("Words.")
    assert [(unit.title, unit.parts[0].markdown) for unit in read(saved(document)).units] == [
        ("Whole", "More."),
        ("First", "Words."),
    ]


def test_keys_stay_with_their_words() -> None:
    document = docx.Document()
    document.add_heading("Unit", 1)
    for words in ("Why", "Why", "Title", "Évaluer", "لماذا", "Named {#why}"):
        document.add_heading(words, 2)
        document.add_paragraph("Words.")
    document.add_heading("Another", 1)
    document.add_paragraph("Words.")
    parts = read(saved(document)).units[0].parts
    assert [part.key for part in parts] == ["why-2", "why-3", "title-2", "evaluer", "h-7026a953", "why"]
    assert parts[-1].title == "Named"


def test_words_are_never_markup() -> None:
    said = ["# no title", "- no point", "1. no number", "> no", "*no* _no_ `no` [no](no) <b>no</b> &amp; {no}", "---"]
    document = docx.Document()
    document.add_heading("Unit", 0)
    document.add_paragraph("Summary.")
    for words in said:
        document.add_paragraph(words)
    document.add_paragraph("## Not a section {#not}")
    text = read(saved(document)).units[0].parts[0].markdown
    html = render(text)
    assert html.count("<p>") == len(said) + 1
    assert not any(tag in html for tag in ("<h", "<li", "<em", "<a", "<code", "<b>", "<hr", "<blockquote"))
    assert plain(text) == " ".join([*said, "## Not a section {#not}"])


LETTERS = st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"])
STYLES = st.builds(Run, st.text(LETTERS), st.booleans(), st.booleans())


@given(st.lists(STYLES, max_size=5))
def test_no_word_is_lost_in_markdown(runs: list[Run]) -> None:
    assert plain(inline(runs)) == words_of(runs)


@given(st.lists(st.tuples(st.text("ab*#-1. \n", min_size=1), st.integers(0, 3), st.booleans()), max_size=6))
def test_no_point_is_lost_in_lists(said: list[tuple[str, int, bool]]) -> None:
    points = [Point((Run(words),), 1, depth, ordered) for words, depth, ordered in said if words.strip()]
    text = markdown_of([*points, Paragraph((Run("after"),), 1)], 2)
    assert plain(text) == " ".join([*(words_of(point.runs) for point in points), "after"])
    assert render(text).count("<li>") == len(points)


def test_slots_an_author_writes_are_listed() -> None:
    document = docx.Document()
    document.add_heading("Unit", 1)
    document.add_paragraph("Ring {svc.helpline}, not {somebody}.")
    assert "slots:\n- svc.helpline\naims" in files_of(read(saved(document)), "x")["units/01-unit.md"]


def _tracked(document: Any) -> None:
    paragraph = document.add_paragraph("Ask ")
    for tag, text in (("ins", "t"), ("del", "delText")):
        paragraph._p.append(
            parse_xml(f'<w:{tag} {nsdecls("w")} w:id="1" w:author="A"><w:r><w:{text}>{tag}</w:{text}></w:r></w:{tag}>')
        )


def test_tracked_changes_of_word_are_accepted_and_told() -> None:
    found = read(docx_of(_tracked))
    assert found.units[1].parts[0].markdown.endswith("Ask ins")
    assert changed_words(found.changed) == [
        "Tracked deletions that were dropped: 1.",
        "Tracked insertions that were accepted: 1.",
    ]


def _tracked_odt(document: Any) -> None:
    changes = "".join(
        f'<text:changed-region text:id="c{n}"><text:{kind}>{words}</text:{kind}></text:changed-region>'
        for n, (kind, words) in enumerate([("insertion", ""), ("deletion", "<text:p>del</text:p>")])
    )
    document.body.insert(odfdo.Element.from_tag(f"<text:tracked-changes>{changes}</text:tracked-changes>"), position=0)
    document.body.append(
        odfdo.Element.from_tag(
            '<text:p>Ask <text:change-start text:change-id="c0"/>ins<text:change-end text:change-id="c0"/>'
            '<text:change text:change-id="c1"/></text:p>'
        )
    )


def test_tracked_changes_of_opendocument_as_well() -> None:
    found = read(odt_of(_tracked_odt))
    assert found.units[1].parts[0].markdown.endswith("Ask ins")
    assert found.changed == (("deleted", 1), ("inserted", 1))


def _footnote_odt(document: Any) -> None:
    paragraph = odfdo.Paragraph("One in three.")
    paragraph.insert_note(after="three", note_id="n1", citation="1", body="A guide, WHO, 2021.")
    document.body.append(paragraph)


def test_footnotes_stand_in_brackets() -> None:
    found = read(odt_of(_footnote_odt))
    assert found.units[1].parts[0].markdown.endswith("One in three (A guide, WHO, 2021.).")
    assert found.changed == (("footnote", 1),)


def _links(document: Any) -> None:
    for address in ("https://example.org/a", "javascript:alert(1)"):
        paragraph = document.add_paragraph("See ")
        link = parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="x"><w:r><w:t>here</w:t></w:r></w:hyperlink>')
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
        link.set(qn("r:id"), document.part.relate_to(address, kind, is_external=True))
        paragraph._p.append(link)


def test_links_are_kept_but_for_scripts() -> None:
    text = read(docx_of(_links)).units[1].parts[0].markdown
    assert text.endswith("See [here](<https://example.org/a>)\n\nSee here")


def _links_odt(document: Any) -> None:
    for address in ("https://example.org/a", "file:///etc/passwd"):
        paragraph = odfdo.Paragraph("See ")
        paragraph.append(odfdo.Link(address, text="here"))
        document.body.append(paragraph)


def test_links_of_opendocument_as_well() -> None:
    text = read(odt_of(_links_odt)).units[1].parts[0].markdown
    assert text.endswith("See [here](<https://example.org/a>)\n\nSee here")


def _left_out(document: Any) -> None:
    document.add_table(1, 1).cell(0, 0).text = "cell"
    paragraph = document.add_paragraph("Seen")
    for inside in (
        "<w:drawing/>",
        "<w:pict><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></w:pict>",
        "<w:object/>",
        "<w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t>",
    ):
        paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}>{inside}</w:r>"))
    paragraph.add_run().add_break(WD_BREAK.PAGE)
    document.add_comment(paragraph.runs[0], text="comment", author="A", initials="A")
    document.add_heading("Nothing below", 1)


def test_what_is_left_out_is_told_with_its_place() -> None:
    found = read(docx_of(_left_out))
    assert [told(one) for one in found.left_out] == [
        f"Paragraph {place}, below “{heading}”: {what}."
        for place, heading, what in [
            (14, "After the answer", "a table"),
            (15, "After the answer", "a comment"),
            (15, "After the answer", "a picture"),
            (15, "After the answer", "a text box"),
            (15, "After the answer", "an embedded file"),
            (15, "After the answer", "hidden words"),
            (16, "Nothing below", "a heading without words below it"),
        ]
    ]
    assert found.units[1].parts[0].markdown.endswith("\n\nSeen")


def _left_out_odt(document: Any) -> None:
    document.body.append(odfdo.Table("T", width=1, height=1))
    document.body.append(odfdo.TOC())
    paragraph = odfdo.Paragraph("Seen")
    paragraph.append(odfdo.Frame.image_frame("Pictures/a.png"))
    paragraph.append(odfdo.Frame.text_frame("box"))
    paragraph.insert_annotation(after="Seen", body="comment", creator="A")
    document.body.append(paragraph)


def test_what_is_left_out_of_opendocument_as_well() -> None:
    found = read(odt_of(_left_out_odt))
    assert [(one.kind, one.heading) for one in found.left_out] == [
        (kind, "After the answer") for kind in ("table", "contents", "comment", "picture", "text-box")
    ]
    assert found.units[1].parts[0].markdown.endswith("\n\nSeen")
