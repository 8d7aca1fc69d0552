"""Scenarios as Twee 3 and back: nothing of a scenario is lost, and nothing of a story from elsewhere is run."""

import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from concerted.packs.interchange.tale import as_markdown, tale_of
from concerted.packs.interchange.twee.container import TweePassage, read_container, write_container
from concerted.packs.interchange.twee.expressions import condition_out, effect_out
from concerted.packs.interchange.twee.markup import to_markdown, to_sugarcube
from concerted.packs.interchange.twee.meaning import changes_in, condition_in
from concerted.packs.interchange.twee.reading import read_twee
from concerted.packs.interchange.twee.writing import as_twee
from concerted.packs.reading.faults import Faults
from concerted.packs.reading.files import read_lines
from concerted.packs.reading.scenarios import ScenarioFile, scenario_in
from concerted.packs.tests.stories import CHAPBOOK, SUGARCUBE
from concerted.packs.tests.test_scenarios import SOUND
from concerted.packs.tests.test_workshop import SHIPPED
from concerted.practice.scenario.conditions import (
    Compare,
    Condition,
    Effect,
    Joined,
    Not,
    Sum,
    parse_condition,
    parse_effects,
)
from concerted.practice.scenario.story import Block, Choice, Passage, Story, Variable


def _file(text: str) -> ScenarioFile:
    file = scenario_in(text.split("\n"), Path("s.md"), Faults("s.md"))
    assert file is not None
    return file


def _brought(story: str) -> tuple[ScenarioFile, list[str]]:
    """The scenario a Twee file becomes, and what was told on the way."""
    faults = Faults("s.twee")
    text = read_twee(story, "story", faults)
    assert text is not None
    assert all(fault.warning for fault in faults.found)
    return _file(text), [f"{fault.line}: {fault.message}" for fault in faults.found]


def _parts(passage: Passage) -> tuple[Choice | Block, ...]:
    return (*passage.choices, *passage.blocks)


def _meant(story: Story) -> list[object]:
    """A story as what its conditions and changes mean: brackets that say nothing may come back."""
    ways = [[(way.to, way.condition) for way in one.ways] for passage in story.passages for one in passage.choices]
    parts = [
        (passage.key, passage.ending, passage.skip, part.key, part.condition, part.changes)
        for passage in story.passages
        for part in _parts(passage)
    ]
    return [story.variables, parts, ways, [(one.condition, one.to) for one in story.interrupts]]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_what_is_shipped_comes_back_from_twee_the_same(path: Path) -> None:
    lines = read_lines(path, Faults("s.md"))
    assert lines is not None
    file = _file("\n".join(lines))
    again, told = _brought(as_twee(tale_of(file, "en")))
    assert not told
    assert again.sections == file.sections
    assert _meant(again.story) == _meant(file.story)
    assert (again.code, again.minutes, again.sectors) == (file.code, file.minutes, file.sectors)


def test_an_own_look_back_and_paragraphs_come_back() -> None:
    file = _file(SOUND)
    again, told = _brought(as_twee(tale_of(file, "en")))
    assert (again.sections, again.story, told) == (file.sections, file.story, [])


def test_the_content_note_is_read_first_and_the_start_is_found_whatever_the_order() -> None:
    file = _file(SOUND)
    story = as_twee(tale_of(file, "en"))
    told = read_container(story)
    note = next(one for one in told if one.name == "concerted-note")
    assert '"start": "concerted-note"' in story
    assert note.body.startswith("A hard topic.")
    assert "[[Begin|room]]" in note.body
    again, _told = _brought(write_container(told[::-1]))
    assert again.story.start == "room"


def test_a_tale_as_markdown_is_the_scenario() -> None:
    file = _file(SOUND)
    assert _file(as_markdown(tale_of(file, "en"))).story == file.story


NAMED = {"safety": Variable("safety", 4, 0, 10), "told": Variable("told")}
SUMS = st.builds(
    lambda first, rest: Sum(((1, first), *rest)),
    st.sampled_from(["safety", "told", 3]),
    st.lists(st.tuples(st.sampled_from([1, -1]), st.sampled_from(["safety", "told", 2, 0])), max_size=2).map(tuple),
)
CONDITIONS = st.recursive(
    st.builds(Compare, SUMS, st.sampled_from([">=", "<=", "=", "!=", ">", "<"]), SUMS),
    lambda inner: (
        st.builds(Not, inner) | st.builds(Joined, st.booleans(), st.lists(inner, min_size=2, max_size=3).map(tuple))
    ),
    max_leaves=6,
)


@settings(deadline=None)
@given(CONDITIONS)
def test_any_condition_comes_back_the_same(condition: Condition) -> None:
    assert parse_condition(condition_in(condition_out(condition, NAMED))) == condition


@given(st.builds(Effect, st.sampled_from(["safety", "told"]), st.sampled_from("+-="), st.integers(0, 99)))
def test_any_effect_comes_back_the_same(effect: Effect) -> None:
    assert parse_effects(changes_in(effect_out(effect, NAMED))[0]) == (effect,)


