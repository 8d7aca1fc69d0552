"""A sound is handed over in parts: Safari plays nothing from a server that cannot do that."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from concerted.directory.tests.factories import make_person

pytestmark = pytest.mark.django_db
SOUND = bytes(range(256)) * 40
LENGTH = len(SOUND)


@pytest.fixture
def client(settings: Any, tmp_path: Path) -> Client:
    settings.MEDIA_ROOT = tmp_path
    folder = tmp_path / "packs" / "starter"
    folder.mkdir(parents=True)
    (folder / "call.mp3").write_bytes(SOUND)
    client = Client()
    client.force_login(make_person())
    return client


def ask(client: Client, part: str = "") -> Any:
    return client.get("/learn/file/starter/call.mp3", headers={"range": part} if part else {})


def test_the_whole_says_that_parts_can_be_had(client: Client) -> None:
    answer = ask(client)
    assert (answer.status_code, answer["Accept-Ranges"], answer["Content-Length"]) == (200, "bytes", str(LENGTH))
    assert answer.getvalue() == SOUND


@pytest.mark.parametrize(
    ("part", "first", "last"),
    [
        ("bytes=0-1", 0, 1),
        ("bytes=0-", 0, LENGTH - 1),
        ("bytes=5000-99999999", 5000, LENGTH - 1),
        ("bytes=-300", LENGTH - 300, LENGTH - 1),
        ("bytes=-99999999", 0, LENGTH - 1),
        ("Bytes = 7-7", 7, 7),
    ],
)
def test_a_part_is_handed_over(client: Client, part: str, first: int, last: int) -> None:
    answer = ask(client, part)
    assert answer.status_code == 206
    assert answer["Content-Range"] == f"bytes {first}-{last}/{LENGTH}"
    assert answer["Content-Length"] == str(last - first + 1)
    assert (answer["Accept-Ranges"], answer["Content-Type"]) == ("bytes", "audio/mpeg")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer.getvalue() == SOUND[first : last + 1]


@pytest.mark.parametrize(
    "part",
    [
        f"bytes={LENGTH}-", "bytes=9-3", "bytes=-0", "bytes=-", "bytes=a-b", "bytes=", "bytes=1", "bytes=--5",
        f"bytes={'9' * 5000}-", "bytes=١-٢",
    ],
)  # fmt: skip
def test_a_part_that_is_not_there_is_refused(client: Client, part: str) -> None:
    answer = ask(client, part)
    assert (answer.status_code, answer["Content-Range"]) == (416, f"bytes */{LENGTH}")
    assert not answer.content


@pytest.mark.parametrize("part", ["pages=1-2", "bytes=0-1,4-5"])
def test_what_is_not_one_part_is_answered_with_the_whole(client: Client, part: str) -> None:
    answer = ask(client, part)
    assert answer.status_code == 200
    assert answer.getvalue() == SOUND
