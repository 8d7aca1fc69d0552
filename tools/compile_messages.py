"""Compile the message catalogues (.po to .mo) with polib, so that no gettext tools are needed to install."""

from pathlib import Path

import polib

for source in Path(__file__).parent.parent.glob("src/concerted/locale/*/LC_MESSAGES/*.po"):
    target = source.with_suffix(".mo")
    if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
        polib.pofile(str(source)).save_as_mofile(str(target))
