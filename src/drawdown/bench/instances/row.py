"""One line of a benchmark on published instances."""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """An instance: the best known value, ours with its bound and seconds, and what peers reached in the same time."""

    instance: str
    best: float
    ours: float
    bound: float
    seconds: float
    peers: dict[str, float | None]

    @property
    def gap(self) -> float:
        """How much worse ours is than the best known, as a share of it (negative: better)."""
        return self.ours / self.best - 1 if self.best else 0.0


class Linear(NamedTuple):
    """A row of a linear model: its least and greatest value, its columns and their values."""

    low: float
    high: float
    columns: list[int]
    values: list[float]
