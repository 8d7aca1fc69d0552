"""A log tells what broke and where, and nothing about a person."""

import logging
import sys

import pytest
from django.conf import settings
from django.db import IntegrityError
from django.utils.module_loading import import_string

from concerted.kit.guards import WriteInRead
from concerted.kit.logs import BareFormatter

pytestmark = pytest.mark.once


def written(error: Exception, cause: Exception | None = None) -> str:
    """The line that a raised error leaves in the log."""
    try:
        raise error from cause
    except type(error):
        record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, "Error: /people/", (), sys.exc_info())
    return BareFormatter().format(record)


def test_words_of_a_database_are_left_out() -> None:
    said = written(IntegrityError("Key (email)=(amal@example.org) already exists."))
    assert "amal" not in said
    assert said.startswith("Error: /people/\n")
    assert said.endswith("IntegrityError")
    assert "test_logs.py" in said, "where it happened"


def test_our_own_words_stay() -> None:
    assert written(WriteInRead("A page that reads tried to run: UPDATE")).endswith(
        "WriteInRead: A page that reads tried to run: UPDATE"
    )


def test_what_an_error_came_of_is_told_before_it_and_as_barely() -> None:
    said = written(IntegrityError("amal@example.org"), ValueError("bela@example.org"))
    assert said.index("ValueError") < said.index("IntegrityError")
    assert "example.org" not in said


def test_what_was_kept_silent_stays_silent() -> None:
    try:
        try:
            raise ValueError
        except ValueError:
            raise IntegrityError from None
    except IntegrityError:
        said = BareFormatter().formatException(sys.exc_info())
    assert "ValueError" not in said


def test_the_server_writes_so() -> None:
    told = settings.LOGGING
    assert told["root"]["handlers"] == ["console"]
    assert import_string(told["formatters"][told["handlers"]["console"]["formatter"]]["()"]) is BareFormatter