@settings(deadline=None)
@example("/*:*")
@example("-  two blanks")
@given(st.text(st.sampled_from("ab *_-/'\"<>[]$!|{}\\#~^=:\n"), max_size=40))
def test_any_words_come_back_the_same(words: str) -> None:
    assert to_markdown(to_sugarcube(words)) == words


NAMES = st.text(st.sampled_from("ab []{}\\:"), min_size=1, max_size=12).map(str.strip).filter(bool)


@given(st.lists(st.tuples(NAMES, st.lists(st.sampled_from(["x", "y[z]"]), max_size=2).map(tuple))))
def test_any_container_comes_back_the_same(made: list[tuple[str, tuple[str, ...]]]) -> None:
    passages = [TweePassage(name, "Words.", tags) for name, tags in made]
    found = read_container(write_container(passages))
    assert [(one.name, one.body, one.tags) for one in found] == [(one.name, one.body, one.tags) for one in passages]


def test_a_story_of_sugarcube_becomes_a_scenario() -> None:
    file, _told = _brought(SUGARCUBE)
    story = file.story
    assert [one.key for one in story.passages] == ["night-desk", "where", "listening", "silence", "never-linked"]
    assert story.named["calm"] == Variable("calm", 3, 0, 10)
    assert {story.named["has_number"], story.named["asked"]} == {Variable("has_number"), Variable("asked")}
    desk = story.by_key["night-desk"]
    assert [(one.when, one.ways[0].to, one.effects) for one in desk.choices] == [
        ("", "listening", "calm +1, has_number"),
        ("", "where", "asked, calm -1, asked"),
        ("calm > 5 and not has_number", "silence", ""),
    ]
    assert [block.when for block in desk.blocks] == [
        "calm >= 3", "not (calm >= 3) and calm = 2", "not (calm >= 3) and not (calm = 2)", "0 = 0",
    ]  # fmt: skip
    where = story.by_key["where"]
    assert [(way.to, way.when) for way in where.choices[1].ways] == [("silence", "asked"), ("listening", "")]
    assert story.by_key["silence"].ending
    words = {section.key: section.markdown for section in file.sections}
    assert words["night-desk"] == "The telephone rings. *A whisper.*"
    assert words["night-desk.p4"] == "- the lamp\n- the list"


def test_what_is_not_taken_along_is_told_and_never_run() -> None:
    file, told = _brought(SUGARCUBE)
    words = {section.key: section.markdown for section in file.sections}
    assert '`<<audio "door" play>>`' in words["listening"]
    assert "`<<script>>alert('<<set $calm to 9>>');<</script>>`".replace("'", '"') in words["listening"]
    assert "`<<if visited() gt 1>>`She has said this before." in words["listening"].replace("\n", " ")
    assert [line for line in told if "“Listening”" in line] == [
        "31: “Listening”: <br> is not taken along.",
        '32: “Listening”: <<audio "door" play>> is not taken along.',
        '33: “Listening”: <<script>>alert("<<set $calm to 9>>");<</script>> is not taken along.',
        "34: “Listening”: <<if visited() gt 1>> is not taken along.",
        "35: “Listening”: $calm is not taken along.",
    ]
    assert any("Story Script" in line for line in told)
    assert "example.org" not in "".join(words.values())


@pytest.mark.parametrize(
    "body",
    [
        "<<if $a>>" * 3000,
        "<<" * 50_000,
        "/*" * 50_000,
        "[[" * 50_000,
        '<<set $a to "' * 9000,
        "{{{" * 50_000,
    ],
    ids=["deep", "macros", "comments", "links", "strings", "verbatim"],
)
def test_a_hostile_body_is_read_in_time(body: str) -> None:
    began = time.process_time()
    _brought(f":: Start\n{body}\n[[On|End]]\n\n:: End\nOver.\n")
    assert time.process_time() - began < 2


def test_a_large_story_is_read_in_time() -> None:
    passages = (
        f":: P{n}\n<<set $n{n % 40} to {n % 9}>>$Xa $xA\n[[On|P{n + 1}]][[Two|P{n // 2}]]\n" for n in range(5000)
    )
    began = time.process_time()
    assert read_twee("\n".join([*passages, ":: P5000\nOver.\n"]), "large", Faults("s.twee"))
    assert time.process_time() - began < 4


def test_a_passage_that_stands_twice_is_told() -> None:
    file, told = _brought(":: Start\n[[On|End]]\n\n:: End\nFirst.\n\n:: End\nSecond.\n")
    assert [one.key for one in file.story.passages] == ["start", "end"]
    assert "7: The passage “End” stands here twice; only the first is taken along." in told


def test_two_names_that_become_one_are_told() -> None:
    _read, told = _brought(":: Start\n<<set $hp to 1>><<set $HP to 2>>\n[[On|End]]\n\n:: End\nOver.\n")
    assert "2: The names $hp and $HP are the same here." in told


