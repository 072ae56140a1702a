"""An ensemble on a Dask cluster. Workers may come, go and be killed: what they had not given back is played again."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from typing import Any, cast
from uuid import uuid4

import drawdown
from drawdown.stress.extras import require

require("distributed", "cluster", "a cluster")

from distributed import (  # noqa: E402 - a missing package is told in our own words
    CancelledError,
    Client,
    WorkerPlugin,
    get_worker,
)
from distributed.client import Future  # noqa: E402

from drawdown.stress.job import Done, EnsembleError, Job  # noqa: E402

#: Batches for each thread of the cluster that are under way or finished before their turn.
AHEAD = 4

#: Seconds for the scheduler to answer, and for a first worker, or a new one after the last is gone, to turn up.
ANSWER, TURN_UP = 10, 30


#: Batches that were given out and not yet asked back, in order.
UnderWay = deque[tuple[int, "Future[Done]"]]


class Brief(WorkerPlugin):
    """The job at a worker: sent once, also to workers that come later or take a killed one's place."""

    def __init__(self, name: str, job: Job) -> None:
        self.name, self.job, self.version = name, job, drawdown.__version__


def play_on_cluster(job: Job, batches: range, address: str) -> Iterator[Done]:
    """The batches in order, played by the workers of the Dask scheduler at an address.

    Raises `EnsembleError` if the scheduler cannot be reached or is lost, no worker is there, or a batch fails.
    """
    with closing(_connect(address)) as client:
        name = f"drawdown-{uuid4().hex}"
        under_way: UnderWay = deque()
        _wait_for_workers(client, address)
        try:
            client.register_plugin(Brief(name, job))
            yield from _play(client, name, job, batches, under_way)
        except TimeoutError as error:
            raise EnsembleError(f"the cluster at {address} has lost all its workers") from error
        except (OSError, CancelledError) as error:
            raise EnsembleError(f"the cluster at {address} was lost: {error}") from error
        finally:
            _dismiss(client, name, under_way)


def _connect(address: str) -> Any:
    """A client, of which `distributed` tells no types."""
    make: Callable[..., Any] = Client
    try:
        return make(address, timeout=ANSWER, set_as_default=False)
    except (OSError, ValueError) as error:
        raise EnsembleError(f"no Dask scheduler answers at {address}; is that its address? ({error})") from error


def _wait_for_workers(client: Any, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=TURN_UP)
    except TimeoutError as error:
        raise EnsembleError(f"the cluster at {address} has no workers; start some and try again") from error


def _play(client: Any, name: str, job: Job, batches: range, under_way: UnderWay) -> Iterator[Done]:
    waiting = iter(batches)
    while True:
        ahead = AHEAD * max(1, sum(client.nthreads().values()))
        while len(under_way) < ahead and (batch := next(waiting, None)) is not None:
            under_way.append((batch, client.submit(play_batch, name, batch, key=f"{name}-{batch}")))
        if not under_way:
            return
        yield _result(client, job, *under_way.popleft())


def _result(client: Any, job: Job, batch: int, future: Future[Done]) -> Done:
    while True:
        try:
            done = future.result(timeout=TURN_UP)
        except Exception as error:
            if future.status == "error":  # also after killing worker upon worker
                raise EnsembleError(f"{job.span(batch)} cannot be played: {type(error).__name__}: {error}") from error
            if not isinstance(error, TimeoutError) or not client.nthreads():
                raise
        else:
            return done


def _dismiss(client: Any, name: str, under_way: UnderWay) -> None:
    """Call off what nobody waits for any more, and let the workers forget the job."""
    if client.status == "running":
        with suppress(OSError, CancelledError):
            client.cancel([future for _batch, future in under_way])
            client.unregister_worker_plugin(name)


def play_batch(name: str, batch: int) -> Done:
    """What a worker does: play a batch of the job that it was sent under this name."""
    brief = cast("Brief", get_worker().plugins[name])
    if brief.version != drawdown.__version__:
        raise RuntimeError(f"a worker has drawdown {drawdown.__version__}, but the run is of {brief.version}")
    return brief.job.do(batch)
