"""What every format of translators' files promises; what only one can say is in test_exchange_files."""

import time
from dataclasses import replace
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.text.exchange import segments, xml_in
from concerted.text.exchange.codes import DEPTH_MOST, Code, runs_of, text_of
from concerted.text.exchange.matching import matched
from concerted.text.exchange.pairing import aligned, fault_of
from concerted.text.exchange.parts import blocks_of, group_id, key_and_part, unit_id
from concerted.text.exchange.segments import ExchangeRefused, Piece
from concerted.text.tests.exchanges import (
    DONE,
    FORMATS,
    KEYS,
    MARKDOWN,
    PIECE,
    TITLES,
    WORDS,
    XLIFFS,
    changed,
    codes,
    outcome,
    there_and_back,
)


@given(MARKDOWN)
def test_marks_found_in_a_text_are_the_text_and_never_cross(text: str) -> None:
    runs = runs_of(text)
    assert text_of(runs) == text
    assert fault_of(runs, runs) == ""


@given(MARKDOWN, MARKDOWN)
def test_aligned_texts_keep_their_words_and_share_their_codes(one: str, other: str) -> None:
    source, target = aligned(runs_of(one), runs_of(other))
    assert (text_of(source), text_of(target)) == (one, other)
    assert fault_of(source, target) == ""


def test_marks_are_found_where_a_reader_sees_them() -> None:
    def marks(text: str) -> list[str]:
        return [run.mark for run in runs_of(text) if isinstance(run, Code)]

    assert marks("**a *b***") == ["**", "*", "*", "**"]
    assert marks("[**x**](http://a.b) and {law.weapons}") == ["[", "**", "**", "](http://a.b)", "{law.weapons}"]
    assert marks("`a * b` * c") == ["`", "`"]
    assert marks(r"\*no\* 2 * 3 snake_case_word {Not A Slot}") == []
    assert marks("[![sign](/f.svg)](/g)") == ["[", "![", "](/f.svg)", "](/g)"]


