"""Read a mission from an Excel workbook: a sheet a table, and a sheet ``mission`` of keys and values."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from drawdown.files.build import build_mission, required
from drawdown.files.excel.package import Package, column_letters, extent, open_package, troubled_cells
from drawdown.files.findings import Findings
from drawdown.files.grid import Grid, grid_of_records, holds_something
from drawdown.files.limits import Unreadable
from drawdown.files.reading import Reading
from drawdown.files.typed import Uncalculated
from drawdown.mission.faults import Spot
from drawdown.mission.vocabulary import TABLES, columns

#: The first cell of the header sheet's own header, and the sheet that holds the words of drop-downs.
KEY, CHOICES = "key", "choices"

_OTHERS = ("x_", CHOICES)
_NAME, _NEAR = 40, 0.8  # how much of a sheet's name is compared, and how near to a table's it must be

T = TypeVar("T")
Cells = list[list[Any]]


@dataclass(frozen=True)
class SheetGrid(Grid):
    """The grid of a sheet.

    ``lines`` are the sheet's lines (from 0) of its header and rows, ``keys`` those of the keys of ``mission``.
    """

    lines: Sequence[int] = ()
    keys: Mapping[str, int] = field(default_factory=dict)


def read_workbook(path: Path) -> Reading:
    """Read a mission's workbook. Never fails: what is wrong is in the reading's faults."""
    findings = Findings()
    opened = open_sheets(path, findings)
    if opened is None:
        return Reading(None, findings.found(TABLES))
    package, sheets = opened
    grids: dict[str, Grid] = {}
    for table in TABLES:
        if table in sheets:
            grid = read_sheet(package, table, sheets[table], findings)
            if grid is not None:
                grids[table] = grid
        elif required(table):
            remedy = f"add a sheet `{table}`: {TABLES[table][2]}"
            findings.fault(Spot(table), "is missing", remedy, f"{path.name}!{table}")
    mission = build_mission(grids, findings)
    return Reading(mission, findings.found(TABLES), {table: grid.where for table, grid in grids.items()})


def open_sheets(path: Path, findings: Findings) -> tuple[Package, dict[str, str]] | None:
    """A workbook and the sheet of each of its tables, or None when ``findings`` say why it cannot be read."""
    try:
        package = open_package(path, findings.allowance)
    except Unreadable as problem:
        findings.unreadable("mission", path.name, problem)
        return None
    return package, _sheets(package, findings)


def _sheets(package: Package, findings: Findings) -> dict[str, str]:
    """The sheet of each table; tells of two sheets for one table, and of sheets whose names are nearly a table's."""
    found: dict[str, str] = {}
    for sheet in package.sheets:
        table = sheet.strip().lower().replace(" ", "_")
        if table in found:
            message = f"is there twice: `{found[table]}` and `{sheet}`"
            findings.fault(Spot(table), message, "rename or delete one", sheet, sheet)
        elif table in TABLES:
            found[table] = sheet
        elif near := [] if table.startswith(_OTHERS) else get_close_matches(table[:_NAME], TABLES, 1, _NEAR):
            remedy = f"rename it to `{near[0]}`, or to `x_...` if it is your own"
            findings.warn(Spot(near[0]), "is a sheet that was not read", remedy, sheet, sheet)
    return found


def read_sheet(package: Package, table: str, sheet: str, findings: Findings) -> SheetGrid | None:
    """The grid of a sheet, or None when ``findings`` say why there is none."""
    try:
        cells = _cells(package, sheet, findings)
    except Unreadable as problem:
        findings.unreadable(table, sheet, problem)
        return None
    filled = [number for number, row in enumerate(cells) if any(holds_something(cell) for cell in row)]
    if table == "mission":
        return _header_grid(sheet, cells, filled, package, findings)
    if filled:
        return _table_grid(table, sheet, cells, filled, package)
    findings.fault(Spot(table), "is empty", "write the names of its columns in the first row", sheet)
    return None


def _cells(package: Package, sheet: str, findings: Findings) -> Cells:
    try:
        xml = package.archive.read(package.sheets[sheet])
    except KeyError:
        raise Unreadable("is a sheet without cells", "make it a worksheet") from None
    findings.allowance.take_cells(extent(xml))
    cells = _guarded(lambda: _calamine(package.data, sheet))
    for row, column, error in troubled_cells(xml):
        if row <= len(cells) and column <= len(cells[row - 1]):
            cells[row - 1][column - 1] = error or Uncalculated()
    return cells


def _calamine(data: bytes, sheet: str) -> Cells:
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - heavy

    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        return book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def _guarded(read: Callable[[], T]) -> T:
    try:
        return read()
    except BaseException as problem:
        # A panic of the Rust library is no Exception; interrupts and the like go on.
        if isinstance(problem, Exception) or type(problem).__name__ == "PanicException":
            raise Unreadable("is damaged", "open the workbook in Excel or LibreOffice and save it again") from problem
        raise


def _table_grid(table: str, sheet: str, cells: Cells, lines: list[int], package: Package) -> SheetGrid:
    header = [cell.strip() if isinstance(cell, str) else str(cell) for cell in cells[lines[0]]]
    letters = {name: column_letters(index) for index, name in reversed(list(enumerate(header, start=1)))}

    def where(row: int | None, column: str | None) -> str:
        line = lines[row + 1] if row is not None and row + 1 < len(lines) else lines[0]
        return f"{sheet}!{letters.get(column or '', 'A')}{line + 1}"

    rows = [cells[number] for number in lines[1:]]
    return SheetGrid(table, header, rows, where, package.epoch, lines=lines)


def _header_grid(sheet: str, cells: Cells, lines: list[int], package: Package, findings: Findings) -> SheetGrid:
    record: dict[str, object] = {}
    keys: dict[str, int] = {}
    for number in lines:
        key, value = str(cells[number][0]).strip(), (cells[number] + [""])[1]
        if key in record:
            spot, where = Spot("mission", 0, key), f"{sheet}!A{number + 1}"
            findings.fault(spot, "is a key twice", "delete one of the two", where, key)
        elif key and key.lower() != KEY:
            record[key], keys[key] = value, number

    def where_is(_row: int | None, column: str | None) -> str:
        return f"{sheet}!B{keys[column] + 1}" if column in keys else f"{sheet}!A1"

    grid = grid_of_records("mission", [record], columns("mission"), where_is)
    return SheetGrid("mission", grid.header, grid.rows, where_is, package.epoch, lines=lines or [0], keys=keys)
