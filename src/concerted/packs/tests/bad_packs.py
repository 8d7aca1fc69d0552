"""Packs with a fault: what was done to a sound one, and the exact line, message and remedy it must be answered with."""

from typing import NamedTuple

UNIT = """\
---
unit: T1.1
title: First unit
minutes: 10
slots: [svc.emergency]
aims:
  1: ask alone
---

## Why {#why}

Ask first. The number here: {svc.emergency}

## Question 1 {#q1 kind=single aim=1}

What now?

- ( ) "Wait."
  > `low` Waiting costs her time.
- (x) "Ask."
  > Best.

## Question 2 {#q2 kind=ordering aim=1}

In which order?

1. First
2. Second

> right: Good.
> not quite: `form` The other way round.
"""
MODULE = """\
module: test-module
title: Test
summary: A module for tests.
theme: 3
sectors: []
prerequisites: []
pass_mark: 70
attempts: 0
aims:
  - ask alone
"""
PACK = """\
pack: test-pack
title: Test pack
language: en
version: 1
licence: CC-BY-4.0
notice: "Starter content: review locally with a specialist service before use."
"""
PROGRAMME = """\
programme: first-steps
title: First steps
summary: Both.
modules:
  - test-module
"""
FRENCH = UNIT.replace("First unit", "Première unité").replace("Ask first.", "Demandez d'abord.")
U, M, P = "modules/test/units/01-first.md", "modules/test/module.yaml", "pack.yaml"
F = "modules/test/units/01-first.fr.md"
G = "programmes/a/programme.yaml"
SOUND: dict[str, str] = {P: PACK, M: MODULE, U: UNIT}


#: What may be told beside the fault itself, because it follows from it.
FOLLOWING = {
    "The module holds no unit.",
    "The pack holds no module.",
    "A question asks for aim 1, which is not there.",
    "Aim 1 has 1 of 2 questions.",
    "This answer is not right, but names no misconception.",
    "The section “why” is not translated.",
    "The translation carries no marks.",
    "“q2” marks other answers as right than its source.",
}


class BadPack(NamedTuple):
    """`files` replace or add to those of the sound pack; an empty text takes one away."""

    kind: str
    what: str
    files: dict[str, str | bytes]
    path: str
    line: int
    message: str
    remedy: str


def _unit(old: str, new: str) -> dict[str, str | bytes]:
    assert old in UNIT, old
    return {U: UNIT.replace(old, new)}


def _module(old: str, new: str) -> dict[str, str | bytes]:
    assert old in MODULE, old
    return {M: MODULE.replace(old, new)}


def _pack(old: str, new: str) -> dict[str, str | bytes]:
    assert old in PACK, old
    return {P: PACK.replace(old, new)}


