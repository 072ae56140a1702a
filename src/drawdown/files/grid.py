"""One table as a file holds it, and its rows as values.

A folder, a workbook and a JSON file differ only in how they make a `Grid`; what its header and cells mean is
decided here, once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from drawdown.files.cells import Refused, plain_text, reader
from drawdown.files.days import EPOCH_1900
from drawdown.files.findings import Findings, Where
from drawdown.files.typed import Typed, as_text
from drawdown.mission.faults import Spot, suggest
from drawdown.mission.row import EXTRA
from drawdown.mission.vocabulary import Column

Values = dict[str, Any]

#: A column of the reader's own: text that is kept as it is.
OWN_COLUMN = Column("", "text", "", "", required=False, meaning="", base="text", args=(), low=None, high=None)

_OWN_NAME = "write `x_` and then lower-case letters, digits and underscores"


@dataclass(frozen=True)
class Grid:
    """A table's header and rows, as they stand in a file.

    Every row is as long as the header; blank rows are left out. ``where`` finds a row (counted from 0)
    and column in the file again. ``epoch`` is day 0 of a workbook's serial dates.
    """

    table: str
    header: Sequence[str]
    rows: Sequence[Sequence[object]]
    where: Where
    epoch: date = EPOCH_1900


def grid_of_records(
    table: str, records: Sequence[Mapping[str, object]], columns: Sequence[Column], where: Where
) -> Grid:
    """The grid of rows that name their values, as YAML and JSON do.

    A required column that no row names is missing in each of them.
    """
    needed = [column.name for column in columns if column.required]
    header = list(dict.fromkeys([*needed, *(key for record in records for key in record)]))
    return Grid(table, header, [[record.get(name) for name in header] for record in records], where)


def read_grid(grid: Grid, columns: Sequence[Column], findings: Findings) -> list[Values]:
    """The values of every row by column; what cannot be read is left out and told to ``findings``.

    A blank cell has no entry. Columns of the reader's own (``x_...``) come as pairs under ``extras``.
    """
    rows: list[Values] = [{} for _ in grid.rows]
    known = {column.name: column for column in columns}
    for index, name in _columns_to_read(grid, known, findings):
        if name in known:
            column = _Column(grid, index, known[name], findings)
            for row, value in zip(rows, column.values(reader(known[name])), strict=True):
                if value is not None:
                    row[name] = value
        else:
            column = _Column(grid, index, OWN_COLUMN, findings)
            for row, value in zip(rows, column.values(plain_text), strict=True):
                if value is not None:
                    row.setdefault("extras", []).append((name, value))
    return rows


def holds_something(value: object) -> bool:
    """Whether a cell is not blank."""
    return bool(value.strip()) if isinstance(value, str) else value is not None


def _columns_to_read(grid: Grid, known: Mapping[str, Column], findings: Findings) -> list[tuple[int, str]]:
    chosen: dict[str, int] = {}
    for index, name in enumerate(grid.header):
        spot, where = Spot(grid.table, None, name), grid.where(None, name)
        if name in chosen:
            findings.fault(spot, "is a column twice", "delete one of the two", where, name)
        elif name in known or re.fullmatch(EXTRA, name):
            chosen[name] = index
        elif name.lower().startswith("x_"):
            findings.fault(spot, "is no good name for a column of your own", _OWN_NAME, where, name)
        elif name:
            remedy = f"{suggest(name, known)}; a column of your own begins with `x_`"
            findings.fault(spot, "is no column of this table", remedy, where, name)
        elif any(holds_something(row[index]) for row in grid.rows):
            findings.fault(spot, "has cells in a column without a name", "name the column, or clear it", where)
    for column in known.values():
        if column.required and column.name not in chosen:
            spot, where = Spot(grid.table, None, column.name), grid.where(None, None)
            findings.fault(spot, f"`{column.name}` is missing", f"add the column: {column.meaning}", where)
    return [(index, name) for name, index in chosen.items()]


class _Column:
    """The cells of one column of a grid."""

    def __init__(self, grid: Grid, index: int, column: Column, findings: Findings) -> None:
        self.grid = grid
        self.index = index
        self.column = column
        self.name = grid.header[index]
        self.findings = findings
        self.notes: set[str] = set()

    def values(self, read: Callable[[str], object]) -> list[object]:
        """The value of each row; None where the cell is blank or refused."""
        known: dict[str, object] = {}  # the same text again and again is read once
        values: list[object] = []
        for number, row in enumerate(self.grid.rows):
            cell = row[self.index]
            value = known[cell] if isinstance(cell, str) and cell in known else self._value(number, cell, read)
            if isinstance(cell, str):
                known[cell] = value
            if isinstance(value, Refused):
                self._tell(number, value, cell)
                value = None
            values.append(value)
        return values

    def _value(self, number: int, cell: object, read: Callable[[str], object]) -> object:
        """A cell's value, None if it is blank, or why it is refused."""
        try:
            text = self._text(number, cell)
            if text:
                return read(text)
        except Refused as refused:
            return refused
        return Refused("is missing", f"fill it in: {self.column.meaning}") if self.column.required else None

    def _text(self, number: int, cell: object) -> str:
        typed = as_text(self.column, cell, self.grid.epoch)
        if typed.note and self.column is not OWN_COLUMN:
            self._note_once(number, typed)
        return typed.text

    def _note_once(self, number: int, typed: Typed) -> None:
        kind = typed.note.split(":", 1)[0]
        if kind not in self.notes:
            self.notes.add(kind)
            spot, where = Spot(self.grid.table, number, self.name), self.grid.where(number, self.name)
            self.findings.note(spot, f"`{self.name}` {typed.note}", typed.remedy, where, typed.text)

    def _tell(self, number: int, refused: Refused, cell: object) -> None:
        spot, where = Spot(self.grid.table, number, self.name), self.grid.where(number, self.name)
        value = "" if cell is None else cell
        self.findings.fault(spot, f"`{self.name}` {refused.message}", refused.remedy, where, value)
