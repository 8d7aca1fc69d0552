"""Collect the interface strings into src/concerted/locale. Needs GNU gettext (apt-get install gettext)."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
LANGUAGES = ["fr", "es", "ar"]

package = ROOT / "src" / "concerted"
(package / "locale").mkdir(exist_ok=True)
arguments = [arg for language in LANGUAGES for arg in ("-l", language)]
subprocess.run(
    [
        sys.executable,
        "-m",
        "django",
        "makemessages",
        *arguments,
        "--no-location",
        "--no-wrap",
        "--keep-pot",
        "-i",
        "tests/*",
    ],
    cwd=package,
    env=os.environ | {"DJANGO_SETTINGS_MODULE": "concerted.config.settings"},
    check=True,
)