@pytest.mark.parametrize(
    "bit", ["[", "*", "`", "*a ", "_a", "[a](", "[[a]", "``` ", "`a``b", "**a *b ", "![", "<a:", "\\"]
)
def test_marks_are_found_in_linear_time_and_bounded_depth(bit: str) -> None:
    text = bit * (100_000 // len(bit))
    before = time.process_time()
    runs = runs_of(text)
    assert time.process_time() - before < 2
    deep = most = 0
    for run in runs:
        if isinstance(run, Code):
            deep += (run.kind == "open") - (run.kind == "close")
            most = max(most, deep)
    assert most <= DEPTH_MOST


@given(MARKDOWN)
def test_blocks_joined_are_the_text(text: str) -> None:
    blocks = blocks_of(text)
    assert "\n\n".join(blocks) == text
    assert all(block.strip() for block in blocks)


def test_fenced_code_is_one_block() -> None:
    assert blocks_of("a\n\n```\nb\n\nc\n```\n\nd") == ["a", "```\nb\n\nc\n```", "d"]


@given(KEYS)
def test_a_key_is_read_from_the_name_of_its_segment(key: str) -> None:
    assert key_and_part(unit_id(key, "12")) == (key, "12")
    assert group_id(key).isascii()


@pytest.mark.parametrize("form", FORMATS)
@given(piece=st.builds(Piece, KEYS, KEYS, st.just("3f"), TITLES, WORDS, TITLES, WORDS, st.just("reviewed"), MARKDOWN))
def test_what_goes_out_comes_back(form: ModuleType, piece: Piece) -> None:
    back = there_and_back(form, piece)
    assert back.left_out == ()
    (found,) = back.returned
    assert (found.document, found.key, found.source_hash) == (piece.document, piece.key, "3f")
    assert (found.title, found.markdown) == (piece.target_title, piece.target_markdown)
    assert found.state == ("reviewed" if form in XLIFFS else "draft")


@pytest.mark.parametrize("form", FORMATS)
@given(piece=st.builds(Piece, KEYS, KEYS, st.just("3f"), TITLES, WORDS, TITLES, MARKDOWN, st.just("draft")))
def test_unchanged_words_give_the_same_bytes_again(form: ModuleType, piece: Piece) -> None:
    once = form.write([piece], "en", "ar")
    for found in form.read(once).returned:
        again = replace(piece, target_title=found.title, target_markdown=found.markdown)
        assert form.write([again], "en", "ar", prefill=False) == once or piece.target_markdown == ""
    assert form.write([piece], "en", "ar") == once


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("prefill", [False, True])
def test_what_nobody_translated_comes_back_as_untranslated(form: ModuleType, prefill: bool) -> None:
    back = there_and_back(form, PIECE, prefill=prefill)
    assert back.returned == ()
    assert codes(back) == [(f"training/unit:x#why:{part}", "untranslated") for part in ("title", "1", "2")]


@pytest.mark.parametrize("form", FORMATS)
def test_a_section_half_done_is_a_draft_with_source_words_in_the_gaps(form: ModuleType) -> None:
    back = there_and_back(form, replace(DONE, target_title="", state="reviewed"))
    (found,) = back.returned
    assert (found.title, found.markdown, found.state) == (PIECE.source_title, DONE.target_markdown, "draft")
    assert codes(back) == [("training/unit:x#why:title", "untranslated")]


@pytest.mark.parametrize("form", FORMATS)
def test_other_numbers_of_blocks_travel_as_one_segment(form: ModuleType) -> None:
    piece = replace(DONE, target_markdown="One block instead of two.")
    assert there_and_back(form, piece).returned[0].markdown == "One block instead of two."


@pytest.mark.parametrize("form", FORMATS)
def test_what_goes_out_is_checked(form: ModuleType) -> None:
    for code, pieces, target in [
        ("nothing-to-send", [], "ar"),
        ("nothing-to-send", [replace(PIECE, source_title="", source_markdown="")], "ar"),
        ("language", [PIECE], "klingon"),
        ("language", [PIECE], ""),
        ("doubled", [PIECE, PIECE], "ar"),
        ("state", [replace(PIECE, state="fine")], "ar"),
        ("character", [replace(PIECE, source_markdown="a\x01b")], "ar"),
        ("character", [replace(PIECE, note="\ud800")], "ar"),
    ]:
        with pytest.raises(ExchangeRefused) as refused:
            form.write(pieces, "en", target)
        assert refused.value.code == code
        assert "training/unit:x#why" in str(refused.value) or code not in ("doubled", "character")


@pytest.mark.parametrize("form", FORMATS)
def test_files_too_large_are_refused_before_they_are_read(form: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ExchangeRefused) as refused:
        form.read(b" " * (segments.BYTES_MOST + 1))
    assert refused.value.code == "size"


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("content", [b"", b"\0", b"\xff\xfe\xff", b"PK\x03\x04", b"/etc/passwd", b"<a/>", b"msgid"])
def test_what_is_no_such_file_is_refused(form: ModuleType, content: bytes) -> None:
    with pytest.raises(ExchangeRefused):
        form.read(content)


@pytest.mark.parametrize("form", XLIFFS)
def test_half_a_file_is_refused(form: ModuleType) -> None:
    whole = form.write([DONE], "en", "ar")
    assert {outcome(form, whole[:length]) for length in range(0, len(whole) - 10, 7)} == {"broken"}


@pytest.mark.parametrize("form", FORMATS)
@given(noise=st.binary(max_size=3), at=st.integers(0, 2000))
def test_damaged_files_never_crash(form: ModuleType, noise: bytes, at: int) -> None:
    whole = form.write([DONE], "en", "ar")
    assert outcome(form, whole[:at] + noise + whole[at + len(noise) :])
    assert outcome(form, whole[:at] + noise)


@pytest.mark.parametrize("form", XLIFFS)
def test_hostile_xml_is_refused_with_its_reason(form: ModuleType) -> None:
    text = form.write([DONE], "en", "ar").decode()
    head, body = text.split("\n", 1)
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    outside = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    for code, content in [
        ("dtd", f"{head}{bomb}{body.replace('Deux', '&b;')}"),
        ("dtd", f"{head}{outside}{body.replace('Deux', '&a;')}"),
        ("dtd", f'{head}<!DOCTYPE xliff SYSTEM "http://127.0.0.1/xliff.dtd">{body}'),
        ("broken", text.replace("Deux", "&nothing;")),
        ("broken", text.replace("UTF-8", "UTF-9")),
        ("broken", text.replace("UTF-8", "UTF-16")),
        ("format", text.replace("urn:oasis:names:tc:xliff:document:", "urn:other:")),
        ("format", text.replace('xliff version="', 'xliff version="9')),
        ("language", text.replace('="ar"', '="??"')),
        ("language", text.replace('="ar"', '=""')),
        ("shape", text.replace("Deux", "<x>" * 100 + "</x>" * 100)),
        ("shape", text.replace("Deux", "<x/>" * 20_000)),
        ("shape", text.replace("Deux", "d" * (1 << 20))),
        ("shape", text.replace("<group", f'<group {"a" * (1 << 20)}="" ', 1)),
        ("broken", text.replace("Deux", "\0")),
    ]:
        assert outcome(form, content.encode()) == code, content[:300]
    assert outcome(form, text.replace("Deux", "Dé").encode("latin-1")) == "broken"
    assert outcome(form, text.replace("UTF-8", "UTF-16").encode("utf-16")) == outcome(form, text.encode())
    assert outcome(form, text.replace("UTF-8", "UTF-16").encode("utf-16-le")) == "broken"
    with pytest.raises(ExchangeRefused, match="“ar” is none that is known here"):
        form.read(text.encode(), languages=("en", "fr"))


@pytest.mark.parametrize("form", FORMATS)
def test_a_doubled_segment_is_refused_by_its_name(form: ModuleType) -> None:
    with pytest.raises(ExchangeRefused, match="training/unit:x#why:1 is there twice"):
        changed(form, "why:2", "why:1")


@pytest.mark.parametrize("form", XLIFFS)
def test_every_state_goes_out_and_comes_back(form: ModuleType) -> None:
    back = {state: there_and_back(form, replace(DONE, state=state)).returned[0].state for state in segments.STATES}
    drafts = dict.fromkeys(("missing", "draft"), "draft")
    assert back == drafts | {"machine": "machine", "reviewed": "reviewed", "tested": "reviewed"}
    same = replace(PIECE, target_title=PIECE.source_title, target_markdown=PIECE.source_markdown)
    assert there_and_back(form, replace(same, state="reviewed")).left_out == ()
    assert there_and_back(form, replace(same, state="draft")).returned == ()


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ('state="needs-review-translation" state-qualifier="leveraged-mt"', "machine"),
        ('state-qualifier="mt-suggestion"', "machine"),
        ('state="translated" state-qualifier="exact-match"', "draft"),
        # Whoever signs a machine's words has read them.
        ('state="signed-off" state-qualifier="mt-suggestion"', "reviewed"),
    ],
)
def test_words_of_a_machine_are_told_apart(said: str, state: str) -> None:
    back = changed(XLIFFS[0], '<target state="translated">', f"<target {said}>", count=3)
    assert [one.state for one in back.returned] == [state]


