"""One shape for everything that can be wrong with a mission: where, what, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Literal, NamedTuple

#: Names that fit into one message.
FEW = 12

Severity = Literal["fault", "warning", "note"]


class Spot(NamedTuple):
    """A place in a mission: a table, a row (its number from 0, if any) and a column (if any)."""

    table: str
    row: int | None = None
    column: str | None = None


class Fault(NamedTuple):
    """One thing that is wrong.

    ``where`` is a place that a person can open (``sites.csv:4`` or ``sites!C5``); until the reader of
    the files has filled it in, it names the row. A *fault* makes the mission unusable, a *warning* is
    something that a planner would want to know, a *note* tells what was accepted or how it was read.
    """

    severity: Severity
    spot: Spot
    value: str
    message: str
    remedy: str
    where: str = ""


class MissionError(ValueError):
    """A mission that cannot be used; ``faults`` says everything that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        lines = [f"{f.where or spot_text(f.spot)}: {f.message} ({f.remedy})" for f in self.faults]
        super().__init__("\n".join(lines))


def spot_text(spot: Spot) -> str:
    """A spot in words, for missions that were not read from files."""
    table, row, column = spot
    return table + ("" if row is None else f"[{row}]") + ("" if column is None else f".{column}")


def suggest(value: str, known: Iterable[str]) -> str:
    """'did you mean `gao`?' for a near miss; otherwise the choices there are, if they are few."""
    names = sorted(set(known))
    near = get_close_matches(value.lower()[:100], names, n=1, cutoff=0.6)
    if near:
        return f"did you mean `{near[0]}`?"
    if not names:
        return "none is defined yet"
    shown, more = ", ".join(names[:FEW]), len(names) - FEW
    return f"use one of: {shown}" + (f" and {more} more" if more > 0 else "")