BAD: list[BadPack] = [
    BadPack("no pack", "a folder without pack.yaml", {P: ""}, P, 1,
            "There is no pack here.", "Name the folder that holds pack.yaml."),
    BadPack("encoding", "a unit in Latin-1", {U: UNIT.replace("Ask first", "Café").encode("latin-1")}, U, 12,
            "This line is not UTF-8.", "Save the file as UTF-8."),
    BadPack("encoding", "a unit in UTF-16", {U: UNIT.encode("utf-16")}, U, 1,
            "This line is not UTF-8.", "Save the file as UTF-8."),
    BadPack("signs that cannot be stored", "a NUL byte", _unit("Ask first", "Ask\x00first"), U, 12,
            "This line holds a NUL byte.", "Save the file as UTF-8."),
    BadPack("too long", "a unit of half a megabyte", {U: UNIT + "x" * 500_000}, U, 1,
            "The file is larger than 400 KB.", "Cut it in two."),
    BadPack("not YAML", "a head that is no YAML", _unit("title: First unit", "title: First: unit"), U, 3,
            "This line is not YAML.", "Write `key: value`; put a value that holds a colon in quotes."),
    BadPack("not YAML", "module facts that are a list", {M: "- one\n- two\n"}, M, 1,
            "There are no facts here.", "Write them as `key: value`, one a line."),
    BadPack("head", "a unit without a head", _unit("---\nunit", "unit"), U, 1,
            "The file does not begin with its head.", "Put the facts between two lines of three hyphens."),
    BadPack("head", "a head without an end", {U: "---\nunit: T1.1\n"}, U, 1,
            "The head does not end.", "Close it with a line of three hyphens."),
    BadPack("something said twice", "two titles", _unit("minutes: 10", "minutes: 10\ntitle: Again"), U, 5,
            "“title” stands here twice.", "Take one of the two away."),
    BadPack("a day that cannot be", "31 February as a title", _module("title: Test", "title: 2026-02-31"), M, 2,
            "This line is not YAML.", "Put the value in quotes."),
    BadPack("not a number", "a theme that says it is one", _module("theme: 3", 'theme: !!int "abc"'), M, 4,
            "This line is not YAML.", "Put the value in quotes."),
    BadPack("too deep", "brackets in brackets", _module("sectors: []", f"sectors: {'[' * 3000}"), M, 1,
            "This line is not YAML.", "Write `key: value`; put a value that holds a colon in quotes."),
    BadPack("something left out", "a unit without a title", _unit("title: First unit\n", ""), U, 1,
            "“title” is missing.", "Write it at the head of the file."),
    BadPack("a number out of range", "a unit of no minutes", _unit("minutes: 10", "minutes: 0"), U, 4,
            "“minutes” must be a whole number from 1 to 240.", "Write the number in digits, without quotes."),
    BadPack("a number out of range", "a pass mark of 170", _module("pass_mark: 70", "pass_mark: 170"), M, 7,
            "“pass_mark” must be a whole number from 0 to 100.", "Write the number in digits, without quotes."),
    BadPack("neither yes nor no", "a test that is enough perhaps", _module("attempts: 0", "test_alone: perhaps"), M, 8,
            "“test_alone” is neither yes nor no.", "Write true or false."),
    BadPack("a test left out", "a test that is enough, unnamed", _module("attempts: 0", "test_alone: true"), M, 8,
            "“test_alone” names no test.", "Name it: `test: first-response`."),
    BadPack("a number out of range", "a version in words", _pack("version: 1", "version: one"), P, 4,
            "“version” must be a whole number from 1 to 100000.", "Write the number in digits, without quotes."),
    BadPack("not a code", "a module with blanks", _module("module: test-module", "module: Test Module"), M, 1,
            "“Test Module” is not a code.", "Use small letters, digits and hyphens."),
    BadPack("not a list", "sectors in one word", _module("sectors: []", "sectors: health"), M, 5,
            "“sectors” is not a list of words.", "Write it as [one, two], or as []."),
    BadPack("a language nobody speaks here", "a pack in Klingon", _pack("language: en", "language: tlh"), P, 3,
            "“tlh” is not a language of Concerted.", "Use one of: en, fr, es, ar."),
    BadPack("something left out", "a module without aims", _module("aims:\n  - ask alone\n", ""), M, 1,
            "The module names no aims.", "Write them as a list, one a line."),
    BadPack("something left out", "a unit without aims", _unit("aims:\n  1: ask alone\n", ""), U, 1,
            "The unit names no aims.", "Write them at the head, numbered: 1: say what raises danger."),
    BadPack("something left out", "an aim nobody asks for", _unit("  1: ask alone", "  1: ask alone\n  2: more"), U, 6,
            "Aim 2 has 0 of 2 questions.", "Ask more about it."),
    BadPack("a bad section", "a heading without a key", _unit("## Why {#why}", "## Why"), U, 10,
            "This heading has no key.", "End it with a key in braces, for example {#why}."),
    BadPack("a bad section", "a key with capitals", _unit("{#why}", "{#Why}"), U, 10,
            "“Why” is not a key.", "Use small letters, digits and hyphens."),
    BadPack("a bad section", "a key used twice", _unit("{#q2 ", "{#q1 "), U, 23,
            "The key “q1” is already used on line 14.", "Give each section a key of its own."),
    BadPack("a bad section", "an unknown kind", _unit("{#why}", "{#why kind=video}"), U, 10,
            "There is no kind “video”.",
            "Use one of: text, image, audio, link, download, single, multiple, ordering, matching, short, numeric, "
            "hotspot, reflection."),
    BadPack("a bad section", "an unknown fact", _unit("{#why}", "{#why colour=red}"), U, 10,
            "“colour=red” is not understood here.",
            "Write one of: aim, file, href, kind, of, rests, size, tags, track, as name=value without blanks."),
    BadPack("a bad section", "words before the first heading", _unit("## Why {#why}", "Hello\n\n## Why {#why}"), U, 10,
            "These words stand before the first heading.", "Put them under a ## heading."),
    BadPack("a bad section", "an empty section", _unit("Ask first. The number here: {svc.emergency}", ""), U, 10,
            "The section is empty.", "Write its words, or take it away."),
    BadPack("a file that is not there", "an image nobody has", _unit("{#why}", "{#why kind=image file=no.svg}"), U, 10,
            "There is no file “no.svg”.", "Put it into the folder `files` of the pack, or correct the name."),
    BadPack("a way out", "a file above the pack", _unit("{#why}", "{#why kind=image file=../../x.svg}"), U, 10,
            "“../../x.svg” is not a plain file name.", "Put the file into `files`."),
    BadPack("a way out", "a program among the files", {"files/run.exe": "MZ"}, "files/run.exe", 1,
            "This kind of file is not taken.",
            "Use one of: .csv .jpeg .jpg .mp3 .ogg .opus .pdf .png .svg .txt .webp."),
    BadPack("a way out", "a link that runs", _unit("{#why}", "{#why kind=link href=javascript:alert(1)}"), U, 10,
            "The link has no address.", "Write href=https://... in the braces."),
    BadPack("a bad question", "an option without feedback", _unit("  > Best.\n", ""), U, 20,
            "This option has no feedback.", "Write it on the next line, after “>”."),
    BadPack("a bad question", "a wrong option without a tag", _unit("`low` ", ""), U, 18,
            "This answer is not right, but names no misconception.",
            "Begin its feedback with a tag in backticks, for example `low`."),
    BadPack("a bad question", "nothing is right", _unit("- (x)", "- ( )"), U, 14,
            "0 options are marked as right.", "Mark exactly one with (x)."),
    BadPack("a bad question", "one option only", _unit('- ( ) "Wait."\n  > `low` Waiting costs her time.\n', ""), U, 14,
            "The question has 1 options.", "Give it 2 to 6."),
    BadPack("a bad question", "no verdict", _unit("> right: Good.\n", ""), U, 23,
            "There is no feedback “right”.", "Write it below the options: > right: ..."),
    BadPack("a bad question", "an aim that is not there", _unit("kind=single aim=1", "kind=single aim=4"), U, 6,
            "A question asks for aim 4, which is not there.", "Add the aim, or correct the question."),
    BadPack("a bad question", "feedback of nothing", _unit('- ( ) "Wait."', '> Lost.\n\n- ( ) "Wait."'), U, 18,
            "This feedback belongs to no option.", "Put it below the option it is about."),
    BadPack("a bad question", "a line that is nothing", _unit('  > Best.\n', '  > Best.\n\nAnd so on.\n'), U, 23,
            "This line is neither an option nor its feedback.",
            "Begin an option as the format says, and feedback with “>”."),
    BadPack("something left out", "a slot that is not listed", _unit("slots: [svc.emergency]\n", ""), U, 11,
            "The slot “svc.emergency” is not listed.", "Add it to `slots` at the head."),
    BadPack("something left out", "a slot of one word that is not listed", _unit("Ask first.", "Ask first: {forms}"), U,
            12, "The slot “forms” is not listed.", "Add it to `slots` at the head."),
    BadPack("a programme", "a module that is not there", {G: PROGRAMME.replace("- test-module", "- no-module")}, G, 5,
            "There is no module “no-module” in this pack.", "Correct the code, or add the module."),
    BadPack("a programme", "no module at all",
            {G: PROGRAMME.replace("modules:\n  - test-module\n", "modules: []\n")}, G, 4,
            "The programme holds no module.", "List the codes of its modules, in order."),
    BadPack("a programme", "one module twice", {G: PROGRAMME + "  - test-module\n"}, G, 6,
            "“test-module” stands here twice.", "Take one of the two away."),
    BadPack("a programme", "the code of a module", {G: PROGRAMME.replace("first-steps", "test-module")}, G, 1,
            "The code “test-module” is already used in a module.",
            "Give each programme a code of its own, unlike those of modules."),
    BadPack("a programme", "two of one code", {G: PROGRAMME, "programmes/b/programme.yaml": PROGRAMME},
            "programmes/b/programme.yaml", 1,
            "The code “first-steps” is already used in programmes/a/programme.yaml.",
            "Give each programme a code of its own, unlike those of modules."),
    BadPack("a programme", "a code that is too long",
            {G: PROGRAMME.replace("first-steps", "first-steps-of-all-the-steps-there-are")}, G, 1,
            "“programme” is longer than 30 signs.", "Shorten it."),
    BadPack("a programme", "a folder without facts", {"programmes/a/notes.txt": "x"}, G, 1,
            "The programme's facts are missing.", "Write programme.yaml into this folder."),
    BadPack("a programme", "no summary", {G: PROGRAMME.replace("summary: Both.\n", "")}, G, 1,
            "“summary” is missing.", "Write it at the head of the file."),
    BadPack("a name taken", "two units of one code", {"modules/test/units/02-second.md": UNIT},
            "modules/test/units/02-second.md", 1,
            "The code “T1.1” is already used in modules/test/units/01-first.md.",
            "Give each module and unit a code of its own."),
    BadPack("a circle", "a module before itself", _module("prerequisites: []", "prerequisites: [test-module]"), M, 6,
            "Modules would have to come before themselves: test-module → test-module.",
            "Take one of them out of `prerequisites`."),
    BadPack("a circle", "two modules that need each other",
            {M: MODULE.replace("prerequisites: []", "prerequisites: [other-module]"),
             "modules/other/module.yaml": MODULE.replace("test-module", "other-module")
             .replace("prerequisites: []", "prerequisites: [test-module]"),
             "modules/other/units/01-first.md": UNIT.replace("T1.1", "T2.1")}, "modules/other/module.yaml", 6,
            "Modules would have to come before themselves: other-module → test-module → other-module.",
            "Take one of them out of `prerequisites`."),
    BadPack("a name nobody has", "a translation without its source", {"modules/test/units/07-lost.fr.md": FRENCH},
            "modules/test/units/07-lost.fr.md", 1,
            "This translation has no source.", "Name it like the unit it translates."),
    BadPack("a translation that strays", "a section the source has not",
            {F: FRENCH.replace("{#why}", "{#more}")}, F, 10,
            "The source has no section “more”.", "Correct the key, or take it away."),
    BadPack("a translation that strays", "another answer is right",
            {F: FRENCH.replace('- ( ) "Wait."', '- (x) "Wait."').replace('- (x) "Ask."', '- ( ) "Ask."')
               .replace("`low` Waiting", "Waiting").replace("> Best.", "> `low` Best.")}, F, 14,
            "“q1” marks other answers as right than its source.", "Keep the order of the options and which is right."),
    BadPack("a translation that strays", "an option more",
            {F: FRENCH.replace("2. Second", "2. Second\n3. Third")}, F, 23,
            "“q2” is not built like its source.", "Keep kind, options and their order; translate the words only."),
    BadPack("no pack", "a module without units", {U: ""}, M, 1,
            "The module holds no unit.", "Put units into the folder `units`, as 01-name.md."),
    BadPack("no pack", "a pack without modules", {U: "", M: ""}, P, 1,
            "The pack holds no module.", "Put each module into a folder of its own under `modules`."),
]  # fmt: skip
