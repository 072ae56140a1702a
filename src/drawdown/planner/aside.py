"""A piece of work in a process of its own, which can be looked at and ended at any time."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

T = TypeVar("T")


class Aside(Generic[T]):
    """A call that runs beside this process.

    Threads would do for solvers that let go of the interpreter, but a process can be ended, and takes its memory and
    its crashes with it.
    """

    def __init__(self, call: Callable[..., T], *args: object) -> None:
        context = multiprocessing.get_context("spawn")
        self._mine, theirs = context.Pipe(duplex=False)
        self._process = context.Process(target=_work, args=(theirs, call, args), daemon=True)
        self._process.start()
        theirs.close()

    @property
    def ready(self) -> bool:
        """Whether it has come to an end, good or bad."""
        return self._mine.poll() or not self._process.is_alive()

    def result(self) -> T:
        """What it gave; raises `RuntimeError` with its own words if it failed."""
        try:
            good, value = self._mine.recv()
        except EOFError as error:
            raise RuntimeError(f"the process ended with code {self._process.exitcode}") from error
        if not good:
            raise RuntimeError(value)
        return value  # type: ignore[no-any-return]

    def end(self) -> None:
        """End it, finished or not."""
        self._process.terminate()
        self._process.join()
        self._mine.close()


def _work(channel: Connection, call: Callable[..., object], args: tuple[object, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the keyboard's interrupt is for the process that asked
    try:
        channel.send((True, call(*args)))
    except Exception as error:  # noqa: BLE001 - it is told where it was asked for
        channel.send((False, f"{error}"))
