from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from concerted.directory.imports.result import Result, Unreadable


@contextmanager
def all_or_nothing(result: Result, *, dry_run: bool) -> Iterator[None]:
    """Keep what is written within only if no line has a fault. A file that cannot be read on is one more fault."""
    with transaction.atomic():
        try:
            yield
        except Unreadable as error:
            result.blame_with(error.fault)
        if result.faults or dry_run:
            transaction.set_rollback(True)
