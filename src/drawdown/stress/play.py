"""Playing futures: a batch at a time, or one with its log."""

from __future__ import annotations

from dataclasses import dataclass

from drawdown.stress.block import Block
from drawdown.stress.kernel.future import play_many
from drawdown.stress.kernel.results import make_results
from drawdown.stress.kernel.state import LOGGED, make_state
from drawdown.stress.kernel.tables import ALL, Tables, prepare
from drawdown.stress.script import Cause, Event, Script

__all__ = ["ALL", "Chronicle", "driver_names", "play", "play_one", "prepare"]

#: Events of one future that are kept when it is played with its log.
LOG_ROWS = 100_000


@dataclass(frozen=True)
class Chronicle:
    """One future: what happened (day, event, a, b), what it came to, and what is in each pile at the end."""

    events: tuple[tuple[int, Event, int, int], ...]
    block: Block
    piles: tuple[int, ...]
    unarrived: tuple[int, ...]  # by take: what has left and is still on its way


def driver_names(script: Script) -> tuple[str, ...]:
    """What the columns of `Block.drivers` are."""
    return (
        *(f"pace {h.name}" for h in script.hazards),
        *(f"{what} {c.name}" for c in script.classes for what in ("refusal", "block days")),
        *(f"shut days {h.name}" for h in script.hazards),
        *(f"rate {p.name}" for p in script.processes),
        "equipment turned in",
        "refusals",
        "lift not turning up",
    )


def _drivers(tables: Tables) -> int:
    return 2 * len(tables.hazards) + 2 * len(tables.classes) + len(tables.processes) + 3


def play(tables: Tables, seed: int, first: int, count: int, chance: int = ALL) -> Block:
    """Futures ``first`` to ``first + count - 1`` of a script (see `prepare`), under some chances (all by default)."""
    results = make_results(tables, count, len(Cause), _drivers(tables))
    play_many(tables, make_state(tables), results, seed, first, int(chance))
    return Block(first, *results)


def play_one(script: Script, seed: int, future: int, chance: int = ALL, *, tables: Tables | None = None) -> Chronicle:
    """One future with its log. Whoever plays many gives the ``tables`` that `prepare` made of the script."""
    tables = prepare(script) if tables is None else tables
    state = make_state(tables, LOG_ROWS)
    results = make_results(tables, 1, len(Cause), _drivers(tables))
    play_many(tables, state, results, seed, future, int(chance))
    rows = state.log[: state.sums[LOGGED]].tolist()
    sent = [int(n) if i else 0 for n, i in zip(state.takes["taken"], state.takes["taken"] > 0, strict=True)]
    return Chronicle(
        events=tuple(sorted((day, Event(event), a, b) for day, event, a, b in rows)),
        block=Block(future, *results),
        piles=tuple(state.piles["stock"].tolist()),
        unarrived=tuple(0 if state.takes["arrived"][n] else sent[n] for n in range(len(script.takes))),
    )
