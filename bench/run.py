"""Measure what pages cost, as ratios of CPU time against a bare Django page in the same run, files to translate, and
staffing against another program.

Both are served by granian with one worker and one thread, from the same database under the same settings, over
connections that stay open, on loopback. Short rounds alternate and the middle of their ratios counts: a machine that
is busy or slow for a while slows both sides of a round.
Writes bench/RESULTS.md and bench/results.json; ends with an error when a limit is passed.
"""

import http.client
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tools.run_tests import free_port, postgres  # noqa: E402

from bench import checking, country, exchange, staffing  # noqa: E402
from bench.result import Result  # noqa: E402

ROUNDS, WARM_UP = 31, 60
TOKEN = "b" * 32
PLAN = "/plans/example/referral-protocol-victoria/"
Ask = Callable[[http.client.HTTPConnection], None]


@contextmanager
def served(settings: str, environment: dict[str, str]) -> Iterator[tuple[int, Callable[[], int]]]:
    """A granian with one worker: its port, and a function that tells the nanoseconds of CPU its worker has used."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", "1"]
    command += ["--port", str(port), "--log-level", "error", "concerted.config.wsgi:application"]
    env = os.environ | environment | {"DJANGO_SETTINGS_MODULE": settings, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, env=env, cwd=ROOT)
    try:
        _wait(port)
        worker = _child(process.pid)
        yield port, lambda: _cpu(worker)
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int) -> None:
    for _try in range(200):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The server did not start.")


def _child(parent: int) -> int:
    listed = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return int(listed[-1])


def _cpu(process: int) -> int:
    """Nanoseconds on a processor, over all threads."""
    return sum(int(line.read_text().split()[0]) for line in Path(f"/proc/{process}/task").glob("*/schedstat"))


def get(path: str, session: str, language: str = "en") -> Ask:
    """Ask for a page as a browser does that was here before, with its cookies; anything but 200 ends the run."""
    cookies = f"sessionid={session}; csrftoken={TOKEN}" + (f"; django_language={language}" if language != "en" else "")

    def ask(connection: http.client.HTTPConnection) -> None:
        connection.request("GET", path, headers={"Cookie": cookies, "Host": "localhost", "Accept-Encoding": "gzip, br"})
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path} answered {answer.status}: {body[:300]!r}")

    return ask


def answer(path: str, step: str, sessions: list[str]) -> Ask:
    """Answer a question, each time as the next person."""
    turn = iter(range(10**9))

    def ask(connection: http.client.HTTPConnection) -> None:
        session = sessions[next(turn) % len(sessions)]
        form = {"csrfmiddlewaretoken": TOKEN, "key": str(uuid.uuid4()), "step": step, "do": "answer", "answer": "a"}
        headers = {
            "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Host": "localhost",
        }
        connection.request("POST", path, urlencode(form), headers)
        got = connection.getresponse()
        got.read()
        if got.status != 302 or "feedback" not in (got.headers["Location"] or ""):
            raise SystemExit(f"Answering got {got.status} to {got.headers['Location']}")

    return ask


def choose(path: str, walk: list[list[str]], sessions: list[str]) -> Ask:
    """Take the next choice of a walk through a scenario, each time as the next person; whoever has come to the end
    begins anew, which counts as one more request.
    """
    turn, places = iter(range(10**9)), [0] * len(sessions)

    def ask(connection: http.client.HTTPConnection) -> None:
        who = next(turn) % len(sessions)
        place = places[who] % (len(walk) + 1)
        places[who] += 1
        form = {"csrfmiddlewaretoken": TOKEN}
        if place:
            at, choice = walk[place - 1]
            form |= {"key": str(uuid.uuid4()), "at": at, "choice": choice, "do": "choose"}
        headers = {
            "Cookie": f"sessionid={sessions[who]}; csrftoken={TOKEN}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Host": "localhost",
        }
        connection.request("POST", f"{path}{'play' if place else 'start'}/", urlencode(form), headers)
        got = connection.getresponse()
        got.read()
        if got.status != 302 or "play" not in (got.headers["Location"] or ""):
            raise SystemExit(f"Choosing got {got.status} to {got.headers['Location']}")

    return ask


def edit(path: str, territory: str, session: str) -> Ask:
    """Change one value of one territory by script, each time to another one, with that territory in view."""
    turn = iter(range(10**9))

    def ask(connection: http.client.HTTPConnection) -> None:
        said = {"in": territory, f"territories.{territory}.people": str(20_000 + 7 * next(turn))}
        headers = {"Cookie": f"sessionid={session}; csrftoken={TOKEN}", "Host": "localhost", "HX-Request": "true"}
        connection.request("GET", f"{path}?{urlencode(said)}", headers=headers | {"Accept-Encoding": "gzip, br"})
        got = connection.getresponse()
        body = got.read()
        if got.status != 200:
            raise SystemExit(f"{path} answered {got.status}: {body[:300]!r}")

    return ask


def cost(port: int, used: Callable[[], int], ask: Ask, times: int) -> float:
    """CPU nanoseconds of one request, over `times` requests on one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    before = used()
    for _n in range(times):
        ask(connection)
    connection.close()
    return (used() - before) / times


