"""A plan as tables (what each move carries is a table of its own) and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from pydantic import BaseModel

from drawdown.files.build import build_rows, check_format
from drawdown.files.findings import Findings
from drawdown.files.grid import Grid, Values, read_grid
from drawdown.mission.faults import Spot, suggest
from drawdown.mission.vocabulary import Column, columns
from drawdown.plan.model import Closure, Disposal, Move, Plan, Separation, StepRun

#: The tables of a plan, each with the class of its rows, beside its header ``plan`` and its ``loads``.
RECORDS: dict[str, type[BaseModel]] = {
    "moves": Move,
    "disposals": Disposal,
    "separations": Separation,
    "steps": StepRun,
    "closures": Closure,
}

#: CSV files of a plan's folder, in the order in which they are read.
PLAN_TABLES = ("moves", "loads", "disposals", "separations", "steps", "closures")

#: What a load carries -> the field of the move that counts it.
CARRIED = {"lift": "lift", "escort": "escorts", "people": "people", "lot": "lots", "driven": "driven"}

Settings = dict[str, str | int | float | bool]


@dataclass(frozen=True)
class Load:
    """A row of ``loads``: so many of something go with a move."""

    move: str
    carries: str
    what: str
    count: int


def plan_columns(table: str) -> tuple[Column, ...]:
    """The columns of a table of a plan."""
    return columns(table, "drawdown.plan")


def plan_loads(plan: Plan) -> Iterator[Load]:
    """What the moves carry, move by move, sorted so that equal plans give equal rows."""
    for move in plan.moves:
        for carries, name in CARRIED.items():
            for what, count in sorted(getattr(move, name).items()):
                yield Load(move.id, carries, what, count)


def build_plan(grids: Mapping[str, Grid], settings: Settings, stamp: str, findings: Findings) -> Plan | None:
    """The plan that the grids describe, or None when ``findings`` hold a fault.

    ``stamp`` is the hash that the files give; one that is not the plan's own is only a note, because plans are made
    to be edited.
    """
    values = {table: read_grid(grid, plan_columns(table), findings) for table, grid in grids.items()}
    _tell_extras(grids, values, findings)
    for header in values.get("plan", ()):
        check_format(grids["plan"], header, findings)
    _give_loads(grids, values, findings)
    if findings.fatal:
        return None
    tables: dict[str, Any] = {
        table: build_rows(kind, grids[table], values[table], findings)
        for table, kind in RECORDS.items()
        if table in grids
    }
    if findings.fatal:
        return None
    whole = {**values["plan"][0], **tables, "settings": settings}
    for plan in build_rows(Plan, grids["plan"], [whole], findings):
        if stamp and stamp != plan.hash:
            message, where = "the plan was changed since it was stamped", grids["plan"].where(0, "plan_hash")
            findings.note(Spot("plan", 0, "plan_hash"), message, "verify it again", where, stamp)
        return plan
    return None


def _tell_extras(grids: Mapping[str, Grid], values: Mapping[str, Sequence[Values]], findings: Findings) -> None:
    for table, rows in values.items():
        for name in sorted({name for row in rows for name, _ in row.pop("extras", ())}):
            where = grids[table].where(None, name)
            message = f"`{name}` is a column of your own: it is not part of the plan"
            findings.note(Spot(table, None, name), message, "keep it elsewhere if you need it", where)


def _give_loads(grids: Mapping[str, Grid], values: Mapping[str, Sequence[Values]], findings: Findings) -> None:
    moves: dict[str, Values] = {}
    for number, move in enumerate(values.get("moves", ())):
        if move.get("id") in moves:
            spot, where = Spot("moves", number, "id"), grids["moves"].where(number, "id")
            findings.fault(spot, "is the id of an earlier move", "give it another id", where, move["id"])
        moves.setdefault(move.get("id", ""), move)
    for number, load in enumerate(values.get("loads", ())):
        if len(load) == len(fields(Load)):
            _give(Load(**load), moves, Spot("loads", number), grids["loads"].where(number, None), findings)


def _give(load: Load, moves: dict[str, Values], spot: Spot, where: str, findings: Findings) -> None:
    move = moves.get(load.move)
    if move is None:
        findings.fault(spot, "goes with no move of this plan", suggest(load.move, moves), where, load.move)
        return
    counts = move.setdefault(CARRIED[load.carries], {})
    if load.what in counts:
        findings.fault(spot, "stands twice for the same move", "add the counts up in one row", where, load.what)
    counts[load.what] = load.count
