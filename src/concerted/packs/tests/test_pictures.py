"""Questions about a picture in a pack: areas are read, stored and translated; a wrong one is told on its line."""

from pathlib import Path

import pytest
from django.utils import timezone

from concerted.packs.services import load_pack
from concerted.packs.tests.test_banks import BANK, found, pack_in
from concerted.practice.models import QuestionVersion
from concerted.text.models import Section

ROOM = """
## The room {#room kind=hotspot aim=1 file=room.svg size=600x400}

Where do you sit?

- (x) 20,30 100x80 The chair beside hers
  > Best. She sees the door.
- ( ) 300,200 200x150 Behind the desk
  > `cold` The desk stands between you.
"""
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 400"><circle cx="9" cy="9" r="5"/></svg>'


def pack_with(folder: Path, text: str = ROOM, picture: bool = True) -> Path:
    pack_in(folder, questions_danger_md=BANK + text)
    if picture:
        (folder / "files").mkdir(exist_ok=True)
        (folder / "files" / "room.svg").write_text(DRAWING)
    return folder


@pytest.mark.django_db
def test_areas_are_stored_with_their_words(tmp_path: Path) -> None:
    assert found(pack_with(tmp_path)) == []
    load_pack(tmp_path, by=None, at=timezone.now())
    question = QuestionVersion.objects.get(question__key="room")
    assert (question.kind, question.marking) == ("hotspot", {"right": "a", "tags": {"b": "cold"}})
    assert Section.objects.get(key="room").data == {"kind": "hotspot", "file": "room.svg", "size": [600, 400]}
    chair = Section.objects.get(key="room.a")
    assert (chair.markdown, chair.data) == ("The chair beside hers", {"area": [20, 30, 100, 80]})


BAD = [
    ("size=600x400", "size=wide", 30, "does not say how large its picture is", "size=600x400"),
    (" size=600x400", "", 30, "does not say how large its picture is", "size=600x400"),
    ("file=room.svg ", "", 30, "names no file", "file=name"),
    ("room.svg", "hall.svg", 30, "There is no file “hall.svg”.", "folder `files`"),
    ("300,200 200x150", "500,200 200x150", 36, "not within the picture of 600 by 400", "left,top"),
    ("300,200 200x150", "300,200 20x20", 36, "too small for a finger", "at least 48"),
    ("- ( ) 300,200 200x150", "- (x) 300,200 200x150", 30, "2 options are marked as right.", "exactly one"),
    ("- ( ) 300,200 200x150 Behind", "- ( ) Behind", 36, "neither an option", "Begin an option"),
    ("`cold` ", "", 36, "names no misconception", "`low`"),
]


@pytest.mark.parametrize(("was", "now", "line", "message", "remedy"), BAD)
def test_what_is_wrong(tmp_path: Path, was: str, now: str, line: int, message: str, remedy: str) -> None:
    assert was in ROOM
    faults = found(pack_with(tmp_path, ROOM.replace(was, now, 1)))
    said = [fault for fault in faults if message in fault.message]
    assert said, [str(fault) for fault in faults]
    assert said[0].line == line
    assert remedy in said[0].remedy
