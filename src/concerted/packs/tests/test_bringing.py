"""A scenario's file brought into the workshop: a draft, what was left out, or a refusal that changes nothing."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404

from concerted.directory.tests.factories import make_person
from concerted.packs.services.bringing import bring_script
from concerted.packs.services.scripts import script_of
from concerted.packs.tests.stories import CHAPBOOK, SUGARCUBE
from concerted.packs.tests.test_scenarios import SOUND
from concerted.packs.tests.test_scripts import INDEX, NOW, Author
from concerted.practice.models import ScenarioDraft
from concerted.training.tests.factories import publish_small_scenario

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> Author:
    return Author()


def _send(author: Author, name: str, content: str | bytes, language: str = "en") -> Any:
    file = SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)
    return author.client.post(INDEX, {"bring": "1", "file": file, "language": language})


def test_our_own_file_becomes_a_draft(ada: Author) -> None:
    answer = _send(ada, "corridor.md", SOUND)
    draft = ScenarioDraft.objects.get()
    assert answer["Location"] == f"{INDEX}{draft.public}/"
    script = script_of(draft)
    assert script.sound
    assert (draft.code, draft.language, draft.passages.count()) == ("corridor", "en", 5)
    assert "It can be published" in ada.client.get(answer["Location"]).content.decode()


def test_a_story_from_twine_becomes_a_draft_and_what_is_left_out_is_told(ada: Author) -> None:
    page = _send(ada, "night.twee", SUGARCUBE).content.decode()
    draft = ScenarioDraft.objects.get(code="the-night-desk")
    assert "It is a draft now" in page
    assert "Line 34: <bdi>“Listening”: &lt;&lt;if visited() gt 1&gt;&gt; is not taken along.</bdi>" in page
    assert f"{INDEX}{draft.public}/" in page
    whole = ada.client.get(f"{INDEX}{draft.public}/").content.decode()
    assert "does not say “What she experienced”." in whole, "the check says what a scenario needs that a story has not"
    assert ada.client.get(f"{INDEX}{draft.public}/passage/night-desk/").status_code == 200


def test_the_code_of_what_is_published_begins_its_next_version(ada: Author) -> None:
    publish_small_scenario()
    assert _send(ada, "corridor.md", SOUND.replace("He stays.", "He stays on.")).status_code == 302
    assert "He stays on." in ScenarioDraft.objects.get(code="corridor").passages.get(key="room").text


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.md", "No head.", "Line 1: The file does not begin with its head."),
        ("a.md", SOUND.replace("## The hall {#hall}", "## The hall"), "This heading has no key."),
        ("a.md", SOUND.replace("minutes: 10", "minutes: 10\nseats: 2"), "“skip=hall” is not understood here."),
        ("a.md", SOUND + "".join(f"\n## N {{#n{n}}}\n\nWords.\n" for n in range(130)), "has 135 passages, more than"),
        ("a.md", SOUND.replace("#hall}", f"#{'h' * 70}}}"), "is too long. Shorten it in the file."),
        ("a.md", b"---\n\xff", "Line 2: This line is not UTF-8."),
        ("a.twee", "Words.", "There is no story in this file."),
        ("a.exe", "Words.", "This kind of file is not read here."),
        ("a.md", b"a" * 400_001, "larger than 400 KB"),
    ],
)
def test_a_file_that_does_not_fit_changes_nothing(ada: Author, name: str, content: str | bytes, said: str) -> None:
    page = _send(ada, name, content)
    assert page.status_code == 200
    assert said in page.content.decode()
    assert not ScenarioDraft.objects.exists()


def test_a_draft_that_is_there_is_left_alone(ada: Author) -> None:
    _send(ada, "corridor.md", SOUND)
    bela = Author(name="Bela")
    assert "There is a draft of corridor already" in _send(bela, "c.md", SOUND.replace("He", "She")).content.decode()
    assert "He stays." in ScenarioDraft.objects.get().passages.get(key="room").text


def test_another_language_is_a_translation(ada: Author) -> None:
    publish_small_scenario()
    assert "written in another language" in _send(ada, "corridor.md", SOUND, "fr").content.decode()


def test_a_file_without_a_code_gets_that_of_its_name(ada: Author) -> None:
    _send(ada, "My corridor.md", SOUND.replace("scenario: corridor\n", ""))
    assert "scenario: my-corridor" in ScenarioDraft.objects.get(code="my-corridor").head


def test_only_authors_bring_files() -> None:
    trainer = Author("trainer", "Tara")
    assert "From a file" not in trainer.client.get(INDEX).content.decode()
    assert _send(trainer, "corridor.md", SOUND).status_code == 404
    with pytest.raises(Http404):
        bring_script(CHAPBOOK.encode(), "a.twee", language="en", by=make_person("Amal"), at=NOW)
    assert not ScenarioDraft.objects.exists()
