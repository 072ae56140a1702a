"""Bring a planner's own workbook to the state of a mission by changing only the cells that differ."""

from __future__ import annotations

import posixpath
import re
import shutil
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from drawdown.files import atomic
from drawdown.files.build import row_class
from drawdown.files.cells import Refused, reader
from drawdown.files.excel.package import RELATIONS, WORKBOOK, Package, column_letters
from drawdown.files.excel.read import KEY, SheetGrid, open_sheets, read_sheet
from drawdown.files.excel.sheet_edit import Place, SheetXml, Value
from drawdown.files.findings import Findings
from drawdown.files.grid import OWN_COLUMN
from drawdown.files.limits import Unreadable
from drawdown.files.typed import as_text
from drawdown.files.written import cell_text, extra_names
from drawdown.mission.faults import MissionError, Spot
from drawdown.mission.mission import Mission
from drawdown.mission.row import Row
from drawdown.mission.vocabulary import TABLES, Column, columns

CONTENT_TYPES = "[Content_Types].xml"


def update_workbook(mission: Mission, path: str | Path) -> None:
    """Write a mission into a workbook that is there already, and keep everything else in it.

    Rows are found by their ids. A cell that says the same already stays as it is; rows that the mission no longer
    has become blank; new rows stand below the last one and look like it; a table without a sheet gets one. All
    other sheets, and all formats, comments, charts and pictures, stay byte for byte; so do columns of the planner's
    own (``x_...``) of which the mission knows nothing.

    Formulas are the planner's own: where one gives another value than the mission's, `MissionError` names each such
    cell and nothing is written. It is raised as well for a workbook that cannot be read; `OSError` comes as it is.
    """
    path, findings = Path(path), Findings()
    opened = open_sheets(path, findings)
    if opened is None:
        raise MissionError(findings.found(TABLES))
    package, sheets = opened
    update = _Update(package, findings)
    for table in TABLES:
        rows = mission.rows(table)
        if table in sheets:
            update.sheet(table, sheets[table], rows)
        elif rows:
            update.add_sheet(table, rows)
    if findings.fatal:
        raise MissionError(findings.found(TABLES))
    if update.parts:
        update.recalculate()
        atomic.write_file(path, lambda draft: _save(package, update.parts, path, draft), overwrite=True)


class _Update:
    """The parts of a workbook that change."""

    def __init__(self, package: Package, findings: Findings) -> None:
        self.package = package
        self.findings = findings
        self.parts: dict[str, bytes] = {}

    def sheet(self, table: str, sheet: str, rows: Sequence[Row]) -> None:
        """Change the cells of one table's sheet."""
        grid = read_sheet(self.package, table, sheet, self.findings)
        if grid is None:
            return
        part = self.package.sheets[sheet]
        try:
            xml = SheetXml(self.package.archive.read(part))
        except Unreadable as problem:
            self.findings.unreadable(table, sheet, problem)
            return
        edit = _SheetUpdate(table, grid, xml)
        edit.header(rows[0]) if table == "mission" else edit.rows(rows)
        for row, column in sorted(edit.values.keys() & xml.formulas):
            message, where = (
                "holds a formula that gives another value than the mission's",
                f"{column_letters(column)}{row}",
            )
            remedy = "change what the formula reads, or put the value in its place"
            self.findings.fault(Spot(table), message, remedy, f"{sheet}!{where}")
        if edit.values:
            self.parts[part] = xml.changed(edit.values, edit.styles, self.package.epoch)
            if edit.last_row > grid.lines[-1] + 1:
                self._grow_table(part, grid, edit.last_row)

    def _grow_table(self, part: str, grid: SheetGrid, last_row: int) -> None:
        """Let the Excel table that goes from the header to the last old row, or beyond, reach the last new one."""
        links = posixpath.join(posixpath.dirname(part), "_rels", posixpath.basename(part) + ".rels")
        if links not in self.package.archive.namelist():
            return
        for target in re.findall(rb"""Target=["']([^"']*tables/[^"']*)["']""", self.package.archive.read(links)):
            name = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target.decode())).lstrip("/")
            xml = self.package.archive.read(name)
            area = rb'(\bref="[A-Z]+%d:[A-Z]+)(\d+)"' % (grid.lines[0] + 1)
            self.parts[name] = re.sub(area, lambda found: _stretched(found, grid.lines[-1] + 1, last_row), xml)

    def add_sheet(self, table: str, rows: Sequence[Row]) -> None:
        """Give a table a sheet of its own, after all others."""
        part, link = f"xl/worksheets/drawdown_{table}.xml", f"drawdown_{table}"
        cells = {place: str(value) if isinstance(value, date) else value for place, value in _laid_out(table, rows)}
        empty = b'<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="%b"><sheetData/></worksheet>'
        self.parts[part] = SheetXml(empty % _MAIN).changed(cells, {}, self.package.epoch)
        entry = b'<sheet xmlns="%b" xmlns:r="%b" name="%b" sheetId="%d" r:id="%b"/>'
        taken = re.findall(rb'sheetId="(\d+)"', self._part(WORKBOOK))
        entry %= (_MAIN, _OFFICE, table.encode(), 1 + max(map(int, taken), default=0), link.encode())
        relation = b'<Relationship xmlns="%b" Id="%b" Type="%b/worksheet" Target="/%b"/>'
        relation %= (_PACKAGE + b"relationships", link.encode(), _OFFICE, part.encode())
        override = b'<Override xmlns="%b" PartName="/%b" ContentType="%b"/>'
        override %= (_PACKAGE + b"content-types", part.encode(), _SHEET_TYPE)
        self._insert(WORKBOOK, rb"</(?:\w+:)?sheets>", entry)
        self._insert(RELATIONS, rb"</(?:\w+:)?Relationships>", relation)
        self._insert(CONTENT_TYPES, rb"</(?:\w+:)?Types>", override)

    def _insert(self, part: str, before: bytes, text: bytes) -> None:
        self.parts[part] = re.sub(before, lambda found: text + found[0], self._part(part), count=1)

    def _part(self, name: str) -> bytes:
        return self.parts[name] if name in self.parts else self.package.archive.read(name)

    def recalculate(self) -> None:
        """Have Excel work out every formula when the workbook is opened: what they read may have changed."""
        xml = self._part(WORKBOOK)
        if b"fullCalcOnLoad" not in xml:
            self.parts[WORKBOOK] = re.sub(rb"(<(?:\w+:)?calcPr\b)", rb'\1 fullCalcOnLoad="1"', xml, count=1)


