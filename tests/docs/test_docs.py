"""What the documentation points at is there: files, commands, routes of the code it speaks of."""

import importlib
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/**/*.md"),
        *ROOT.glob("bench/*.md"),
        *ROOT.glob("content/*.md"),
        *(page for folder in ("content", "examples", "src") for page in ROOT.glob(f"{folder}/**/SOURCES.md")),
    ]
)
OUR_COMMANDS = {"serve", "version"}
GUIDE = ROOT / "docs" / "operating.md"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    dead = [
        target
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text())
        if "://" not in target and not target.startswith("mailto:") and not (page.parent / target).exists()
    ]
    assert dead == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_exist(page: Path) -> None:
    named = set(re.findall(r"(?:`|bin/)concerted ([a-z]+)", page.read_text()))
    assert named - set(get_commands()) - OUR_COMMANDS == set()


def test_every_command_of_ours_is_told() -> None:
    ours = {name for name, app in get_commands().items() if str(app).startswith("concerted.")}
    told = set(re.findall(r"^\| `concerted ([a-z]+)", GUIDE.read_text(), re.MULTILINE))
    assert (ours | OUR_COMMANDS) - told == set()


def test_every_setting_is_listed_where_settings_begin() -> None:
    """So a variable cannot change what an installation does without being told."""
    code = (ROOT / "src" / "concerted" / "config" / "settings.py").read_text()
    listed = set(re.findall(r"^([A-Z_]+)  +\S", code.split('"""')[1], re.MULTILINE))
    read = set(re.findall(r'\benv\.\w+\(\s*"([A-Z_]+)"', code))
    assert read - {"TEST_ON_DISK"} == listed


def test_settings_of_the_guide_are_read() -> None:
    code = (ROOT / "src" / "concerted" / "config" / "settings.py").read_text()
    table = GUIDE.read_text().split("## Settings")[1].split("## ")[0]
    firsts = re.findall(r"^\| (`[A-Z_`, ]+) \|", table, re.MULTILINE)
    named = {name for first in firsts for name in re.findall("[A-Z_]+", first)}
    assert named
    assert {name for name in named if f'"{name}"' not in code} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_make_targets_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)", page.read_text())) - targets == set()


def test_every_decision_stands_in_the_list() -> None:
    adr = ROOT / "docs" / "adr"
    titles = {path.name: path.read_text().splitlines()[0].split(". ", 1)[1] for path in adr.glob("0*.md")}
    listed = re.findall(r"^\d+\. \[(.+)\]\((.+)\)$", (adr / "README.md").read_text(), re.MULTILINE)
    assert [(titles[name], name) for name in sorted(titles)] == listed


def stands(name: str) -> bool:
    """Whether a dotted name of the glossary leads to a module, a class or a field of one; a model by its room alone."""
    way = name.split(".")
    for depth in range(len(way), 0, -1):
        try:
            found: Any = importlib.import_module(".".join(["concerted", *way[:depth]]))
            break
        except ModuleNotFoundError:
            continue
    else:
        return False
    for step in way[depth:]:
        inside = found.models if not hasattr(found, step) and hasattr(found, "models") else found
        if step in getattr(inside, "__dataclass_fields__", ()):
            return True
        if not hasattr(inside, step):
            return False
        found = getattr(inside, step)
    return True


def test_words_of_the_glossary_stand_where_it_says() -> None:
    rooms = {path.parent.name for path in (ROOT / "src" / "concerted").glob("*/__init__.py")}
    lines = [line for line in (ROOT / "GLOSSARY.md").read_text().splitlines() if line.startswith("|")]
    named = {name for line in lines for name in re.findall(r"`(\w+(?:\.\w+)+)`", line.split("|")[-2])}
    ours = {name for name in named if name.split(".")[0] in rooms}
    assert len(ours) > 50
    assert {name for name in ours if not stands(name)} == set()


def test_every_room_is_told() -> None:
    rooms = {path.parent.name for path in (ROOT / "src" / "concerted").glob("*/apps.py")}
    told = (ROOT / "docs" / "floors.md").read_text()
    assert {room for room in rooms if not re.search(rf"\b{room}\b", told)} == set()
