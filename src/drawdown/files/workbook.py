"""Read a mission from an Excel workbook: a sheet a table, and a sheet ``mission`` with a key and a value in each row."""

from __future__ import annotations

import io
from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from drawdown.files.build import build_mission, required
from drawdown.files.findings import Findings
from drawdown.files.grid import Grid, grid_of_records, holds_something
from drawdown.files.limits import TooMuch
from drawdown.files.reading import Reading
from drawdown.files.text_file import TOO_MUCH, Unreadable
from drawdown.files.typed import UNCALCULATED
from drawdown.files.xlsx_package import Package, column_letters, extent, open_package, troubled_cells
from drawdown.mission.faults import Spot
from drawdown.mission.vocabulary import TABLES, columns

#: The first cell of the header sheet's own header, and the sheet that holds the words of drop-downs.
KEY, CHOICES = "key", "choices"

T = TypeVar("T")
Cells = list[list[Any]]


def read_workbook(path: Path) -> Reading:
    """Read a mission's workbook. Never fails: what is wrong is in the reading's faults."""
    findings = Findings()
    package = _opened(path, findings)
    if package is None:
        return Reading(None, findings.found())
    grids: dict[str, Grid] = {}
    sheets = sheet_names(package, findings)
    for table in TABLES:
        if table in sheets:
            grid = read_sheet(package, table, sheets[table], findings)
            if grid is not None:
                grids[table] = grid
        elif required(table):
            findings.add(Spot(table), "is missing", f"add a sheet `{table}`: {TABLES[table][2]}", f"{path.name}!{table}")
    mission = build_mission(grids, findings)
    return Reading(mission, findings.found(), {table: grid.where for table, grid in grids.items()})


def _opened(path: Path, findings: Findings) -> Package | None:
    try:
        return open_package(path, findings.allowance)
    except Unreadable as problem:
        findings.add(Spot("mission"), problem.message, problem.remedy, path.name)
    except TooMuch as problem:
        findings.add(Spot("mission"), str(problem), TOO_MUCH, path.name)
    except OSError as problem:
        findings.add(Spot("mission"), f"cannot be read: {problem.strerror}", "check its name and permissions", path.name)
    return None


def sheet_names(package: Package, findings: Findings) -> dict[str, str]:
    """The sheet of each table; tells of two sheets for one table, and of sheets whose names are nearly a table's."""
    found: dict[str, str] = {}
    for sheet in package.sheets:
        table = sheet.strip().lower().replace(" ", "_")
        if table in found:
            findings.add(Spot(table), f"is there twice: `{found[table]}` and `{sheet}`", "rename or delete one", sheet, value=sheet)
        elif table in TABLES:
            found[table] = sheet
        elif table != CHOICES and not table.startswith("x_") and (near := get_close_matches(table[:40], TABLES, 1, 0.8)):
            remedy = f"rename it to `{near[0]}` if it is meant; a sheet of your own is safe if its name begins with `x_`"
            findings.add(Spot(near[0]), "is a sheet that was not read", remedy, sheet, value=sheet, severity="warning")
    return found


def read_sheet(package: Package, table: str, sheet: str, findings: Findings) -> Grid | None:
    """The grid of a sheet, or None when ``findings`` say why there is none."""
    try:
        cells = _cells(package, sheet, findings)
    except Unreadable as problem:
        findings.add(Spot(table), problem.message, problem.remedy, sheet)
    except TooMuch as problem:
        findings.add(Spot(table), str(problem), "delete the rows and columns below and beside its cells", sheet)
    else:
        filled = [number for number, row in enumerate(cells) if any(holds_something(cell) for cell in row)]
        if table == "mission":
            return _header_grid(sheet, cells, filled, package, findings)
        if filled:
            return _table_grid(table, sheet, cells, filled, package)
        findings.add(Spot(table), "is empty", "write the names of its columns in the first row", sheet)
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
            cells[row - 1][column - 1] = error or UNCALCULATED
    return cells


def _calamine(data: bytes, sheet: str) -> Cells:
    from python_calamine import CalamineWorkbook

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


def _table_grid(table: str, sheet: str, cells: Cells, filled: list[int], package: Package) -> Grid:
    first, *numbers = filled
    header = [cell.strip() if isinstance(cell, str) else str(cell) for cell in cells[first]]
    letters = {name: column_letters(index) for index, name in reversed(list(enumerate(header, start=1)))}

    def where(row: int | None, column: str | None) -> str:
        line = numbers[row] if row is not None and row < len(numbers) else first
        return f"{sheet}!{letters.get(column or '', 'A')}{line + 1}"

    return Grid(table, header, [cells[number] for number in numbers], where, package.epoch)


def _header_grid(sheet: str, cells: Cells, filled: list[int], package: Package, findings: Findings) -> Grid:
    record: dict[str, object] = {}
    lines: dict[str, int] = {}
    for number in filled:
        key, value = str(cells[number][0]).strip(), (cells[number] + [""])[1]
        if key in record:
            spot, where = Spot("mission", 0, key), f"{sheet}!A{number + 1}"
            findings.add(spot, "is a key twice", "delete one of the two", where, value=key)
        elif key and key.lower() != KEY:
            record[key], lines[key] = value, number

    def where_is(_row: int | None, column: str | None) -> str:
        return f"{sheet}!B{lines[column] + 1}" if column in lines else f"{sheet}!A1"

    grid = grid_of_records("mission", [record], columns("mission"), where_is)
    return Grid(grid.table, grid.header, grid.rows, grid.where, package.epoch)
