"""What each format of translators' files looks like, and what tools make of it."""

from dataclasses import replace

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.text.exchange import po, segments, tmx, xliff12, xliff21
from concerted.text.exchange.segments import ExchangeRefused, Piece
from concerted.text.tests.exchanges import DONE, KEYS, PIECE, TITLES, WORDS, changed, codes, outcome, there_and_back


def test_a_fault_in_the_codes_leaves_out_its_segment_only() -> None:
    for code, old, new in [
        ("missing", '<ph id="2">{law.weapons}</ph> :', ":"),
        ("doubled", '<ph id="2">{law.weapons}</ph> :', '<ph id="2">x</ph><ph id="2">x</ph> :'),
        ("unknown", "elle", 'elle<ph id="9">x</ph>'),
        ("unknown", "elle", '<g id="9">elle</g>'),
        ("crossed", '<bpt id="1">*</bpt>elle<ept id="1">*</ept>', '<ept id="1">*</ept>elle<bpt id="1">*</bpt>'),
    ]:
        text = xliff12.write([DONE], "en", "ar").decode()
        text = text.replace(old, new)
        back = xliff12.read(text.encode())
        assert codes(back) == [("training/unit:x#why:1", code)], text
        assert back.returned[0].title == "Un **titre**"
        assert back.returned[0].markdown == "Call *her*: {law.weapons}\n\nDeux [lien](http://a.b)."
        assert back.returned[0].state == "draft"


def test_the_file_of_xliff_12_looks_like_this() -> None:
    piece = replace(
        DONE, source_markdown="<A> {law.weapons}", target_markdown="ب {law.weapons}", state="tested", note="text"
    )
    assert (
        xliff12.write([piece], "en", "ar").decode()
        == """\
<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="training/unit:x" source-language="en" target-language="ar" datatype="x-markdown">
<body>
<group id="why" resname="why">
<trans-unit id="why:title" extradata="3fa9 1/2" xml:space="preserve" approved="yes">\
<source>A <bpt id="1">**</bpt>title<ept id="1">**</ept></source>\
<target state="final">Un <bpt id="1">**</bpt>titre<ept id="1">**</ept></target><note>text</note></trans-unit>
<trans-unit id="why:1" extradata="3fa9 2/2" xml:space="preserve" approved="yes">\
<source>&lt;A&gt; <ph id="1">{law.weapons}</ph></source>\
<target state="final">ب <ph id="1">{law.weapons}</ph></target><note>text</note></trans-unit>
</group>
</body>
</file>
</xliff>
"""
    )


def test_the_file_of_po_looks_like_this() -> None:
    piece = replace(DONE, target_title="", state="machine", note="text")
    assert (
        po.write([piece], "en", "ar").decode()
        == r"""msgid ""
msgstr ""
"Language: ar\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"X-Source-Language: en\n"

#. text
msgctxt "training/unit:x#why:title 3fa9 1/3"
msgid "A **title**"
msgstr ""

#. text
#, fuzzy
msgctxt "training/unit:x#why:1 3fa9 2/3"
msgid "Call *her*: {law.weapons}"
msgstr "{law.weapons} : *elle*"

#. text
#, fuzzy
msgctxt "training/unit:x#why:2 3fa9 3/3"
msgid "Second [link](http://a.b)."
msgstr "Deux [lien](http://a.b)."
"""
    )


@given(title=TITLES, words=WORDS)
def test_other_readers_of_po_find_the_same_words(title: str, words: str) -> None:
    piece = replace(DONE, source_title=title, target_title=words, source_markdown="")
    (entry,) = polib.pofile(po.write([piece], "en", "ar").decode().replace("\u2028", "").replace("\u2029", ""))
    assert (entry.msgid, entry.msgstr) == tuple(
        one.replace("\u2028", "").replace("\u2029", "") for one in (title, words)
    )