def _stretched(area: re.Match[bytes], old_last: int, last_row: int) -> bytes:
    end = int(area[2])
    return b'%b%d"' % (area[1], max(end, last_row) if end >= old_last else end)


_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = b"http://schemas.openxmlformats.org/package/2006/"
_SHEET_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"


class _SheetUpdate:
    """The cells of one sheet that must change, by place."""

    def __init__(self, table: str, grid: SheetGrid, xml: SheetXml) -> None:
        self.table = table
        self.grid = grid
        self.xml = xml
        self.columns = {column.name: column for column in columns(table)}
        self.readers = {name: reader(column) for name, column in self.columns.items()}
        self.values: dict[Place, Value] = {}
        self.styles: dict[Place, bytes] = {}
        self.last_row = grid.lines[-1] + 1

    def header(self, header: Row) -> None:
        """Change the values of the sheet of keys and values."""
        present = dict(zip(self.grid.header, self.grid.rows[0], strict=True))
        for name, value in _row_values("mission", header).items():
            if self._same(name, present.get(name), value):
                continue
            line = self.grid.keys.get(name, self.last_row) + 1
            if name not in self.grid.keys:
                self.last_row = line
                self.values[line, 1] = name
            keep = not isinstance(value, date) or isinstance(present.get(name), date)
            self.values[line, 2] = value if keep else str(value)

    def rows(self, rows: Sequence[Row]) -> None:
        """Change the rows of a table."""
        places = self._places(rows)
        own = dict.fromkeys(extra_names(rows))
        old: dict[str, list[int]] = {}
        for index, cells in enumerate(self.grid.rows):
            old.setdefault(self._identity(cells), []).append(index)
        for row in rows:
            values = own | _row_values(self.table, row)
            known = old.get(str(values["id"]))
            self._rewrite(known.pop(0), values, places) if known else self._append(values, places)
        for index in (index for left in old.values() for index in left):
            for column, cell in enumerate(self.grid.rows[index], start=1):
                if cell not in ("", None):
                    self.values[self.grid.lines[index + 1] + 1, column] = None

    def _identity(self, cells: Sequence[object]) -> str:
        try:
            return as_text(self.columns["id"], dict(zip(self.grid.header, cells, strict=True)).get("id")).text
        except Refused:
            return ""

    def _places(self, rows: Sequence[Row]) -> dict[str, int]:
        """The column of each name; names that the sheet does not have come to its right if a row needs them."""
        places = {name: index for index, name in reversed(list(enumerate(self.grid.header, start=1))) if name}
        needed = {
            name
            for row in rows
            for name, value in _row_values(self.table, row).items()
            if name not in places and not self._same(name, None, value)
        }
        free = len(self.grid.header) + 1
        for column, name in enumerate((name for name in [*self.columns, *extra_names(rows)] if name in needed), free):
            places[name] = column
            self.values[self.grid.lines[0] + 1, column] = name
        return places

    def _rewrite(self, index: int, values: Mapping[str, Value], places: Mapping[str, int]) -> None:
        line, cells = self.grid.lines[index + 1] + 1, self.grid.rows[index]
        for name, value in values.items():
            column = places.get(name, 0)
            cell = cells[column - 1] if 0 < column <= len(cells) else None
            if column and not self._same(name, cell, value):
                self.values[line, column] = value if isinstance(cell, date) else self._dated(line, column, value)

    def _append(self, values: Mapping[str, Value], places: Mapping[str, int]) -> None:
        """Write a new row below the last one, in its formats."""
        above, self.last_row = self.grid.lines[-1] + 1, self.last_row + 1
        for name, value in values.items():
            if (column := places.get(name)) and value is not None:
                if (style := self.xml.styles.get((above, column))) and len(self.grid.lines) > 1:
                    self.styles[self.last_row, column] = style
                self.values[self.last_row, column] = self._dated(self.last_row, column, value)

    def _dated(self, line: int, column: int, value: Value) -> Value:
        """A date as Excel's own where its cell can take the format of another date in the column, otherwise as text."""
        if not isinstance(value, date):
            return value
        style = self._day_styles.get(column)
        if style is None or (line, column) in self.xml.styles:
            return value.isoformat()
        self.styles[line, column] = style
        return value

    @cached_property
    def _day_styles(self) -> dict[int, bytes]:
        """The style of a cell in each column that is shown as a date."""
        return {
            column: self.xml.styles[line + 1, column]
            for line, cells in zip(self.grid.lines[1:], self.grid.rows, strict=True)
            for column, cell in enumerate(cells, start=1)
            if isinstance(cell, date) and (line + 1, column) in self.xml.styles
        }

    def _same(self, name: str, cell: object, value: Value) -> bool:
        column = self.columns.get(name, OWN_COLUMN)
        try:
            text = as_text(column, cell, self.grid.epoch).text
            if column is OWN_COLUMN:
                return text == (value or "")
            read = self.readers[name](text) if text else _default(self.table, name)
        except Refused:
            return False
        return cell_value(column, read) == value