def test_one_segment_of_a_machine_makes_the_section_one() -> None:
    back = changed(XLIFFS[0], '<target state="translated">', '<target state-qualifier="leveraged-mt">')
    assert [one.state for one in back.returned] == ["machine"]
    newer = changed(XLIFFS[1], 'state="translated"', 'state="translated" subState="concerted:machine"')
    assert [one.state for one in newer.returned] == ["machine"]
    moved = matched(back, [replace(PIECE, key="reason")])
    assert [(one.key, one.state) for one in moved.returned] == [("reason", "machine")]


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_not_ours_is_reported(form: ModuleType) -> None:
    assert codes(changed(form, "3fa9 1/3", "other 1/3")) == [
        ("training/unit:x#why:1", "stranger"),
        ("training/unit:x#why:2", "stranger"),
        ("training/unit:x#why", "incomplete"),
    ]
    assert codes(changed(form, "why:2", "why:end"))[0] == ("training/unit:x#why:end", "stranger")
    assert codes(changed(form, "3fa9 2/3", "3fa9 4/3"))[0] == ("training/unit:x#why:1", "stranger")
    assert codes(changed(form, "titre", "t" * 300))[0] == ("training/unit:x#why:title", "long")


@pytest.mark.parametrize("form", FORMATS)
def test_too_many_segments_are_refused(form: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    content = form.write([DONE], "en", "ar")
    monkeypatch.setattr(segments, "SEGMENTS_MOST", 2)
    assert outcome(form, content) == "many"


@pytest.mark.parametrize("form", XLIFFS)
def test_too_many_elements_are_refused(form: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    content = form.write([DONE], "en", "ar")
    monkeypatch.setattr(xml_in, "ALL_MOST", 20)
    assert outcome(form, content) == "shape"


@pytest.mark.parametrize("form", FORMATS)
def test_what_came_back_is_matched_by_hash_or_reported(form: ModuleType) -> None:
    back = there_and_back(form, DONE)
    (found,) = back.returned

    def at(*now: Piece) -> list[tuple[str, str]]:
        held = matched(back, now)
        return [(one.key, one.state) for one in held.returned] + codes(held)

    gone = [("training/unit:x#why", "moved")]
    assert at(PIECE) == [("why", found.state)]
    assert at(replace(PIECE, key="reason")) == [("reason", "draft")]
    assert at(PIECE, replace(PIECE, key="again")) == [("why", found.state)]
    nowhere = [("training/unit:x#why", "nowhere")]
    assert at(replace(PIECE, source_hash="new")) == gone
    assert at() == at(replace(PIECE, document="training/unit:y")) == nowhere
    assert at(replace(PIECE, key="one"), replace(PIECE, key="two")) == gone
    two = replace(back, returned=(replace(found, key="old"), found))
    assert [one.key for one in matched(two, [PIECE]).returned] == ["why"]
