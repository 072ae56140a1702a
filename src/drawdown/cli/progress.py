"""Progress on stderr: one line that is written over in a terminal, and nothing at all in a log."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Self


class Progress:
    """Called with what is being done now; leaves the terminal clean when the work ends."""

    def __init__(self) -> None:
        self._shown = 0
        self._live = sys.stderr.isatty()

    def __call__(self, doing: str) -> None:
        """Show what is being done."""
        if self._live:
            sys.stderr.write(f"\r{doing:<{self._shown}}")
            sys.stderr.flush()
            self._shown = len(doing)

    def clear(self) -> None:
        """Take the line away, so that something else can be printed there."""
        if self._shown:
            sys.stderr.write("\r" + " " * self._shown + "\r")
            sys.stderr.flush()
            self._shown = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.clear()
