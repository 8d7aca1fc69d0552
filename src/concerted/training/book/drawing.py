"""Draws one PDF and ends: run as a program of its own, so that what typst keeps in memory is given back each time.

It reads one JSON object and writes the file; it knows nothing of the rest of the house.
"""

import json
import resource
import sys
from base64 import b64decode
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

#: Seconds of processor after which the system ends it, whatever the words made it do.
MOST_SECONDS = 10


def main() -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    asked = json.load(sys.stdin)
    # By name, which the types of typst do not know of.
    sources: Any = {name: b64decode(content) for name, content in asked["files"].items()}
    try:
        pdf = typst.compile(
            sources,
            format="pdf",
            pdf_standards="ua-1",
            font_paths=[Path(folder) for folder in asked["fonts"]],
            ignore_system_fonts=True,
            timestamp=datetime.fromisoformat(asked["at"]),
        )
    except typst.TypstError as error:
        sys.stderr.write(str(error))
        return 1
    sys.stdout.buffer.write(pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main())
