import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def environment(request: Any, tmp_path: Path) -> Iterator[dict[str, str]]:
    base = os.environ | {
        "CONCERTED_HOME": str(tmp_path),
        "CONCERTED_LEASE_SECONDS": "1.5",
        "CONCERTED_HAND_OVER_SECONDS": "5",
        "EMAIL_URL": f"filemail:///{tmp_path}/mail",
    }
    base.pop("DATABASE_URL", None)
    if request.param == "SQLite":
        yield base
        return
    from tools.run_tests import postgres

    with postgres() as url:
        if url is None:
            pytest.skip("no PostgreSQL here: apt-get install -y postgresql")
        yield base | {"DATABASE_URL": url}