def test_po_compares_marks_and_names_the_segment_at_fault() -> None:
    for code, old, new in [
        ("missing", 'msgstr "{law.weapons} : *elle*', 'msgstr "*elle*'),
        ("missing", "*elle*", "* elle*"),
        ("doubled", "*elle*", "*elle* {law.weapons}"),
        ("unknown", "*elle*", "*elle* {law.knives}"),
        ("untranslated", 'msgstr "{law.weapons} : *elle*"', 'msgstr "  "'),
        ("character", "elle", "el\x07le"),
    ]:
        back = changed(po, old, new)
        assert codes(back) == [("training/unit:x#why:1", code)]
        assert back.returned[0].markdown == "Call *her*: {law.weapons}\n\nDeux [lien](http://a.b)."


def test_po_takes_what_tools_make_of_it_and_refuses_what_is_broken() -> None:
    text = po.write([DONE], "en", "ar").decode()
    kept = po.read(text.encode()).returned
    for other in [
        text.replace("\n", "\r\n"),
        "\ufeff" + text,
        text.replace("msgid", '#: place:1\n#| msgid "old"\nmsgid') + '\n#~ msgid "gone"\n#~ msgstr "fort"\n',
        text.replace('"Un **titre**"', '""\n"Un **"\n"titre**"'),
    ]:
        assert po.read(other.encode()).returned == kept
    stray = '\nmsgid "Stray"\nmsgstr "Fremd"\n\nmsgctxt "menu"\nmsgid "Other"\nmsgstr "Autre"\n'
    assert codes(po.read((text + stray).encode())) == [("#line 21", "stranger"), ("#menu", "stranger")]
    for broken in [
        text + "msgid",
        text + 'msgid "a',
        text + '"a"\nmsgid "x"',
        "x" + text,
        text + 'msgid "a"\nmsgid "b"',
    ]:
        assert outcome(po, broken.encode()) == "broken"
    assert outcome(po, text.encode("utf-16")) == "broken"
    assert outcome(po, text.replace("titre", "t" * (1 << 20)).encode()) == "shape"
    assert outcome(po, text.encode() + b"\n" * 2_000_000) == "shape"
    assert outcome(po, text.replace("X-Source", "Y-Source").encode()) == "language"


def test_the_file_of_xliff_21_looks_like_this() -> None:
    piece = replace(DONE, source_markdown="<A> {law.weapons}", target_markdown="ب {law.weapons}", state="machine")
    assert (
        xliff21.write([replace(piece, note="text")], "en", "ar").decode()
        == """\
<?xml version="1.0" encoding="UTF-8"?>
<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="en" trgLang="ar">
<file id="f1" original="training/unit:x" xml:space="preserve">
<group id="why" name="why">
<unit id="why:title" name="3fa9 1/2" canResegment="no"><notes><note>text</note></notes>\
<originalData><data id="o1">**</data><data id="c1">**</data></originalData>\
<segment state="translated" subState="concerted:machine">\
<source>A <pc id="1" canCopy="no" canDelete="no" dataRefStart="o1" dataRefEnd="c1">title</pc></source>\
<target>Un <pc id="1" canCopy="no" canDelete="no" dataRefStart="o1" dataRefEnd="c1">titre</pc></target></segment></unit>
<unit id="why:1" name="3fa9 2/2" canResegment="no"><notes><note>text</note></notes>\
<originalData><data id="p1">{law.weapons}</data></originalData>\
<segment state="translated" subState="concerted:machine">\
<source>&lt;A&gt; <ph id="1" canCopy="no" canDelete="no" dataRef="p1"/></source>\
<target>ب <ph id="1" canCopy="no" canDelete="no" dataRef="p1"/></target></segment></unit>
</group>
</file>
</xliff>
"""
    )


