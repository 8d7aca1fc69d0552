"""What checking a scenario of 10,000 passages takes, from its text to the last fault. `python -m bench.checking`"""

import os
import subprocess
import sys
import time
from pathlib import Path

from bench.result import Result

PASSAGES, LIMIT, ROUNDS = 10_000, 1.0, 3
HEAD = """---
scenario: long
title: A long way
summary: As long as no scenario should be.
you: You are a nurse.
note: A hard topic. You may skip any part.
minutes: 10
sectors: [health]
aims:
  1: make a private moment
variables:
  safety: {label: Her safety, start: 4, range: 0-10, bands: {0-3: Low, 4-10: Better}}
interrupts:
  - safety <= 0 -> end
---
"""
ENDING = """
## Thursday {#end kind=ending}

She comes back.

### her
I needed time.
### protocol
Ask alone.
### sectors
Police can wait.
"""


def story() -> str:
    """So many passages in a row, each with a choice that leads on and one that ends it."""
    keys = [f"n{n}" for n in range(PASSAGES)]
    row = (
        f"\n## Moment {{#{key} skip=end}}\n\nShe waits.\n\n- [a] Go on. -> {onward}\n  effects: safety -1\n"
        "  > She looks up.\n- [b] Wait. -> end\n  effects: safety +1\n"
        for key, onward in zip(keys, [*keys[1:], "end"], strict=True)
    )
    return HEAD + "".join(row) + ENDING


def main() -> None:
    """Print the seconds of CPU of the quickest round, and how many faults were found."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concerted.config.settings")
    import django

    django.setup()
    from concerted.packs.reading.faults import Faults
    from concerted.packs.reading.scenarios import scenario_in

    lines, took, faults = story().split("\n"), [], Faults("long.md")
    for _round in range(ROUNDS):
        faults, begun = Faults("long.md"), time.process_time()
        scenario_in(lines, Path("long.md"), faults)
        took.append(time.process_time() - begun)
    sys.stdout.write(f"{min(took)} {sum(not fault.warning for fault in faults.found)}")


def measured() -> list[Result]:
    """CPU of one check, in a process of its own."""
    root = Path(__file__).parent.parent
    ran = subprocess.run(
        [sys.executable, "-m", "bench.checking"], cwd=root, check=True, stdout=subprocess.PIPE, text=True
    )
    seconds, faults = ran.stdout.split()
    conditions = f"{PASSAGES} passages, {2 * PASSAGES} choices, from the text, {faults} faults, quickest of {ROUNDS}"
    one = Result(
        "checking a scenario of 10,000 passages: CPU", round(float(seconds), 2), LIMIT, "max", conditions, " s"
    )
    print(
        f"{'kept  ' if one.kept else 'PASSED'} {one.name}: {one.ratio} s (limit {one.limit} s), {conditions}",
        flush=True,
    )
    return [one]


if __name__ == "__main__":
    main()
