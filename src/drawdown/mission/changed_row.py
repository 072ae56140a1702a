"""A row of a mission with the cells that a what-if changes, or what is wrong with those cells."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from pydantic import ValidationError

from drawdown.mission import tables
from drawdown.mission.faults import Fault, Spot, suggest
from drawdown.mission.mission import Mission
from drawdown.mission.row import Row
from drawdown.mission.tables import WhatIf
from drawdown.mission.values import number_in
from drawdown.mission.vocabulary import TABLES, Column, columns

#: Rows of a what-if about one row of one table, with their numbers in ``what_ifs``.
Cells = list[tuple[int, WhatIf]]


def cell_fault(number: int, cell: WhatIf, column: str, message: str, remedy: str) -> Fault:
    """A fault of one column of a row of ``what_ifs``."""
    return Fault("fault", Spot("what_ifs", number, column), str(getattr(cell, column) or ""), message, remedy)


def changed_row(mission: Mission, table: str, name: str, cells: Cells) -> Row | list[Fault]:
    """The row of a table with its cells changed, a new row if the table has none of that id, or all that is wrong.

    The row is really built, so it holds only what its columns allow.
    """
    known = {column.name: column for column in columns(table)}
    old = next((row for row in mission.rows(table) if vars(row)["id"] == name), None)
    if faults := [*_unknown(mission, table, cells, known, new=old is None)]:
        return faults
    values: dict[str, Any] = {"id": name} if old is None else dict(old)
    for _, cell in cells:
        values.pop(cell.column, None)
        if cell.value is not None:
            values[cell.column] = _value(known[cell.column], cell.value)
    kind: type[Row] = getattr(tables, TABLES[table][0])
    try:
        return kind.model_validate(values, strict=True)
    except ValidationError as problems:
        return [*_refused(problems, mission, table, cells)]


def _unknown(mission: Mission, table: str, cells: Cells, known: dict[str, Column], *, new: bool) -> Iterator[Fault]:
    for number, cell in cells:
        if new and table == "mission":
            own = mission.mission.id
            yield cell_fault(number, cell, "row", f"the mission's own row is `{own}`", f"write `{own}`")
        if cell.column == "id" or cell.column not in known:
            message = f"{table} has no column `{cell.column}` that can change"
            yield cell_fault(number, cell, "column", message, suggest(cell.column, known.keys() - {"id"}))


def _value(column: Column, text: str) -> object:
    """A cell as a value of its column; text that is none is left as it is, for the row to refuse."""
    if column.many:
        return tuple(word for part in text.split(";") if (word := part.strip()))
    if column.base == "yes/no":
        return {"yes": True, "no": False}.get(text, text)
    if column.base == "date":
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    if column.low is None or (number := number_in(text)) is None:
        return text
    return int(number) if column.base == "integer" and number.is_integer() else number


def _refused(problems: ValidationError, mission: Mission, table: str, cells: Cells) -> Iterator[Fault]:
    """What the row refuses, told of the cell that says it; what a new row lacks, told of its first cell."""
    by_column = {cell.column: (number, cell) for number, cell in cells}
    first_number, first = cells[0]
    lacking = []
    for problem in problems.errors(include_url=False):
        column = str(problem["loc"][0])
        if column in by_column:
            number, cell = by_column[column]
            blank = cell.value is None
            message = f"`{column}` of {table} {'cannot be blank' if blank else 'is not: ' + problem['msg']}"
            yield cell_fault(number, cell, "value", message, "give a value" if blank else "correct the value")
        elif column == "id":
            message = f"`{first.row}` is no id for a new row of {table}"
            yield cell_fault(first_number, first, "row", message, "use small letters, digits, hyphens and underscores")
        else:
            lacking.append(f"`{column}`")
    if lacking:
        near = suggest(first.row, [str(vars(row)["id"]) for row in mission.rows(table)])
        message = f"{table} has no row `{first.row}`, and a new one lacks {', '.join(lacking)}"
        yield cell_fault(first_number, first, "row", message, f"give those cells too, or {near}")
