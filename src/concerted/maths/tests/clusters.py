"""A Dask cluster within a test."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest


@contextmanager
def a_cluster() -> Iterator[Any]:
    """A cluster in threads, on loopback only; the test is left out where there is no Dask.

    In threads by the network all the same: work and answers are pickled as between machines.
    """
    distributed = pytest.importorskip("distributed")
    # Dask asks the system which way to a far address goes, and says nothing there; tests may not even do that.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("distributed.utils._get_ip", lambda *_args, **_more: "127.0.0.1")
        cluster = distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=False, protocol="tcp", host="127.0.0.1", dashboard_address=None
        )
        with cluster:
            yield cluster
