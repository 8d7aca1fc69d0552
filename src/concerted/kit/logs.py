"""What a log and the table of jobs tell of an error: where it happened and what it was, never about whom."""

import logging
import traceback
from types import TracebackType
from typing import Any

_Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def reason_of(error: BaseException) -> str:
    """Where it happened and what. Only our own refusals keep their words: a database's may quote a person's data.

    Of several errors together each is told, with the notes that were added to it.
    """
    words = f": {error}" if type(error).__module__.startswith("concerted.") else ""
    notes = "".join(f"\n{note}" for note in getattr(error, "__notes__", ()))
    told = "".join(traceback.format_tb(error.__traceback__)) + type(error).__name__ + words + notes
    within = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    return "\n\n".join([told, *(reason_of(one) for one in within)])


class BareFormatter(logging.Formatter):
    """Writes errors by `reason_of`, the one that came of another below it."""

    def formatException(self, ei: _Raised) -> str:
        error: Any = ei[1]
        told: list[str] = []
        while error is not None:
            told.append(reason_of(error))
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n\n".join(reversed(told))
