"""Facts as people file them: a CSV, the sheet ``actuals`` of a workbook, lines of JSON, or words on a command line.

All of them are read as the table ``actuals`` is, by the same readers; but a fact needs no id yet, and a row that
cannot be read does not stop the others. Only what makes all of the file doubtful (a column that nobody knows, a file
that is torn in the middle) does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from drawdown.files.excel.read import open_sheets, read_sheet
from drawdown.files.fact_lines import read_lines
from drawdown.files.findings import Findings, Where, printable, shown
from drawdown.files.grid import Grid, Values, holds_something, read_grid
from drawdown.files.text.csv_table import read_csv
from drawdown.files.text.plain import kind_of
from drawdown.mission.faults import Fault, Spot
from drawdown.mission.vocabulary import columns

TABLE = "actuals"

#: The columns of a fact. Its id may be blank: it is then made of what it says.
COLUMNS = tuple(replace(column, required=column.required and column.name != "id") for column in columns(TABLE))

_FORMS = "name a CSV file, a workbook (.xlsx), lines of JSON (.jsonl), or a mission whose actuals are meant"


@dataclass(frozen=True)
class FactRow:
    """One row: its values by column, its cells as they stand, and why it cannot be read (if so)."""

    values: Values
    cells: Mapping[str, str]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class FactReading:
    """Facts as they were read; ``where`` finds a row (counted from 0) and column in the file again.

    ``faults`` are those of the file as a whole; if one of them is a *fault*, none of the rows is to be trusted.
    """

    rows: tuple[FactRow, ...]
    faults: tuple[Fault, ...]
    where: Where

    @property
    def usable(self) -> bool:
        """Whether rows without faults can be taken as they are."""
        return all(fault.severity != "fault" for fault in self.faults)


class _ByRow(Findings):
    """Findings that keep every fault of a row, however many rows have the same."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[int, list[Fault]] = defaultdict(list)

    def fault(self, spot: Spot, message: str, remedy: str, where: str, value: object = "") -> None:
        """Tell a fault of a row, or of the whole file."""
        if spot.row is None:
            super().fault(spot, message, remedy, where, value)
        else:
            self.rows[spot.row].append(Fault("fault", spot, shown(value), message, remedy, printable(where)))


def read_facts(path: str | Path) -> FactReading:
    """Read a file of facts. Never fails: whatever is wrong is among the faults, all of it at once."""
    path, findings = Path(path), _ByRow()
    if kind_of(path) == "folder":
        path /= f"{TABLE}.csv"
    suffix, kind = path.suffix.lower(), kind_of(path)
    grid = None
    if kind != "file":
        findings.fault(Spot(TABLE), "does not exist", _FORMS, str(path), path.name)
    elif suffix in {".csv", ".tsv", ".txt"}:
        grid = read_csv(path, TABLE, COLUMNS, findings)
    elif suffix in {".xlsx", ".xlsm"}:
        grid = _sheet(path, findings)
    elif suffix == ".jsonl":
        grid = read_lines(path, TABLE, COLUMNS, findings)
    else:
        findings.fault(Spot(TABLE), "is no form in which facts are filed", _FORMS, path.name, suffix)
    return _reading(grid, findings, path.name)


def read_fact(words: Mapping[str, str], places: Mapping[str, str]) -> FactReading:
    """One fact in words by column, as somebody typed it; ``places`` says where each stands (``--happened``)."""
    header = [*words, *(column.name for column in COLUMNS if column.required and column.name not in words)]

    def where(_row: int | None, column: str | None) -> str:
        return places.get(column or "", "the command")

    grid = Grid(TABLE, header, [[words.get(name) for name in header]], where)
    return _reading(grid, _ByRow(), "the command")


def _sheet(path: Path, findings: Findings) -> Grid | None:
    opened = open_sheets(path, findings)
    if opened is None:
        return None
    package, sheets = opened
    sheet = sheets.get(TABLE) or next(iter(package.sheets), None)
    if sheet is None:
        findings.fault(Spot(TABLE), "has no sheet", f"add a sheet `{TABLE}`", path.name)
        return None
    return read_sheet(package, TABLE, sheet, findings)


def _reading(grid: Grid | None, findings: _ByRow, name: str) -> FactReading:
    if grid is None:
        return FactReading((), findings.found((TABLE,)), lambda _row, _column: name)
    values = read_grid(grid, COLUMNS, findings)
    rows = tuple(
        FactRow(row, dict(_cells(grid.header, cells)), _of_row(findings.rows.get(number, ())))
        for number, (row, cells) in enumerate(zip(values, grid.rows, strict=True))
    )
    return FactReading(rows, findings.found((TABLE,)), grid.where)


def _of_row(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """The faults of a row; of a row that is torn only that, because what it lacks follows from it."""
    return tuple([fault for fault in faults if fault.spot.column is None] or faults)


def _cells(header: Sequence[str], cells: Sequence[object]) -> Iterator[tuple[str, str]]:
    """The filled cells of a row, as text."""
    return ((name, str(cell)) for name, cell in zip(header, cells, strict=True) if holds_something(cell))
