"""The `concerted` command: Django's commands under the names an operator would guess, `serve` and `version`."""

import os
import sys

from concerted import __version__

#: What Django's own list of commands does not know.
_MORE = "\n[concerted]\n    serve\n    version"


def main() -> None:
    if sys.argv[1:] in (["version"], ["--version"]):
        # Django would tell its own.
        print(f"Concerted {__version__}")  # noqa: T201
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concerted.config.settings")
    if sys.argv[1:2] == ["serve"]:
        from concerted.config.serve import serve

        serve(sys.argv[2:])
        return
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
    if sys.argv[1:] in ([], ["help"], ["--help"], ["-h"]):
        print(_MORE)  # noqa: T201
    if sys.argv[1:2] == ["demo"] and "--no-serve" not in sys.argv and "--help" not in sys.argv:
        from concerted.config.serve import serve

        serve([])
