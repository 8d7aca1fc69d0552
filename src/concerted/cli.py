"""The `concerted` command: Django's commands under the names an operator would guess."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concerted.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
