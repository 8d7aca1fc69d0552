from pathlib import Path
from typing import Any

import pytest

from concerted.packs.quality.check import check_pack
from concerted.packs.tests.bad_packs import SOUND, U
from concerted.packs.tests.good_packs import GOOD, Found, Review, Write


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes the sound pack with some files changed; the folder."""

    def write(files: dict[str, Any]) -> Path:
        for name, content in (SOUND | files).items():
            path = tmp_path / name
            if not content:
                path.unlink(missing_ok=True)
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return tmp_path

    return write


@pytest.fixture
def review(write: Write) -> Review:
    """Every finding of quality in the good pack with some files changed."""

    def review(files: dict[str, Any] | None = None) -> Found:
        read = check_pack(write({U: GOOD} | (files or {})))
        assert read.sound, read.faults
        return [(fault.rule, fault.path, fault.line) for fault in read.faults if fault.rule]

    return review
