"""Files of a content pack: pictures may be kept a day, the rest not, and no name breaks the page."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from concerted.directory.tests.factories import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(settings: Any, tmp_path: Path) -> Client:
    settings.MEDIA_ROOT = tmp_path
    folder = tmp_path / "packs" / "sample"
    folder.mkdir(parents=True)
    for name in ("map.png", "sheet.pdf"):
        (folder / name).write_bytes(b"x")
    client = Client()
    client.force_login(make_person())
    return client


@pytest.mark.parametrize(("name", "kept"), [("map.png", "private, max-age=86400"), ("sheet.pdf", "no-store")])
def test_only_what_is_shown_in_a_page_may_be_kept(client: Client, name: str, kept: str) -> None:
    answer = client.get(f"/learn/file/sample/{name}")
    assert list(answer)
    assert answer.headers["Cache-Control"] == kept


@pytest.mark.parametrize("name", ["%00", "map.png%00", "..", "none.png"])
def test_a_name_that_is_none_is_not_found(client: Client, name: str) -> None:
    answer = client.get(f"/learn/file/sample/{name}")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-store")