def test_a_fault_in_the_codes_of_21_leaves_out_its_segment_only() -> None:
    slot = '<ph id="2" canCopy="no" canDelete="no" dataRef="p2"/> :'
    start, end = '<pc id="1" canCopy="no" canDelete="no" dataRefStart="o1" dataRefEnd="c1">elle', "elle</pc>"
    for code, old, new in [
        ("missing", slot, ":"),
        ("doubled", slot, slot + slot),
        ("unknown", "elle", 'elle<ph id="9"/>'),
        ("unknown", "elle", 'elle<cp hex="0001"/>'),
        ("crossed", start + end.removeprefix("elle"), '<ec startRef="1" dataRef="c1"/>elle<sc id="1" dataRef="o1"/>'),
    ]:
        back = changed(xliff21, old, new)
        assert codes(back) == [("training/unit:x#why:1", code)]
        assert back.returned[0].markdown == "Call *her*: {law.weapons}\n\nDeux [lien](http://a.b)."


def test_pairs_that_cross_are_found() -> None:
    piece = replace(DONE, source_markdown="**a** *b*", target_markdown="**c** *d*")
    text = xliff12.write([piece], "en", "ar").decode()
    crossed = 'c<ept id="1">**</ept> <bpt id="2">*</bpt>d', 'c<bpt id="2">*</bpt> d<ept id="1">**</ept>'
    assert codes(xliff12.read(text.replace(*crossed).encode())) == [("training/unit:x#why:1", "crossed")]


def test_what_tools_make_of_21_is_put_together_again() -> None:
    kept = there_and_back(xliff21, DONE).returned
    pair = '<pc id="1" canCopy="no" canDelete="no" dataRefStart="o1" dataRefEnd="c1">'
    for old, new in [
        ('version="2.1"', 'version="2.0"'),
        (f"Un {pair}titre</pc>", 'Un <sc id="1" dataRef="o1"/>titre<ec startRef="1" dataRef="c1"/>'),
        (f"Un {pair}titre", f'<mrk id="m1" type="term">Un</mrk> {pair}<sm id="m2"/>titre<em startRef="m2"/>'),
        ("</segment></unit>", "</segment><ignorable><source/></ignorable></unit>"),
    ]:
        assert changed(xliff21, old, new).returned == kept
    cut = "</target></segment><ignorable><source> </source></ignorable><segment{}><source>x</source>{}"
    more = changed(xliff21, "</target>", cut.format(' state="final"', "<target>y</target>"))
    assert more.returned[0].title == "Un **titre** y"
    assert codes(changed(xliff21, "</target>", cut.format("", ""))) == [("training/unit:x#why:title", "untranslated")]


def test_what_tools_make_of_12_is_seen_through() -> None:
    kept = there_and_back(xliff12, DONE).returned
    for old, new in [
        ("Un <bpt", '<mrk mtype="seg" mid="0">Un</mrk> <bpt'),
        ("<target", "<seg-source>A title</seg-source><target"),
        ("</trans-unit>", "<alt-trans><target>Other</target></alt-trans></trans-unit>"),
        ('<bpt id="1">**</bpt>titre<ept id="1">**</ept>', '<bpt id="1"/>titre<ept id="1">[/b]</ept>'),
        ("<body>", "<header><note>From our tool</note></header><body>"),
    ]:
        assert changed(xliff12, old, new).returned == kept


def test_states_of_12_are_claims_that_map_like_this() -> None:
    def claimed(target: str, unit: str = "") -> str:
        text = xliff12.write([replace(DONE, source_title="", source_markdown="A", target_markdown="B")], "en", "ar")
        words = text.decode().replace(' state="translated"', target).replace("<trans-unit", f"<trans-unit{unit}")
        return xliff12.read(words.encode()).returned[0].state

    assert {claimed(f' state="{state}"') for state in ("final", "signed-off")} == {"reviewed"}
    assert claimed("", ' approved="yes"') == claimed(' state="translated"', ' approved="yes"') == "reviewed"
    others = ("new", "needs-translation", "needs-review-translation", "translated", "x-mine")
    assert {claimed(f' state="{state}"', ' approved="no"') for state in others} | {claimed("")} == {"draft"}
    assert claimed(' state="needs-review-translation"', ' approved="yes"') == "draft"