def cell_value(column: Column, value: Any) -> Value:
    """A value as a workbook's cell holds it: a number, a date or text; None for a blank cell."""
    if isinstance(value, int | float | date) and not isinstance(value, bool):
        return value
    return cell_text(column, value) or None


def _row_values(table: str, row: Row) -> dict[str, Value]:
    return {column.name: cell_value(column, getattr(row, column.name)) for column in columns(table)} | dict(row.extras)


def _laid_out(table: str, rows: Sequence[Row]) -> Iterator[tuple[Place, Value]]:
    """The cells of a sheet that has none yet."""
    if table == "mission":
        for line, pair in enumerate([(KEY, "value"), *_row_values(table, rows[0]).items()], start=1):
            yield from (((line, column), value) for column, value in enumerate(pair, start=1))
        return
    names = [column.name for column in columns(table)] + extra_names(rows)
    yield from (((1, index), name) for index, name in enumerate(names, start=1))
    for line, row in enumerate(rows, start=2):
        yield from (((line, names.index(name) + 1), value) for name, value in _row_values(table, row).items())


def _default(table: str, name: str) -> object:
    field = row_class(table).model_fields[name]
    return None if field.is_required() else field.default


def _save(package: Package, parts: dict[str, bytes], path: Path, draft: Path) -> None:
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
        for info in package.archive.infolist():
            data = parts[info.filename] if info.filename in parts else package.archive.read(info)
            archive.writestr(zipfile.ZipInfo(info.filename, info.date_time), data, zipfile.ZIP_DEFLATED)
        for name in parts.keys() - set(package.archive.namelist()):
            archive.writestr(zipfile.ZipInfo(name), parts[name], zipfile.ZIP_DEFLATED)
    shutil.copymode(path, draft)
