"""Takes the demonstration out of its database, so that it can be made anew around another day."""

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection

from concerted.directory.models import Person
from concerted.kit.memory import forget_everything

#: The ledger only ever grows, and its chain was exported; the other two say what tables there are.
_KEPT = frozenset({"ledger", "contenttypes", "auth"})


def keep_others_out() -> None:
    """From here to the end of the transaction nobody new can come in between the look and the clearing.

    SQLite lets one writer in at a time; what somebody commits before our first write makes that write fail.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Person._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")


def clear() -> None:
    """Empty every table but the ledger's. Numbers go on from where they were, so that none in the ledger is reused."""
    models = apps.get_models(include_auto_created=True)
    tables = [model._meta.db_table for model in models if model._meta.app_label not in _KEPT and model._meta.managed]
    # PostgreSQL empties no table that a check put off to the end of the transaction still waits for.
    connection.check_constraints()
    with connection.cursor() as cursor:
        for statement in connection.ops.sql_flush(no_style(), tables, reset_sequences=False):
            cursor.execute(statement)
    forget_everything()
