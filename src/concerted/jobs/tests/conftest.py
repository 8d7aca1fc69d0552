import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections


@pytest.fixture
def shared(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """A database that several threads can use: PostgreSQL as it is; for SQLite a copy on disk."""
    if connection.vendor != "sqlite":
        yield
        return
    known = connections.settings["default"]
    kept = connections["default"]
    file = tmp_path / "shared.sqlite3"
    with kept.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(file)])
    connections.settings["default"] = known | {"NAME": str(file)}
    connections["default"] = connections.create_connection("default")
    # The first to open the copy changes how it keeps its journal, for which SQLite waits for nobody: two at once would
    # be told that it is locked. A real file is changed when it is made.
    connections["default"].ensure_connection()
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"] = known
        connections["default"] = kept


@pytest.fixture
def side_by_side(shared: None) -> Callable[..., list[Any]]:
    """Run a function in several threads at once, each with its own connection; what each returned."""

    def run(function: Callable[[], Any], count: int = 2) -> list[Any]:
        start, results, errors = threading.Barrier(count), [], []

        def one() -> None:
            try:
                start.wait(10)
                results.append(function())
            except BaseException as error:
                errors.append(error)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=one) for _ in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert errors == []
        return results

    return run
