"""Tests make their tables from the models, which is quick; here the migrations make them, and both must be equal."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.utils import ConnectionHandler

NAME = "concerted_migrated"


@pytest.fixture
def migrated(tmp_path: Path, transactional_db: None) -> Iterator[Any]:
    """A database that the migrations have made from nothing."""
    facts, home = dict(connection.settings_dict), tmp_path
    on_server = connection.vendor == "postgresql"
    address = f"sqlite:///{home / 'db.sqlite3'}"
    facts["NAME"] = NAME if on_server else str(home / "db.sqlite3")
    if on_server:
        address = os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{NAME}"
        _said(f"CREATE DATABASE {NAME}")
    environment = os.environ | {"CONCERTED_HOME": str(home), "DATABASE_URL": address}
    command = [sys.executable, "-m", "concerted", "migrate", "--verbosity", "0"]
    try:
        subprocess.run(command, env=environment, check=True, timeout=600)
        other = ConnectionHandler({"default": facts})["default"]
        yield other
        other.close()
    finally:
        if on_server:
            _said(f"DROP DATABASE {NAME}")


def _said(command: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(command)


def columns(database: Any) -> dict[str, list[tuple[str, str, bool]]]:
    """Table of ours -> its columns: name, type, whether it may be empty."""
    ours = {model._meta.db_table for model in apps.get_models() if model.__module__.startswith("concerted.")}
    with database.cursor() as cursor:
        return {
            table: sorted(
                (column.name, str(column.type_code), bool(column.null_ok))
                for column in database.introspection.get_table_description(cursor, table)
            )
            for table in database.introspection.table_names(cursor)
            if table in ours
        }


def names(database: Any) -> set[tuple[str, str]]:
    """(table, name) of every constraint and index."""
    with database.cursor() as cursor:
        tables = database.introspection.table_names(cursor)
        return {(table, name) for table in tables for name in database.introspection.get_constraints(cursor, table)}


def triggers(database: Any) -> set[str]:
    asked = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if database.vendor == "postgresql":
        asked = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    with database.cursor() as cursor:
        cursor.execute(asked)
        return {name for (name,) in cursor.fetchall()}


def test_migrations_make_what_the_models_say(migrated: Any) -> None:
    assert columns(migrated) == columns(connection)
    assert triggers(migrated) == triggers(connection)
    assert triggers(migrated), "versions and facts are frozen by triggers"
    declared = {
        (model._meta.db_table, part.name)
        for model in apps.get_models()
        for part in (*model._meta.constraints, *model._meta.indexes)
    }
    assert declared - names(migrated) == set()


@pytest.mark.once
@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
