"""A secret in a file is made once: whoever comes second finds the first one, whole."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from concerted.kit.secrets import keep_first

pytestmark = pytest.mark.once


def test_the_first_one_stands_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "secret"
    keep_first(file, b"one")
    keep_first(file, b"two")
    assert file.read_bytes() == b"one"
    assert list(file.parent.iterdir()) == [file]


def test_only_its_owner_reads_it(tmp_path: Path) -> None:
    keep_first(tmp_path / "secret", b"one")
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600


def test_of_many_at_once_one_is_kept_whole(tmp_path: Path) -> None:
    file, offered = tmp_path / "secret", [str(n).encode() * 5000 for n in range(8)]
    with ThreadPoolExecutor(8) as together:
        list(together.map(lambda content: keep_first(file, content), offered))
    assert file.read_bytes() in offered
    assert list(tmp_path.iterdir()) == [file]


def test_a_disk_without_links_holds_it_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*paths: object) -> None:
        raise PermissionError

    monkeypatch.setattr("os.link", refuse)
    for content in (b"one", b"two"):
        keep_first(tmp_path / "secret", content)
    assert (tmp_path / "secret").read_bytes() == b"one"
    assert list(tmp_path.iterdir()) == [tmp_path / "secret"]
