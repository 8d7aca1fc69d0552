"""The same bytes from any split, whoever does the work, also when a worker is killed."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from concerted.maths.portfolio import in_processes, on_dask
from concerted.maths.tests.clusters import a_cluster
from concerted.maths.tests.killing import OnceKilled
from concerted.planning.rules.plan import Plan
from concerted.planning.rules.projection import PartsMissing, project
from concerted.planning.rules.projection.engine import cut
from concerted.planning.rules.projection.territory import work
from concerted.planning.tests.test_projection import EXAMPLES, plan_of

#: Three blocks of draws, the last one short.
DRAWS = 1100


@pytest.fixture(scope="module")
def plan() -> Plan:
    return plan_of("delegation", draws=DRAWS, months=12)


@pytest.fixture(scope="module")
def alone(plan: Plan) -> str:
    return project(plan).fingerprint


@pytest.mark.parametrize("shards", [1, 2, 5, 7, 100])
def test_shards_hold_each_draw_of_each_territory_once(plan: Plan, shards: int) -> None:
    parts = cut(plan, shards)
    assert len(parts) <= shards
    held = [(one.territory, block) for shard in parts for one in shard.stretches for block in one.blocks]
    assert held == [(place, block) for place in plan.territories for block in range(3)]
    sizes = {sum(len(one.blocks) for one in shard.stretches) for shard in parts[:-1]}
    assert len(sizes) <= 1, "all but the last have the same work"


@pytest.mark.parametrize("shards", [2, 5, 7, 100])
def test_same_bytes_from_any_split(plan: Plan, alone: str, shards: int) -> None:
    assert project(plan, shards=shards).fingerprint == alone
    backwards = project(plan, shards=shards, engine=lambda work, shards: map(work, reversed(shards)))
    assert backwards.fingerprint == alone


@pytest.mark.parametrize("name", ["helpline", "mandate", "referral-protocol-victoria"])
def test_every_example_is_the_same_from_seven(name: str) -> None:
    other = plan_of(name, draws=510, months=6)
    assert project(other, shards=7).fingerprint == project(other).fingerprint


def test_processes_give_the_same_bytes(plan: Plan, alone: str) -> None:
    for shards in (1, 2, 7):
        assert project(plan, shards=shards, engine=in_processes(2)).fingerprint == alone


def test_a_killed_worker_changes_nothing(plan: Plan, alone: str, tmp_path: Path) -> None:
    killed = OnceKilled(tmp_path / "killed", work)
    shared = project(plan, shards=7, engine=lambda _work, shards: in_processes(2)(killed, shards))
    assert killed.mark.exists()
    assert shared.fingerprint == alone


@pytest.mark.parametrize("lost", [0, 3, -1])
def test_lost_work_is_not_taken_for_no_need(plan: Plan, lost: int) -> None:
    def forgetful(work: Any, shards: Any) -> Any:
        kept = list(shards)
        del kept[lost]
        return map(work, kept)

    with pytest.raises(PartsMissing, match="never came back"):
        project(plan, shards=7, engine=forgetful)


def test_dask_gives_the_same_bytes(plan: Plan, alone: str) -> None:
    with a_cluster() as cluster, cluster.get_client() as client:
        for shards in (1, 2, 7):
            assert project(plan, shards=shards, engine=on_dask(client)).fingerprint == alone


def _told(**options: Any) -> Any:
    out = StringIO()
    call_command("plan", str(EXAMPLES / "helpline.yaml"), format="json", stdout=out, **options)
    return json.loads(out.getvalue())["fingerprint"]


def test_the_command_shares_the_work() -> None:
    assert _told() == _told(shards=3) == _told(workers=2)
    with pytest.raises(CommandError, match="or more"):
        _told(workers=0)


def test_the_command_asks_a_cluster() -> None:
    with a_cluster() as cluster:
        assert _told(cluster=cluster.scheduler_address) == _told()


def test_without_dask_the_command_says_how_to_get_it() -> None:
    try:
        import distributed  # noqa: F401
    except ImportError:
        with pytest.raises(CommandError, match=r"pip install -e \"\.\[cluster\]\""):
            _told(cluster="tcp://127.0.0.1:8786")
    else:
        with pytest.raises(CommandError, match="No cluster answers"):
            _told(cluster="tcp://127.0.0.1:9")
