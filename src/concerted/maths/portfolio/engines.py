"""Who does the work: this process (`map`), several processes here, or a cluster. The numbers are the same."""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

Task = TypeVar("Task")
Answer = TypeVar("Answer")
#: Workers that die again and again are not killed by chance: memory is short, or the work kills them.
LIVES = 3


class WorkersLost(RuntimeError):
    """Workers died so often that trying again makes no sense."""


def in_processes(workers: int) -> Callable[[Callable[[Task], Answer], Sequence[Task]], Iterator[Answer]]:
    """An engine of `workers` processes on this machine. Work whose worker was killed is done again by new ones;
    answers come as they are ready.

    Processes are started afresh rather than forked, because a server that forks with threads running may hang.
    """

    def run(work: Callable[[Task], Answer], tasks: Sequence[Task]) -> Iterator[Answer]:
        waiting = dict(enumerate(tasks))
        for _life in range(LIVES):
            yield from _round(work, waiting, workers)
            if not waiting:
                return
        raise WorkersLost(
            f"Workers died {LIVES} times. Use fewer workers, or more shards, so that each needs less memory."
        )

    return run


def _round(work: Callable[[Task], Answer], waiting: dict[int, Task], workers: int) -> Iterator[Answer]:
    """What one set of workers gets done; it is taken out of `waiting`."""
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        futures = {pool.submit(work, task): number for number, task in waiting.items()}
        for future in as_completed(futures):
            try:
                answer = future.result()
            except BrokenProcessPool:
                continue
            del waiting[futures[future]]
            yield answer


def on_dask(client: Any) -> Callable[[Callable[[Task], Answer], Sequence[Task]], list[Answer]]:
    """An engine of the workers of a `dask.distributed.Client`, who do lost work again by themselves.

    Dask is no requirement of ours: whoever has a cluster has it, and brings the client.
    """

    def run(work: Callable[[Task], Answer], tasks: Sequence[Task]) -> list[Answer]:
        answers: list[Answer] = client.gather(client.map(work, list(tasks), pure=False))
        return answers

    return run
