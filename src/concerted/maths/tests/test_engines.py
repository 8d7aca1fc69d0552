"""The same bytes from any split and any engine, also when a worker is killed."""

from pathlib import Path

import pytest

from concerted.maths.portfolio import PartsMissing, WorkersLost, engines, in_processes, on_dask, totals
from concerted.maths.portfolio.shards import work
from concerted.maths.tests.clusters import a_cluster
from concerted.maths.tests.killing import OnceKilled, die
from concerted.maths.tests.sites import CAPACITY, SPREAD, some_sites


def test_same_bytes_from_any_split() -> None:
    sites = some_sites()
    whole = totals(sites, CAPACITY, SPREAD, draws=1200, seed=5)
    for shards in (2, 7, 100):
        assert totals(sites, CAPACITY, SPREAD, draws=1200, seed=5, shards=shards).fingerprint == whole.fingerprint
    backwards = totals(
        sites, CAPACITY, SPREAD, draws=1200, seed=5, shards=7, engine=lambda work, shards: map(work, shards[::-1])
    )
    assert backwards.fingerprint == whole.fingerprint
    assert totals(sites, CAPACITY, SPREAD, draws=1200, seed=6).fingerprint != whole.fingerprint


def test_processes_give_the_same_bytes_though_one_is_killed(tmp_path: Path) -> None:
    sites, killed = some_sites(12, 3), OnceKilled(tmp_path / "killed", work)
    alone = totals(sites, CAPACITY, SPREAD, draws=600, seed=5)
    shared = totals(
        sites,
        CAPACITY,
        SPREAD,
        draws=600,
        seed=5,
        shards=7,
        engine=lambda _work, shards: in_processes(2)(killed, shards),
    )
    assert killed.mark.exists()
    assert shared.fingerprint == alone.fingerprint


def test_lost_work_is_not_taken_for_no_need() -> None:
    with pytest.raises(PartsMissing, match="never came back"):
        totals(
            some_sites(), CAPACITY, SPREAD, draws=1, seed=5, shards=3, engine=lambda work, shards: map(work, shards[1:])
        )


def test_workers_that_always_die_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "LIVES", 1)
    with pytest.raises(WorkersLost, match="more shards"):
        list(in_processes(1)(die, [1]))


def test_dask_gives_the_same_bytes() -> None:
    sites = some_sites(12, 3)
    alone = totals(sites, CAPACITY, SPREAD, draws=600, seed=5)
    with a_cluster() as cluster, cluster.get_client() as client:
        shared = totals(sites, CAPACITY, SPREAD, draws=600, seed=5, shards=7, engine=on_dask(client))
    assert shared.fingerprint == alone.fingerprint
