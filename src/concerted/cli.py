"""The `concerted` command: Django's commands under the names an operator would guess, and `serve`."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concerted.config.settings")
    if sys.argv[1:2] == ["serve"]:
        from concerted.config.serve import serve

        serve(sys.argv[2:])
        return
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
    if sys.argv[1:2] == ["demo"] and "--no-serve" not in sys.argv and "--help" not in sys.argv:
        from concerted.config.serve import serve

        serve([])
