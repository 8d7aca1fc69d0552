import subprocess
import sys

_LOADED = """
import sys
import django
django.setup()
import concerted.config.urls
print(*sorted({"numpy", "scipy"} & set(sys.modules)))
"""


def test_pages_that_do_not_plan_load_no_arrays() -> None:
    """Every worker would pay for numpy and scipy in memory and in its start."""
    run = subprocess.run([sys.executable, "-c", _LOADED], check=True, capture_output=True, text=True)
    assert run.stdout.strip() == ""
