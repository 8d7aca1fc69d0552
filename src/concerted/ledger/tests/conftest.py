from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    """Heads are exported to a folder of the test's own."""
    settings.HOME = tmp_path
    return tmp_path
