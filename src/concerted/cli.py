"""The `concerted` command: Django's commands under the names an operator would guess, `serve` and `version`."""

import os
import sys

from concerted import __version__

#: What Django's own list of commands does not know.
_MORE = "\n[concerted]\n    serve\n    version"


def main() -> None:
    if sys.argv[1:] in (["version"], ["--version"]):
        # Django would tell its own.
        print(f"Concerted {__version__}")
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concerted.config.settings")
    if sys.argv[1:2] == ["serve"]:
        from concerted.config.serve import serve

        serve(sys.argv[2:])
        return
    from django.core.management import execute_from_command_line
    from django.db import DatabaseError

    try:
        execute_from_command_line(sys.argv)
        if sys.argv[1:] in ([], ["help"], ["--help"], ["-h"]):
            print(_MORE)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads has read enough (`concerted standing | head`); nothing may be flushed into the pipe any more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except DatabaseError as error:
        said = _why_not(error)
        if not said or "--traceback" in sys.argv:
            raise
        sys.exit(said)
    if sys.argv[1:2] == ["demo"] and "--no-serve" not in sys.argv and "--help" not in sys.argv:
        from concerted.config.serve import serve

        serve([])


def _why_not(error: Exception) -> str:
    """What an operator can do about a database that a command could not use; empty where that is no matter of hers."""
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        connection.close()
        steps = MigrationExecutor(connection)
        behind = steps.migration_plan(steps.loader.graph.leaf_nodes())
    except DatabaseError:
        why = str(error).strip().splitlines() or [type(error).__name__]
        return f"The database cannot be reached: {why[0]}\nLook at DATABASE_URL, or at the folder in CONCERTED_HOME."
    if not behind:
        return ""
    return (
        "The database here holds no response yet, or one of an earlier version; nothing was changed.\n"
        "Begin one with: concerted init      Bring one up to date with: concerted migrate\n"
        "If it is somewhere else, name it in DATABASE_URL or CONCERTED_HOME."
    )