def test_files_in_several_languages_are_refused() -> None:
    text = xliff12.write([DONE, replace(DONE, document="training/unit:y")], "en", "ar").decode()
    head, tail = text.rsplit('"ar"', 1)
    assert outcome(xliff12, f'{head}"fr"{tail}'.encode()) == "languages"


@given(piece=st.builds(Piece, KEYS, KEYS, st.just("3f"), TITLES, WORDS, TITLES, WORDS, st.just("reviewed")))
def test_a_memory_holds_every_pair(piece: Piece) -> None:
    memory = tmx.read(tmx.write([piece], "en", "ar"))
    assert memory.left_out == ()
    assert {(offer.source_language, offer.target_language) for offer in memory.offers} == {("en", "ar")}
    assert memory.offers[0].source == piece.source_title
    assert "\n\n".join(offer.source for offer in memory.offers[1:]) == piece.source_markdown
    assert [offer.target for offer in memory.offers[:1]] == [piece.target_title]
    assert "\n\n".join(offer.target for offer in memory.offers[1:]) == piece.target_markdown


def test_a_memory_holds_no_copies_and_no_machine() -> None:
    for piece in (PIECE, replace(DONE, state="machine")):
        with pytest.raises(ExchangeRefused, match="no section to send"):
            tmx.write([piece], "en", "ar", prefill=True)


def test_a_memory_from_elsewhere_is_read() -> None:
    words = """<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "http://127.0.0.1/tmx14.dtd"><tmx version="1.4">
<header srclang="EN" segtype="sentence"/><body>
<tu><prop type="x">1</prop><tuv xml:lang="fr"><seg>Une <hi>vie</hi> <bpt i="1">&lt;b&gt;</bpt>sûre
<ept i="1">&lt;/b&gt;</ept></seg>
</tuv><tuv xml:lang="en"><seg>A <ph>&lt;br/&gt;</ph>safe life</seg></tuv><tuv lang="ar"><seg>حياة</seg></tuv></tu>
<tu tuid="b"><tuv xml:lang="de"><seg>Nur</seg></tuv></tu>
<tu tuid="c" srclang="*all*"><tuv xml:lang="es"><seg>Uno</seg></tuv>
<tuv xml:lang="fr"><seg><bpt i="1">**</bpt>Un</seg></tuv></tu></body></tmx>"""
    memory = tmx.read(words.encode())
    assert [(offer.target_language, offer.source, offer.target) for offer in memory.offers] == [
        ("fr", "A safe life", "Une vie sûre\n"),
        ("ar", "A safe life", "حياة"),
    ]
    assert [(out.unit, out.code) for out in memory.left_out] == [("b", "no-source"), ("c", "crossed")]


def test_hostile_memories_are_refused() -> None:
    text = tmx.write([DONE], "en", "ar").decode()
    head, body = text.split("\n", 1)
    for code, words in [
        ("dtd", f'{head}<!DOCTYPE tmx [<!ENTITY a "ha">]>{body}'),
        ("dtd", f'{head}<!DOCTYPE tmx SYSTEM "x" [<!ATTLIST tu b CDATA "long">]>{body}'),
        ("dtd", f'{head}<!DOCTYPE other SYSTEM "x">{body}'),
        ("broken", f'{head}<!DOCTYPE tmx SYSTEM "x">{body.replace("Deux", "&nothing;")}'),
        ("broken", text[:-20]),
        ("format", text.replace('tmx version="1.4"', 'tmx version="2.0"')),
        ("format", "<a/>"),
        ("language", text.replace('"ar"', '"??"')),
        ("doubled", text.replace("why:2", "why:1")),
    ]:
        assert outcome(tmx, words.encode()) == code
    with pytest.raises(ExchangeRefused) as refused:
        tmx.read(b" " * (segments.BYTES_MOST + 1))
    assert refused.value.code == "size"
