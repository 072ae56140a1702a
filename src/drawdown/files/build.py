"""From grids to a mission: every table is read, whatever is wrong with the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from drawdown.files.findings import Findings
from drawdown.files.grid import Grid, Values, read_grid
from drawdown.mission import tables
from drawdown.mission.checks.references import unresolved
from drawdown.mission.faults import Spot
from drawdown.mission.mission import Mission
from drawdown.mission.row import Row
from drawdown.mission.vocabulary import OPTIONAL, TABLES, columns

FORMAT = 1

RecordT = TypeVar("RecordT", bound=BaseModel)


def build_mission(grids: Mapping[str, Grid], findings: Findings) -> Mission | None:
    """The mission that the grids describe, or None when ``findings`` hold a fault.

    A table without a grid is empty; whoever made the grids has told of required tables that are missing.
    """
    values = {table: read_grid(grid, columns(table), findings) for table, grid in grids.items()}
    for header in values.get("mission", ()):
        check_format(grids["mission"], header, findings)
    if findings.fatal:
        for found in unresolved(values, findings.doubtful):
            where = grids[found.spot.table].where(found.spot.row, found.spot.column)
            value = values[found.spot.table][found.spot.row or 0].get(found.spot.column or "")
            findings.fault(found.spot, found.message, found.remedy, where, value)
        return None
    rows = {table: build_rows(row_class(table), grids[table], values[table], findings) for table in grids}
    if any(len(rows[table]) < len(values[table]) for table in rows):
        return None
    return Mission.model_validate({**rows, "mission": rows["mission"][0]})


def row_class(table: str) -> type[Row]:
    """The class of a table's rows."""
    found: type[Row] = getattr(tables, TABLES[table][0])
    return found


def required(table: str) -> bool:
    """Whether a mission must have the table, if only its header."""
    return table not in OPTIONAL


def build_rows(kind: type[RecordT], grid: Grid, values: Sequence[Values], findings: Findings) -> tuple[RecordT, ...]:
    """Values as records. What the cells' readers let through and the records refuse is told as a fault."""
    records: list[RecordT] = []
    for number, row in enumerate(values):
        try:
            records.append(kind.model_validate(row))
        except ValidationError as problems:
            for problem in problems.errors(include_url=False):
                column = str(problem["loc"][0]) if problem["loc"] else None
                spot, where = Spot(grid.table, number, column), grid.where(number, column)
                findings.fault(spot, f"`{column}`: {problem['msg']}", "correct the value", where, problem["input"])
    return tuple(records)


def check_format(grid: Grid, header: Values, findings: Findings) -> None:
    """Refuse a format that this version does not know."""
    if header.get("format", FORMAT) != FORMAT:
        spot, where = Spot(grid.table, 0, "format"), grid.where(0, "format")
        message = f"is a format that this version does not know; it reads format {FORMAT}"
        findings.fault(spot, message, "use the version of Drawdown that wrote it", where, header["format"])