def test_a_file_without_a_story_says_so() -> None:
    faults = Faults("s.twee")
    assert read_twee("Only words.", "story", faults) is None
    assert "There is no story" in faults.found[0].message


def test_a_story_of_chapbook_becomes_a_scenario() -> None:
    file, told = _brought(CHAPBOOK)
    story = file.story
    assert [one.key for one in story.passages] == ["desk", "chair", "name"]
    assert story.named == {"trust": Variable("trust", 4, 0, 10), "has_key": Variable("has_key")}
    desk, chair = story.by_key["desk"], story.by_key["chair"]
    assert [(one.ways[0].to, one.effects) for one in desk.choices] == [("chair", "trust +1"), ("name", "")]
    assert [block.when for block in desk.blocks] == ["trust > 3", "not (trust > 3)", "0 = 0"]
    assert [(one.when, one.ways[0].to) for one in chair.choices] == [
        ("not (has_key)", "name"), ("trust > 2 and has_key", "name"), ("", "name"),
    ]  # fmt: skip
    words = {section.key: section.markdown for section in file.sections}
    assert words["desk"] == "A woman stands there. *Her coat is wet.*"
    assert words["desk.p3"] == 'She waits. `(trust)` of ten.\n\n`window.location = "/";`'
    assert words["desk.a"] == "Offer a chair"
    assert told == [
        "11: “Desk”: weather: random.fraction is not taken along.",
        "22: “Desk”: {trust} is not taken along.",
        "27: “Desk”: [JavaScript] is not taken along.",
        "32: “Chair”: hasKey (trust > 5): true is not taken along.",
        "42: “Chair”: [after 1 second] is not taken along.",
    ]


def test_chapbook_is_known_without_its_name() -> None:
    nameless = CHAPBOOK.replace('"format": "Chapbook", ', "")
    assert _brought(nameless) == _brought(CHAPBOOK)


def test_another_story_format_is_told_and_keeps_its_links() -> None:
    file, told = _brought(SUGARCUBE.replace('"SugarCube"', '"Harlowe"'))
    assert told[1] == "1: The story format Harlowe is not known here; only links are taken along."
    assert file.story.by_key["silence"].ending


PARTS = [
    "words ", "\n", "\n\n", "<<if $a gt 1>>", "<<if _b>>", "<<elseif $A is 2>>", "<<else>>", "<</if>>", "<b>", "$a",
    "<<set $a to 1>>", "<<set _b to $a gt 2>>", "<<set $a += 1, $b to true>>", '<<link "Go -> on" "Two">>', '"""',
    '<<link "">>', "<</link>>", '<<goto "Two">>', "<<goto>>", "[[Two]]", "[[|Two]]", "[[a|$x]]", "[[Go->Two][$a to 3]]",
    "[img[x]]", "/* [a] why */", "/* her */", "/* skip */", "## x {#y}", "### her", "- [a] x -> y", " :::", "{x}",
    "> q", "--\n", "[if a > 1]\n", "[else]\n", "[unless b]\n", "[continue]\n", "a: a + 1\n", "b (a): 2\n", "! H",
    '<<include "Two">>',
]  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(PARTS), max_size=14), st.sampled_from(["SugarCube", "Chapbook", "Harlowe"]))
def test_any_story_is_read_into_a_file_the_check_can_read(parts: list[str], kind: str) -> None:
    story = (
        f':: StoryData\n{{"format": "{kind}"}}\n\n:: One {{x}}\n{"".join(parts)}\n\n:: Two\n{"".join(parts[::-1])}\n'
    )
    faults = Faults("s.twee")
    text = read_twee(story, "story", faults)
    assert text is not None
    own = Faults("s.md")
    file = scenario_in(text.split("\n"), Path("s.md"), own)
    assert file is not None
    assert len(file.story.passages) == 2
    assert not [fault for fault in own.found if "not understood" in fault.message], text
    assert not [fault for fault in own.found if "belongs to no choice" in fault.message], text


def test_markup_of_a_page_leaves_its_words_and_none_of_its_signs() -> None:
    file, told = _brought(
        ':: Start\n<b>She</b> <i>waits</i>.<br>Then <span class="x">he</span> <img src="http://example.org/a.png">\n'
        "[[Go->End]]\n\n:: End\nOver."
    )
    said = next(section.markdown for section in file.sections if section.key == "start")
    assert said == "**She** *waits*.\nThen he"
    assert len(told) == 4, "what is left out is told"


@pytest.mark.parametrize("word", ["continue", "continued", "cont'd", "cont", "cont."])
def test_the_end_of_a_condition_is_known_in_each_of_its_spellings(word: str) -> None:
    data = '{"ifid":"D674C58C-DEFA-4F70-B7A2-27742230C0FC","format":"Chapbook"}'
    story = (
        f":: StoryData\n{data}\n\n:: Start\nt: 1\n--\n[if t > 0]\nA.\n\n[{word}]\nB.\n\n[[Go->End]]\n\n:: End\nOver."
    )
    file, told = _brought(story)
    assert "B." in [section.markdown for section in file.sections]
    assert not told
