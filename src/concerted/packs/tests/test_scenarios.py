"""A scenario's file: what is read, what is refused with line and remedy, and what comes into the house."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from concerted.packs.reading.faults import Faults
from concerted.packs.reading.packs import read_pack
from concerted.packs.reading.scenarios import ScenarioFile, has_seats, read_scenario
from concerted.packs.services import PackRefused, load_pack
from concerted.packs.stamping import stamp
from concerted.practice.models import Scenario
from concerted.text.models import Translation

SOUND = """\
---
scenario: corridor
title: The corridor
summary: Two minutes.
you: You are a nurse.
note: A hard topic. You may skip any part.
minutes: 10
sectors: [health]
aims:
  1: make a private moment
variables:
  safety: {label: Her safety, start: 4, range: 0-10, bands: {0-3: Low, 4-10: Better}}
  told: flag
interrupts:
  - safety <= 0 -> end
---

## The room {#room skip=hall speaker=Mira}

He stays.

- [a] Ask with him there. -> hall
  effects: safety -4
  > She looks at him.
- [b] Ask him to wait. -> hall
  effects: safety +2, told
  > He goes.
  basis: Privacy is a rule for all.

## The hall {#hall}

She tells you.

::: late if safety < 4 | safety -1
She has little time.
:::

- [a] Listen.
  -> end if told
  -> worse

## Thursday {#end kind=ending}

She comes back.

## Gone {#worse kind=ending}

She does not come back.

### her
Her own words.
### protocol
Rules.
### sectors
Others.

## Looking back {#debrief kind=debrief}

### her
I needed time.

### protocol
Ask alone.

### sectors
Police can wait.
"""
FRENCH = """\
---
scenario: corridor
title: Le couloir
summary: Deux minutes.
you: Vous êtes infirmière.
note: Un sujet difficile.
minutes: 10
sectors: [health]
aims:
  1: créer un moment privé
variables:
  safety: {label: Sa sécurité, start: 4, range: 0-10, bands: {0-3: Faible, 4-10: Meilleure}}
  told: flag
---

## La salle {#room speaker=Mira}

Il reste.

- [a] Demander devant lui.
  > Elle le regarde.
- [b] Lui demander de sortir.
  > Il sort.
  basis: La règle vaut pour tout le monde.
