"""A job is played: batches in order, from whoever plays them, into one summary and, if wanted, a store."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass

from drawdown.stress.counts import add_counts
from drawdown.stress.job import Done, Job
from drawdown.stress.rows import Names
from drawdown.stress.store import Facts, Store
from drawdown.stress.summary import Summary, add_up
from drawdown.stress.tally import Share, Tally
from drawdown.stress.workers import play_in_processes

#: Called now and then with how many futures have been played, of how many.
Progress = Callable[[int, int], None]

#: Batches in a part: what a store writes at a time, and after how many it is asked whether they are enough.
PART = 4


@dataclass(frozen=True)
class How:
    """By whom a job is played (``workers`` processes, this one alone if 1, or the Dask cluster at an address).

    ``until`` is a half-width of the 95 % interval of the chance of the deadline, at which it is enough; asked after
    every `PART` batches, so that the same futures are played whoever plays them.
    """

    workers: int = 1
    cluster: str | None = None
    store: Store | None = None
    progress: Progress | None = None
    until: float | None = None


def run_job(job: Job, how: How, facts: Facts, names: Names) -> Summary:
    """Play a job to its end, or until it is enough; ``facts`` and ``names`` are for the store.

    Raises `EnsembleError` if it cannot be played, `StoreError` and `OSError` if it cannot be stored.
    """
    if job.futures < 1 or how.workers < 1:
        raise ValueError(f"{job.futures} futures over {how.workers} workers: both must be at least 1")
    if how.store is None:
        return _go_on(job, how, _Total())
    if whole := how.store.begin(facts, names):
        return whole
    total = _Total()
    for summary in how.store.finished():
        total.add(summary)
    summary = _go_on(job, how, total)
    how.store.end(summary)
    return summary


def _go_on(job: Job, how: How, total: _Total) -> Summary:
    """Play the parts that are not in the total yet."""
    part: list[Done] = []
    batches = range(total.parts * PART, job.batches)
    with closing(_stream(job, batches, how)) as stream:
        for batch in batches:
            if not part and total.is_enough(how.until):
                break
            part.append(next(stream))
            if how.progress:
                how.progress(min((batch + 1) * job.batch, job.futures), job.futures)
            if len(part) == PART or batch == job.batches - 1:
                _file(part, how.store, total)
                part = []
    return total.summary()


def _stream(job: Job, batches: range, how: How) -> Generator[Done, None, None]:
    if how.cluster is not None:
        from drawdown.stress.cluster import play_on_cluster  # noqa: PLC0415 - it needs an extra

        yield from play_on_cluster(job, batches, how.cluster)
    elif how.workers > 1 and len(batches) > 1:
        yield from play_in_processes(job, batches, how.workers)
    else:
        yield from _in_threads(job, batches, os.cpu_count() or 1)


def _in_threads(job: Job, batches: range, threads: int) -> Generator[Done, None, None]:
    """Play in this process. Compiled code lets go of the interpreter, so that threads share the processor's cores."""
    waiting: deque[Future[Done]] = deque()
    with ThreadPoolExecutor(threads) as pool:
        try:
            for batch in batches:
                waiting.append(pool.submit(job.do, batch))
                if len(waiting) > threads:  # no more than are at work, so that results do not pile up
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for done in waiting:
                done.cancel()


def _file(part: list[Done], store: Store | None, total: _Total) -> None:
    summary = add_up([done.summary for done in part])
    if store is not None:
        store.write(total.parts, [done.rows for done in part if done.rows is not None], summary)
    total.add(summary)


class _Total:
    """A sum of many summaries. It keeps sums of parts that halve in size, so that a small one never meets a big one."""

    def __init__(self) -> None:
        self.parts = 0
        self._sums: list[Summary] = []

    def add(self, summary: Summary) -> None:
        """Add a part."""
        self.parts += 1
        self._sums.append(summary)
        while len(self._sums) > 1 and self._sums[-2].futures < 2 * self._sums[-1].futures:
            self._sums[-2:] = [add_up(self._sums[-2:])]

    def summary(self) -> Summary:
        """All of it."""
        return add_up(self._sums)

    def is_enough(self, until: float | None) -> bool:
        """Whether the chance of the deadline is known this well."""
        if until is None or not self._sums:
            return False
        share = self._in_time()
        return (share.high - share.low) / 2 <= until

    def _in_time(self) -> Share:
        out_by = add_counts([part.counts["out_by"] for part in self._sums])
        return Tally(*out_by.group(0)).at_most(self._sums[0].frame.deadline)
