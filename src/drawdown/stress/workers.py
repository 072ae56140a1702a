"""An ensemble over processes of this machine. A process that is killed loses nothing: another plays its batch again."""

from __future__ import annotations

import multiprocessing
import pickle
import signal
import traceback
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait

from drawdown.stress.job import Done, EnsembleError, Job

#: How often a batch may take its process with it before it is taken to be the cause.
TRIES = 3

#: Batches for each worker that may be finished, or under way, before their turn: enough that nobody waits for a slow
#: one, few enough to be held in memory.
AHEAD = 4


def play_in_processes(job: Job, batches: range, workers: int) -> Iterator[Done]:
    """The batches in order, played by so many processes, which end when the iterator is closed or fails.

    Raises `EnsembleError` if a batch fails, or ends its process time and again.
    """
    crew = _Crew(job, batches, min(workers, len(batches)))
    try:
        yield from crew.play()
    finally:
        crew.end()


class _Crew:
    """The processes, the batches that wait for one, and the finished ones that wait for their turn."""

    def __init__(self, job: Job, batches: range, workers: int) -> None:
        self._job, self._batches = job, batches
        self._payload = pickle.dumps(job)
        self._waiting = deque(batches)
        self._playing: dict[_Worker, int] = {}
        self._done: dict[int, Done] = {}
        self._deaths = Counter[int]()
        self._window = AHEAD * workers
        self._workers = [_Worker() for _ in range(workers)]

    def play(self) -> Iterator[Done]:
        for batch in self._batches:
            while batch not in self._done:
                self._give_out(batch + self._window)
                self._take_in()
            yield self._done.pop(batch)

    def end(self) -> None:
        for worker in self._workers:
            worker.end()

    def _give_out(self, before: int) -> None:
        for worker in self._workers:
            if worker not in self._playing and self._waiting and self._waiting[0] < before:
                self._playing[worker] = self._waiting.popleft()
                worker.give(self._playing[worker], self._payload)

    def _take_in(self) -> None:
        ready = wait([worker.channel for worker in self._playing])
        for worker in [worker for worker in self._playing if worker.channel in ready]:
            batch = self._playing.pop(worker)
            try:
                answer = worker.channel.recv()
            except (EOFError, OSError):
                self._replace(worker, batch)
                continue
            if not isinstance(answer, Done):
                raise _failed(self._job.span(batch), *answer)
            self._done[batch] = answer

    def _replace(self, worker: _Worker, batch: int) -> None:
        worker.end()
        self._deaths[batch] += 1
        if self._deaths[batch] == TRIES:
            raise EnsembleError(f"{self._job.span(batch)} ended {TRIES} processes that played them; {worker.end_of_it}")
        self._waiting.appendleft(batch)
        self._workers[self._workers.index(worker)] = _Worker()


class _Worker:
    """One process."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.channel, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        self._briefed = False

    @property
    def end_of_it(self) -> str:
        """How the process ended."""
        code = self._process.exitcode or 0
        if code < 0:
            return f"the last was killed by signal {-code} (if memory ran out, use fewer workers)"
        return f"the last ended with code {code}, and its own words are above"

    def give(self, batch: int, payload: bytes) -> None:
        """Let it play a batch. If it is dead, that shows when its answer is waited for."""
        with suppress(OSError):
            if not self._briefed:
                self.channel.send_bytes(payload)
                self._briefed = True
            self.channel.send(batch)

    def end(self) -> None:
        """End it, whatever it is doing."""
        self._process.terminate()
        self._process.join()
        self.channel.close()


def _work(channel: Connection) -> None:
    """Read the job, then play batches until the one who asks is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the keyboard's interrupt is for the process that asked
    with suppress(EOFError, OSError):
        job: Job = pickle.loads(channel.recv_bytes())  # noqa: S301 - from the process that started this one
        while True:
            channel.send(_answer(job, channel.recv()))


def _answer(job: Job, batch: int) -> Done | tuple[str, str]:
    """What came of a batch, or in what words and where it failed."""
    try:
        return job.do(batch)
    except Exception as error:  # noqa: BLE001 - it is told where it was asked for
        return f"{type(error).__name__}: {error}", traceback.format_exc()


def _failed(span: str, message: str, trace: str) -> EnsembleError:
    error = EnsembleError(f"{span} cannot be played: {message}")
    error.add_note(trace)
    return error
