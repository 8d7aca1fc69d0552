"""Secrets of an installation that lie in a file: made once, whole, and readable by their owner only."""

import os
import tempfile
from pathlib import Path


def keep_first(file: Path, content: bytes) -> None:
    """Write a secret, unless another process was first: then its secret stands.

    Written beside and linked, so that nobody ever reads half of one, and on disk before this returns.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, beside = tempfile.mkstemp(dir=file.parent, prefix=f".{file.stem}")  # made with 0600
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        _link(beside, file)
    finally:
        Path(beside).unlink(missing_ok=True)


def _link(beside: str, file: Path) -> None:
    try:
        os.link(beside, file)
    except FileExistsError:
        pass  # the other's counts
    except PermissionError:
        # A disk without links, such as a stick: whole still, but of two at the very same time the last one stands.
        if not file.exists():
            os.replace(beside, file)
