"""One table as a file holds it, and its rows as values.

A folder, a workbook and a JSON file differ only in how they make a `Grid`; what its header and cells mean is
decided here, once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
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

_EXTRA_COLUMN = Column("", "text", "", "", required=False, meaning="", base="text", args=(), low=None, high=None)


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
    """The grid of rows that name their values, as YAML and JSON do. A required column that no row names is missing in each."""
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
            _read_column(grid, index, known[name], rows, findings)
        else:
            _read_extra(grid, index, name, rows, findings)
    return rows


def _columns_to_read(grid: Grid, known: dict[str, Column], findings: Findings) -> list[tuple[int, str]]:
    chosen: dict[str, int] = {}
    for index, name in enumerate(grid.header):
        spot, where = Spot(grid.table, None, name), grid.where(None, name)
        if name in chosen:
            findings.add(spot, "is a column twice", "delete one of the two", where, value=name)
        elif name in known or re.fullmatch(EXTRA, name):
            chosen[name] = index
        elif name.lower().startswith("x_"):
            findings.add(spot, "names a column of your own, but not well", _EXTRA_RULE, where, value=name)
        elif name:
            remedy = f"{suggest(name, known)}; a column of your own begins with `x_`"
            findings.add(spot, "is no column of this table", remedy, where, value=name)
        elif any(holds_something(row[index]) for row in grid.rows):
            findings.add(spot, "has no name in the header, but cells below it", "name it, or delete it", where)
    for column in known.values():
        if column.required and column.name not in chosen:
            remedy = f"add it: {column.meaning}"
            findings.add(Spot(grid.table, None, column.name), f"`{column.name}` is missing", remedy, grid.where(None, None))
    return [(index, name) for name, index in chosen.items()]


_EXTRA_RULE = "use `x_` and then up to 62 lower-case letters, digits and underscores"


def holds_something(value: object) -> bool:
    """Whether a cell holds anything at all."""
    return bool(value.strip()) if isinstance(value, str) else value is not None


def _read_column(grid: Grid, index: int, column: Column, rows: list[Values], findings: Findings) -> None:
    name, read = column.name, reader(column)
    texts: dict[str, object] = {}  # the same text again and again is read once
    notes: set[str] = set()
    for number, row in enumerate(grid.rows):
        value = row[index]
        try:
            typed = as_text(column, value, grid.epoch)
            text = typed.text
            if text:
                if text not in texts:
                    texts[text] = read(text)
                rows[number][name] = texts[text]
            elif column.required:
                raise Refused("is missing", f"fill it in: {column.meaning}")
        except Refused as refused:
            spot = Spot(grid.table, number, name)
            findings.add(spot, f"`{name}` {refused.message}", refused.remedy, grid.where(number, name), value=value)
        else:
            if typed.note:
                _note_once(grid, number, name, typed, notes, findings)


def _note_once(grid: Grid, number: int, name: str, typed: Typed, notes: set[str], findings: Findings) -> None:
    kind = typed.note.split(":", 1)[0]
    if kind not in notes:
        notes.add(kind)
        spot, where = Spot(grid.table, number, name), grid.where(number, name)
        findings.add(spot, f"`{name}` {typed.note}", typed.remedy, where, value=typed.text, severity="note")


def _read_extra(grid: Grid, index: int, name: str, rows: list[Values], findings: Findings) -> None:
    for number, row in enumerate(grid.rows):
        try:
            text = plain_text(as_text(_EXTRA_COLUMN, row[index], grid.epoch).text)
        except Refused as refused:
            spot = Spot(grid.table, number, name)
            findings.add(spot, f"`{name}` {refused.message}", refused.remedy, grid.where(number, name), value=row[index])
        else:
            if text:
                rows[number].setdefault("extras", []).append((name, text))
