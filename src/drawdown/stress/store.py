"""Every future of an ensemble in a folder: Parquet, a row a future, written while it runs and never held in memory.

    store = Store(Path("futures"), resume=True)
    summary = run_ensemble(script, 1_000_000, store=store)

The folder is written under the name ``FOLDER.partial`` and gets its own when it is whole. It then holds
``futures/*.parquet``, ``summary.npz`` and ``run.json``, which says what was run. A run that was killed goes on, with
``resume``, from its finished parts.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from drawdown.stress.block import Block
from drawdown.stress.extras import require
from drawdown.stress.packing import pack, unpack
from drawdown.stress.rows import Names, parquet_bytes
from drawdown.stress.summary import Summary

#: What was run: the script's hash, seed, chance, ... by name.
Facts = dict[str, str | int | float | None]

RUN, SUMMARY, FUTURES = "run.json", "summary.npz", "futures"


class StoreError(ValueError):
    """The folder is in the way, or holds another run; the message says what to do."""


class Store:
    """A folder for the futures of one run. Needs the extra ``store``."""

    def __init__(self, folder: Path, *, resume: bool = False) -> None:
        require("pyarrow", "store", "writing futures to Parquet")
        self.folder = folder.resolve()
        self._draft = self.folder.with_name(f"{self.folder.name}.partial")
        self._resume = resume

    def begin(self, facts: Facts, names: Names) -> Summary | None:
        """Make ready for a run; if a resumed one was whole already, its summary.

        Raises `StoreError` if something is in the way, or a run is resumed that is not the same.
        """
        self._facts, self._names = facts, names
        if self.folder.exists():
            if not self._resume or not (self.folder / RUN).is_file():
                raise StoreError(f"{self.folder} is there already; name another folder, or resume its run")
            _check_same(self.folder, facts)
            return read_summary(self.folder)
        if self._draft.exists() and (self._draft / RUN).exists():
            if not self._resume:
                raise StoreError(f"{self._draft} holds a run that did not end; resume it, or delete the folder")
            _check_same(self._draft, facts)
            if (self._draft / SUMMARY).exists():  # killed in its last moment
                self.end(read_summary(self._draft))
                return read_summary(self.folder)
        (self._draft / FUTURES).mkdir(parents=True, exist_ok=True)
        _write(self._draft / RUN, json.dumps(facts, indent=2).encode())
        return None

    def finished(self) -> Iterator[Summary]:
        """The summaries of the parts that a run has finished, in order."""
        part = 0
        while (path := self._summary(part)).exists():
            yield unpack(path.read_bytes())
            part += 1

    def write(self, part: int, blocks: Sequence[Block], summary: Summary) -> None:
        """Write a part of the futures. It counts from the moment when its summary is there, which comes last."""
        rows = parquet_bytes(blocks, self._names, summary.frame.days, json.dumps(self._facts))
        _write(self._draft / FUTURES / f"part-{part:06}.parquet", rows)
        _write(self._summary(part), pack(summary))

    def end(self, summary: Summary) -> None:
        """All parts are there: tidy up, and give the folder its name."""
        _write(self._draft / SUMMARY, pack(summary))
        for path in (*self._draft.glob("part-*.npz"), *self._draft.rglob("*.tmp")):
            path.unlink()
        self._draft.rename(self.folder)
        _settle(self.folder.parent)

    def _summary(self, part: int) -> Path:
        return self._draft / f"part-{part:06}.npz"


def read_summary(folder: Path) -> Summary:
    """The summary of a store that is whole."""
    return unpack((folder / SUMMARY).read_bytes())


def _check_same(folder: Path, facts: Facts) -> None:
    begun: Facts = json.loads((folder / RUN).read_text(encoding="utf-8"))
    others = {name: begun.get(name) for name, value in facts.items() if begun.get(name) != value}
    if differences := [f"{name} {value}, not {facts[name]}" for name, value in others.items()]:
        raise StoreError(f"{folder} is of another run, with {'; '.join(differences)}; name another folder")


def _write(path: Path, content: bytes) -> None:
    """Put a file in its place whole or not at all, also if the machine stops."""
    draft = path.with_name(f"{path.name}.tmp")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    _settle(path.parent)


def _settle(folder: Path) -> None:
    """Make sure that a rename in a folder is on the disk, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
