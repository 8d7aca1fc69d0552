"""Instruments in a pack: what is read, and what is refused with line and remedy."""

from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from concerted.packs.reading.faults import Fault
from concerted.packs.reading.packs import read_pack
from concerted.packs.reading.units import mark_of
from concerted.packs.services import load_pack
from concerted.packs.stamping import stamp
from concerted.packs.tests.bad_packs import PACK
from concerted.practice.models import Instrument, InstrumentVersion
from concerted.practice.rules.instruments import Item
from concerted.practice.services import instrument_shape, reword
from concerted.text.models import Section, Translation
from concerted.text.rules import SectionText

FORM = """\
---
instrument: two-items
title: Two items
summary: What is there.
note: Review it locally.
---

## Lead {#lead floor=1 ready=2}

Who answers for it?

- [0] Nobody.
- [1] Somebody,
  when asked.
- [2] A lead with time.

evidence: The letter.
default: Without one, level 0.

## Posts {#posts floor=1 ready=2 fills=posts at=50,80}

How many are held?

- [0] Few.
- [1] Half.
- [2] Most.

evidence: The directory.
default: Level 0.
"""


def folder_of(tmp_path: Path, form: str = FORM, **others: str) -> Path:
    (tmp_path / "pack.yaml").write_text(PACK)
    (tmp_path / "instruments").mkdir(exist_ok=True)
    (tmp_path / "instruments" / "two-items.md").write_text(form)
    for name, text in others.items():
        (tmp_path / "instruments" / f"{name.replace('_', '.')}.md").write_text(text)
    return tmp_path


def faults_of(tmp_path: Path, form: str) -> list[Fault]:
    return [fault for fault in read_pack(folder_of(tmp_path, form)).faults if not fault.warning]


def test_items_levels_and_words_are_read(tmp_path: Path) -> None:
    read = read_pack(folder_of(tmp_path))
    assert [str(fault) for fault in read.faults if not fault.warning] == []
    assert read.pack is not None
    text = read.pack.instruments[0].text(0, "tiny")
    assert text.shape.items == (Item("lead", 3, 1, 2), Item("posts", 3, 1, 2, "posts", (50.0, 80.0)))
    words = {section.key: section.markdown for section in text.sections}
    assert words["lead"] == "Who answers for it?"
    assert words["lead.level-1"] == "Somebody, when asked."
    assert words["lead.default"] == "Without one, level 0."


@pytest.mark.parametrize(
    ("before", "after", "line", "said"),
    [
        ("floor=1 ready=2}", "ready=2}", 8, "floor"),
        ("floor=1 ready=2}", "floor=2 ready=1}", 8, "floor lies above"),
        ("floor=1 ready=2}", "floor=1 ready=9}", 8, "ready"),
        ("- [1] Somebody,", "- [2] Somebody,", 13, "out of order"),
        ("evidence: The letter.\n", "", 8, "evidence"),
        ("default: Without one, level 0.\n", "", 8, "default"),
        ("fills=posts", "fills=stars", 20, "stars"),
        ("at=50,80", "at=80,50", 20, "share"),
        ("at=50,80", "at=50", 20, "share"),
        ("at=50,80", "at=50,180", 20, "share"),
        ("- [0] Few.\n- [1] Half.\n- [2] Most.\n", "", 20, "two to six levels"),
        ("instrument: two-items", "instrument: three", 2, "same name"),
        ("title: Two items\n", "", 1, "title"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, before: str, after: str, line: int, said: str) -> None:
    assert before in FORM
    faults = faults_of(tmp_path, FORM.replace(before, after, 1))
    assert any(fault.line == line and said in f"{fault.message} {fault.remedy}" for fault in faults), faults


@pytest.mark.django_db
def test_loaded_twice_it_is_one_version_and_frozen(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    assert load_pack(folder, by=None, at=timezone.now()).instruments == ("two-items",)
    assert load_pack(folder, by=None, at=timezone.now()).instruments == ()
    version = InstrumentVersion.objects.get()
    assert [item.key for item in instrument_shape(version.pk).items] == ["lead", "posts"]
    with pytest.raises(DatabaseError), transaction.atomic():
        InstrumentVersion.objects.update(no=2)


@pytest.mark.django_db
def test_reworded_it_is_a_new_version_in_the_same_shape(tmp_path: Path) -> None:
    load_pack(folder_of(tmp_path), by=None, at=timezone.now())
    held = Instrument.objects.get()
    assert held.published is not None
    sections = [
        SectionText(row.key, row.markdown.replace("Nobody", "No one"), row.kind, row.title)
        for row in Section.objects.filter(version=held.published.version).order_by("place")
    ]
    reword(held.document, sections, by=None, at=timezone.now())
    held.refresh_from_db()
    assert held.published.no == 2
    assert held.published.shape == held.versions.get(no=1).shape


@pytest.mark.django_db
def test_a_stamped_translation_is_read(tmp_path: Path) -> None:
    french = FORM.replace("Who answers for it?", "Qui en répond ?").replace(" floor=1 ready=2", "")
    french = french.replace(" fills=posts at=50,80", "")
    read = read_pack(folder_of(tmp_path, **{"two-items_fr": french}))
    assert read.pack is not None
    stamp(read.pack)
    load_pack(tmp_path, by=None, at=timezone.now())
    assert Translation.objects.get(key="lead", language="fr").markdown == "Qui en répond ?"


def test_the_starter_pack_brings_readiness() -> None:
    read = read_pack(Path(__file__).parents[4] / "content" / "starter")
    assert read.pack is not None
    (form,) = read.pack.instruments
    assert len(form.file.shape.items) == 11
    assert {item.fills for item in form.file.shape.items} == {"", "posts", "trained", "money"}


@pytest.mark.django_db
def test_readiness_is_read_in_every_language_of_the_interface() -> None:
    starter = Path(__file__).parents[4] / "content" / "starter"
    read = read_pack(starter)
    assert read.pack is not None
    (form,) = read.pack.instruments
    for language in ("fr", "es", "ar"):
        other = form.translations[language]
        assert {key: mark_of(form.file.parts[key]) for key in form.file.parts} == other.marks, "none is behind"
        ours, theirs = ({one.key: one for one in file.sections} for file in (form.file, other))
        assert set(ours) == set(theirs)
        assert all(theirs[key].markdown not in ("", ours[key].markdown) for key in ours), language
