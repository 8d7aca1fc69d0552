"""Rows that the database itself refuses to change: facts and published versions.

    class CapacityConfig(AppConfig):
        def ready(self):
            freeze(self, "Evidence")
            freeze(self, "MandateVersion", only_if="OLD.published_at IS NOT NULL")

The trigger is put in place after each `migrate`, not inside a migration: on SQLite a later change of the table makes it
anew and drops its triggers without a word.
"""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate

#: What the database says; whoever reads it has a mistake in code, not in what she typed.
MESSAGE = "This row is frozen: write a new one instead"


def _sqlite(table: str, only_if: str) -> list[str]:
    return [
        f"DROP TRIGGER IF EXISTS {table}_frozen",
        f"CREATE TRIGGER {table}_frozen BEFORE UPDATE ON {table} FOR EACH ROW "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}') WHERE {only_if}; END",
    ]


def _postgresql(table: str, only_if: str) -> list[str]:
    return [
        f"CREATE OR REPLACE FUNCTION {table}_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN IF {only_if} THEN RAISE integrity_constraint_violation USING MESSAGE = '{MESSAGE}'; END IF; "
        f"RETURN NEW; END $$",
        f"DROP TRIGGER IF EXISTS {table}_frozen ON {table}",
        f"CREATE TRIGGER {table}_frozen BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_frozen()",
    ]


def freeze(app: AppConfig, model: str, *, only_if: str = "1 = 1") -> None:
    """Have the database refuse every update of a row of `model` for which `only_if` (SQL over OLD) holds."""

    def put_in_place(using: str, **kwargs: Any) -> None:
        connection = connections[using]
        statements = _postgresql if connection.vendor == "postgresql" else _sqlite
        with connection.cursor() as cursor:
            for statement in statements(app.get_model(model)._meta.db_table, only_if):
                cursor.execute(statement)

    post_migrate.connect(put_in_place, sender=app, weak=False, dispatch_uid=f"freeze {app.label}.{model}")
