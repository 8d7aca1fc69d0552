"""Case conferences as files: the shipped one is sound, and what is wrong is told with its line."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.utils import timezone

from concerted.packs.reading.conferences import ConferenceFile, read_conference, read_conferences
from concerted.packs.reading.faults import Faults
from concerted.packs.reading.units import mark_of
from concerted.packs.services import load_pack
from concerted.practice.models import Scenario
from concerted.practice.scenario.breaks import breaks
from concerted.practice.scenario.sitting import ABSENT, Move, Turn, stand, stand_in
from concerted.practice.services import conference_of
from concerted.text.models import Section

SHIPPED = Path(__file__).parents[4] / "content" / "starter" / "scenarios" / "five-seats.md"


def read(text: str, folder: Path) -> tuple[ConferenceFile | None, list[tuple[int, str]]]:
    """The conference in this text, and (line, message) of everything wrong with it."""
    path = folder / "case.md"
    path.write_text(text, encoding="utf-8")
    faults = Faults("case.md")
    found = read_conference(path, "case.md", faults)
    return found, [(one.line, one.message) for one in sorted(faults.found)]


def test_the_shipped_conference_is_sound(tmp_path: Path) -> None:
    file, faults = read(SHIPPED.read_text(encoding="utf-8"), tmp_path)
    assert faults == []
    assert file is not None
    assert [seat.key for seat in file.conference.seats] == ["police", "health", "social", "advocate", "programme"]
    keys = {section.key for section in file.sections}
    assert {"police.message.why", "opening.police.a", "asks.where", "phone.social.b.basis", "debrief.her"} <= keys


def test_its_translation_is_complete_and_carries_its_marks(tmp_path: Path) -> None:
    """`compare` finds what is missing, and `stamp` marks a case like every other scenario."""
    (tmp_path / "scenarios").mkdir()
    for name in ("five-seats.md", "five-seats.fr.md"):
        (tmp_path / "scenarios" / name).write_bytes(SHIPPED.with_name(name).read_bytes())
    faults = Faults("pack.yaml")
    (found,) = read_conferences(tmp_path, faults)
    assert [str(one) for one in faults.found] == []
    french = found.translations["fr"]
    assert {one.key for one in french.sections} == {one.key for one in found.file.sections}
    assert all(french.marks[key] == mark_of(found.file.parts[key]) for key in found.file.parts)


@pytest.mark.django_db
def test_it_comes_with_its_pack_and_the_same_pack_again_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "five-seats.md").write_bytes(SHIPPED.read_bytes())
    (tmp_path / "pack.yaml").write_text(
        "pack: small\ntitle: Small\nlanguage: en\nversion: 1\nlicence: CC0-1.0\nnotice: Review it.\n"
    )
    loaded = [load_pack(tmp_path, by=None, at=timezone.now()).scenarios for _twice in range(2)]
    assert loaded == [("five-seats",), ()]
    scenario = Scenario.objects.get(code="five-seats")
    assert scenario.published is not None
    assert (scenario.seats, scenario.published.minutes) == (5, 60)
    held = conference_of(scenario.published.pk)
    assert [seat.key for seat in held.seats] == ["police", "health", "social", "advocate", "programme"]
    words = Section.objects.filter(version=scenario.published.version).values_list("key", flat=True)
    assert {"opening.police.a.why", "health.neck", "asks.where"} <= set(words)


def test_each_of_its_endings_can_be_come_to(tmp_path: Path) -> None:
    file, _faults = read(SHIPPED.read_text(encoding="utf-8"), tmp_path)
    assert file is not None
    case = file.conference

    def play(move: str) -> str:
        turns: list[Turn] = []
        while (sitting := stand(case, turns)).moment is not None:
            seats = {seat.key: Move(by=ABSENT) for seat in case.seats}
            if move == "protocol":
                seats = {seat: stand_in(case, sitting, seat) for seat in seats}
            elif move == "silent":
                seats = {seat: replace(stand_in(case, sitting, seat), tells={}) for seat in seats}
            elif move == "all" and not turns:
                seats = {one.key: Move({fact.key: case.others(one.key) for fact in one.facts}) for one in case.seats}
            turns.append(Turn(sitting.moment.key, seats))
        assert sitting.outcome is not None
        assert (breaks(case, turns) == ()) is (move == "protocol")
        return sitting.outcome.key

    assert (play("protocol"), play("all"), play("nothing")) == ("kept", "found", "talk")
    assert play("silent") == "talk", "good acts alone, with nothing told, are not enough"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("seats: 5", "seats: 4", "The head counts 4 seats, below stand 5."),
        ("kind=seat sector=health", "kind=seat", "The seat names no sector."),
        ("  needed: health, social, advocate, programme", "  needed: judge", "names the seat “judge”"),
        ("  needed: health, social, advocate, programme", "  wanted: health", "This line belongs to nothing above it."),
        ("  told: safety +1", "  told: safety up", "is not understood as an effect"),
        ("  lost: 2", "  lost: two", "“two” is no number of days."),
        ("day=3", "day=soon", "“soon” is no day."),
        ("  about: message", "  about: weather", "is about “weather”, which the seat asked does not know."),
        ("  to: police\n", "", "does not say to:."),
        ("- [fine]", "- [message]", "“message” stands here twice."),
        ("if: exposure >= 6", "if: exposure >=", "is not understood in a condition."),
        ("if: exposure >= 6\n", "", "has no condition, so those below it never come."),
        ("### tempted", "### weather", "A debrief has no part “weather”."),
    ],
)
def test_what_is_wrong_is_told(old: str, new: str, message: str, tmp_path: Path) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    assert old in text
    _file, faults = read(text.replace(old, new, 1), tmp_path)
    assert any(message in said and line > 1 for line, said in faults), faults