def compare(name: str, limit: float, bare: tuple, ours: tuple, conditions: str, times: int = 40) -> Result:
    """Alternate rounds of the bare page and of ours; the middle of the ratios of the rounds."""
    for port, used, ask in (bare, ours):
        cost(port, used, ask, WARM_UP)
    plain, full = [], []
    for _round in range(ROUNDS):
        plain.append(cost(*bare, times))
        full.append(cost(*ours, times))
    ratio = round(statistics.median(one / other for one, other in zip(full, plain, strict=True)), 2)
    micro = f"bare {statistics.median(plain) / 1000:.0f} us, ours {statistics.median(full) / 1000:.0f} us of CPU"
    result = Result(name, ratio, limit, "max", f"{conditions}; {micro}")
    print(f"{'kept  ' if result.kept else 'PASSED'} {name}: {ratio}x (limit {limit}x), {micro}", flush=True)
    return result


def scene(environment: dict[str, str], areas: int, mandates: int) -> dict:
    """Build a response in the database of this environment."""
    command = [sys.executable, "-m", "bench.scene", str(areas), str(mandates)]
    built = subprocess.run(command, env=os.environ | environment, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    return json.loads(built.stdout)


def measure(database: str, environment: dict[str, str], areas: int, mandates: int) -> list[Result]:
    """All figures of one response on one database."""
    found = scene(environment, areas, mandates)
    size = f"{database}, {found['positions']} positions, {areas} areas, {mandates} mandates"
    with served("bench.bare", environment) as bare, served("concerted.config.settings", environment) as ours:
        plain = (*bare, get("/bare/", found["bare"]))
        grid = (*ours, get("/capacity/", found["coordinator"]))
        if areas > 15:
            return [compare(f"capacity picture {areas} x {mandates}, {database}", 20, plain, grid, size, 20)]
        learner = found["learners"][0]
        pages = [
            ("unit page", 2.5, get(found["unit"], learner)),
            ("answering a question", 4, answer(found["unit"], found["step"], found["learners"])),
            ("taking a choice in a scenario", 4, choose(found["scenario"], found["walk"], found["learners"][1:])),
            ("a passage of a scenario", 4, get(f"{found['scenario']}play/", learner)),
            ("where sectors part, 1,000,000 choices", 5, get(f"{found['scenario']}sectors/", found["coordinator"])),
            ("what answers tell, 1,000,000 answers", 5, get(found["items"], found["coordinator"])),
            ("practitioner desk", 3, get("/mine/", learner)),
            ("agency desk, 25 of 300 people", 4, get("/", found["manager"])),
            ("editing one authority of 79", 10, edit(PLAN, "greater-geelong", found["coordinator"])),
        ]
        results = [compare(f"{name}, {database}", limit, plain, (*ours, ask), size) for name, limit, ask in pages]
        results.append(compare(f"capacity picture {areas} x {mandates}, {database}", 6, plain, grid, size))
        queue = (*ours, get("/languages/fr/", found["translator"]))
        results.append(compare(f"queue of a language of 5,000 sections, {database}", 5, plain, queue, size))
        english, french = (*ours, get(found["unit"], learner)), (*ours, get(found["unit"], learner, "fr"))
        name = f"unit page half in French against the same in English, {database}"
        return [*results, compare(name, 1.1, english, french, size)]


def write(results: list[Result]) -> None:
    """RESULTS.md for people, results.json for whoever checks."""
    folder = ROOT / "bench"
    (folder / "results.json").write_text(json.dumps([asdict(result) for result in results], indent=1) + "\n")
    where = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    lines = [
        "# Measured",
        "",
        f"{date.today().isoformat()}, {where}. CPU of the server process for one request, as a ratio to a bare Django",
        "page (one session query, one user query, a small template) in the same run: granian, one worker and one",
        "thread, the same database and settings, reused connections, loopback, cookies as of a browser that was here",
        "before. A figure in seconds or megabytes is no ratio: it is what whole processes used, server of the database",
        "left out. Where a limit is a least, the ratio is how many times our CPU another program takes, same run.",
        "Run it with `make bench`.",
        "",
        "| Figure | Ratio or amount | Limit | | Conditions |",
        "|---|---|---|---|---|",
    ]
    for one in results:
        verdict = "kept" if one.kept else "**passed over**"
        limit = f"at {'most' if one.direction == 'max' else 'least'} {one.limit}{one.unit}"
        lines.append(f"| {one.name} | {one.ratio}{one.unit} | {limit} | {verdict} | {one.conditions} |")
    (folder / "RESULTS.md").write_text("\n".join(lines) + "\n")


def main() -> int:
    results: list[Result] = []
    for areas, mandates in ((15, 8), (47, 20)):
        with tempfile.TemporaryDirectory(prefix="concerted-bench-") as home:
            results += measure("SQLite", {"CONCERTED_HOME": home}, areas, mandates)
        with tempfile.TemporaryDirectory(prefix="concerted-bench-") as home, postgres() as url:
            if url is None:
                print("PostgreSQL left out: apt-get install -y postgresql")
                continue
            results += measure("PostgreSQL", {"CONCERTED_HOME": home, "DATABASE_URL": url}, areas, mandates)
    results += exchange.both()
    results += checking.measured()
    results += staffing.measured()
    results += country.measured()
    write(results)
    return 0 if all(result.kept for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