"""


def read(text: str, folder: Path) -> tuple[ScenarioFile | None, Faults]:
    path = folder / "corridor.md"
    path.write_text(text, encoding="utf-8")
    faults = Faults("corridor.md")
    return read_scenario(path, "corridor.md", faults), faults


def test_a_sound_scenario(tmp_path: Path) -> None:
    file, faults = read(SOUND, tmp_path)
    assert [str(fault) for fault in faults.found] == []
    assert file is not None
    assert [passage.key for passage in file.story.passages] == ["room", "hall", "end", "worse"]
    keys = [section.key for section in file.sections]
    assert keys[:8] == [
        "title",
        "summary",
        "you",
        "note",
        "aim-1",
        "variable.safety",
        "variable.safety.b1",
        "variable.safety.b2",
    ]
    assert {"room.b.basis", "hall.late", "worse.her", "debrief.sectors"} <= set(keys)
    assert len(keys) == len(set(keys))


BAD = [
    ("range: 0-10", "range: 10-0", 12, "“10-0” is not a range.", "Write it as 0-10."),
    ("start: 4", "start: 40", 12, "“safety” starts outside its range.", "Begin from 0 to 10."),
    (
        "4-10: Better",
        "5-10: Better",
        12,
        "The bands of “safety” leave a gap or overlap.",
        "Give each number from 0 to 10 one band.",
    ),
    ("told: flag", "Told: flag", 13, "“Told” is not a name.", "Use small letters, digits and _"),
    ("told: flag", "told: maybe", 13, "“told” is not understood.", "Write name: flag"),
    (
        "safety <= 0 -> end",
        "safety <= 0",
        15,
        "“safety <= 0” is no interruption.",
        "Write a condition and where it leads",
    ),
    (
        "safety <= 0 -> end",
        "safety << 0 -> end",
        15,
        "“< 0” is not understood in a condition.",
        "Write comparisons like",
    ),
    (
        "-> hall\n  effects: safety -4",
        "-> hal\n  effects: safety -4",
        22,
        "“room.a” leads to “hal”, which is not there.",
        "Correct the key",
    ),
    ("-> hall\n  effects: safety -4", "\n  effects: safety -4", 22, "This choice leads nowhere.", "End it with ->"),
    ("safety -4", "safety minus 4", 22, "“safety minus 4” is not understood as an effect.", "Write safety +1"),
    ("safety -4", "hope -4", 22, "“room.a” asks about or changes “hope”", "Add it to `variables`"),
    ("- [b] Ask", "- [a] Ask", 25, "The choice “a” stands here twice.", "Give each choice of a passage a letter"),
    ("  > He goes.", "  He goes.", 27, "This line belongs to no choice.", "Below a choice stand"),
    (
        "::: late if safety < 4",
        "::: late",
        34,
        "does not begin a paragraph on a condition.",
        "Write ::: name if trust >= 4",
    ),
    (":::\n\n- [a] Listen", "\n- [a] Listen", 30, "A paragraph on a condition does not end.", "Close it with :::"),
    ("  -> worse\n", "", 38, "“hall.a” leads nowhere when told = 0.", "Write a last -> without `if`."),
    ("  -> worse\n", "  -> end\n", 46, "Nobody ever comes to “worse”.", "Let a choice lead there"),
    (
        "### sectors\nPolice can wait.",
        "",
        42,
        "The ending “end” has no debrief “sectors”.",
        "Write ### sectors below it",
    ),
    ("### her\nI needed", "### she\nI needed", 59, "A debrief has no part “she”.", "Use one of: her, tempted"),
    (
        "{#worse kind=ending}",
        "{#worse kind=final}",
        46,
        "There is no kind “final”.",
        "Use one of: passage, ending, debrief.",
    ),
    ("skip=hall", "leap=hall", 18, "“leap=hall” is not understood here.", "Write one of: kind, of, skip, speaker"),
    ("minutes: 10", "minutes: soon", 7, "“minutes” must be a whole number", "Write the number in digits"),
    ("you: You are a nurse.\n", "", 1, "“you” is missing.", "Write it at the head of the file."),
    ("He stays.", "", 18, "“room” has no words.", "Write them, or take it away."),
]


@pytest.mark.parametrize(("was", "now", "line", "message", "remedy"), BAD, ids=[row[3] for row in BAD])
def test_bad_input(tmp_path: Path, was: str, now: str, line: int, message: str, remedy: str) -> None:
    assert was in SOUND
    _file, faults = read(SOUND.replace(was, now, 1), tmp_path)
    said = [fault for fault in faults.found if message in fault.message]
    assert said, [str(fault) for fault in faults.found]
    assert said[0].line == line
    assert remedy in said[0].remedy
    assert not said[0].warning


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"---\n", b"---\nscenario: x\n---\n", b"\x00" * 10, b"# " * 9000]
)
def test_files_that_are_no_scenario_are_answered_and_never_crash(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "corridor.md"
    path.write_bytes(content)
    faults = Faults("corridor.md")
    read_scenario(path, "corridor.md", faults)
    assert [fault for fault in faults.found if not fault.warning]


def pack_in(folder: Path, version: int = 1, **files: str) -> Path:
    (folder / "scenarios").mkdir(exist_ok=True)
    facts = (
        f"pack: tales\ntitle: Tales\nlanguage: en\nversion: {version}\nlicence: CC-BY-4.0\nnotice: Review locally.\n"
    )
    (folder / "pack.yaml").write_text(facts)
    for name, text in files.items():
        (folder / "scenarios" / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.django_db
def test_a_pack_brings_scenarios_and_their_translations(tmp_path: Path) -> None:
    folder = pack_in(tmp_path, corridor_md=SOUND, corridor_fr_md=FRENCH)
    pack = read_pack(folder).pack
    assert pack is not None
    assert [path.name for path in stamp(pack)] == ["corridor.fr.md"]
    loaded = load_pack(folder, by=None, at=timezone.now())
    assert loaded.scenarios == ("corridor",)
    assert loaded.translated > 8
    words = Translation.objects.filter(language="fr", key="room.b.why").values_list("markdown", flat=True)
    assert list(words) == ["Il sort."]
    again = load_pack(folder, by=None, at=timezone.now())
    assert (again.scenarios, again.translated) == ((), 0)
    pack_in(folder, corridor_md=SOUND.replace("He stays.", "He sits."))
    with pytest.raises(PackRefused, match="Raise `version`"):
        load_pack(folder, by=None, at=timezone.now())
    pack_in(folder, 2)
    assert load_pack(folder, by=None, at=timezone.now()).scenarios == ("corridor",)
    assert Scenario.objects.get().versions.count() == 2
    read_again = read_pack(folder)
    assert any("“room” is behind" in fault.message for fault in read_again.faults)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("corridor_de_md", FRENCH, "This file's name is not understood."),
        ("other_fr_md", FRENCH, "This translation has no source."),
        ("other_md", SOUND, "The code “corridor” is already used in scenarios/corridor.md."),
        ("corridor_fr_md", FRENCH.replace("{#room", "{#salle"), "The source has no section “salle”."),
        ("corridor_fr_md", FRENCH.replace("- [b] Lui", "- [c] Lui"), "“room” is not built like its source."),
    ],
)
def test_files_beside_the_scenario(tmp_path: Path, name: str, text: str, message: str) -> None:
    folder = pack_in(tmp_path, corridor_md=SOUND, **{name: text})
    assert any(message in fault.message for fault in read_pack(folder).faults)


def test_the_command(tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "corridor.md").write_text(SOUND)
    call_command("scenario", "check", str(tmp_path), format="json")
    assert json.loads(capsys.readouterr().out)["scenarios"] == [{"scenario": "corridor", "passages": 4}]
    (tmp_path / "corridor.fr.md").write_text(FRENCH)
    call_command("scenario", "check", str(tmp_path), format="json")
    assert len(json.loads(capsys.readouterr().out)["scenarios"]) == 1, "a translation is no scenario of its own"
    (tmp_path / "corridor.fr.md").unlink()
    (tmp_path / "corridor.md").write_text(SOUND.replace("-> worse", "-> nowhere"))
    with pytest.raises(SystemExit):
        call_command("scenario", "check", str(tmp_path / "corridor.md"))
    assert "leads to “nowhere”" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        call_command("scenario", "check", str(tmp_path / "empty"))


def test_the_starter_pack_has_sound_scenarios() -> None:
    folder = Path(__file__).parents[4] / "content" / "starter" / "scenarios"
    faults = Faults("starter")
    files = [path for path in sorted(folder.glob("*.md")) if not has_seats(path)]
    assert files
    for path in files:
        read_scenario(path, path.name, faults, translated="." in path.stem)
    assert [str(fault) for fault in faults.found] == []
