"""Write a mission as an Excel workbook that a planner can fill in, the same bytes for the same mission.

A sheet a table with a frozen header, the unit and meaning of each column as a comment, drop-downs for words, text
format where Excel would eat zeros, and real dates. The workbook of no mission is the template.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from drawdown.files.cells import reader
from drawdown.files.excel.package import column_letters
from drawdown.files.excel.read import CHOICES, KEY
from drawdown.files.written import cell_text, extra_names, extras_of
from drawdown.mission.faults import Fault, MissionError, Spot
from drawdown.mission.mission import Mission
from drawdown.mission.vocabulary import TABLES, Column, columns

_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - workbooks know no zones; fixed, so that equal missions give equal bytes
_CELL_LIMIT = 32_767  # characters; Excel's
_LAST_ROW = 1_048_575
_NUMBERS = {"integer", "number", "share", "latitude", "longitude"}
_WIDE, _NARROW = 30, 14


class _Exact(float):
    """A number that is written with all its digits; XlsxWriter would round it to 16."""

    def __format__(self, _: str) -> str:
        return repr(float(self)).removesuffix(".0")


def check_fits(mission: Mission) -> None:
    """Raises `MissionError` for tables and cells that are too long for a workbook."""
    long = [Spot(table) for table in TABLES if len(mission.rows(table)) > _LAST_ROW]
    long += [
        Spot(table, number, column.name)
        for table in TABLES
        for column in columns(table)
        if column.many
        for number, row in enumerate(mission.rows(table))
        if len(cell_text(column, getattr(row, column.name))) > _CELL_LIMIT
    ]
    if long:
        message, remedy = "is too long for a workbook", "write a folder instead"
        raise MissionError(Fault("fault", spot, "", message, remedy) for spot in long)


def write_workbook(path: Path, mission: Mission | None = None) -> None:
    """Write the workbook of a mission, or the template if there is none."""
    import xlsxwriter  # type: ignore[import-untyped] # noqa: PLC0415 - heavy

    with xlsxwriter.Workbook(path, {"in_memory": True}) as book:
        book.set_properties({"created": _CREATED, "title": mission.mission.name if mission else "Drawdown mission"})
        writer = _Writer(book)
        for table in TABLES:
            writer.write(table, mission.rows(table) if mission else ())
        writer.write_choices()


class _Writer:
    """The formats and the lists of words that the sheets of one workbook share."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.bold = book.add_format({"bold": True})
        self.grey = book.add_format({"font_color": "#666666"})
        self.text = book.add_format({"num_format": "@", "valign": "top"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
        self.number = book.add_format({"valign": "top"})
        self.lists: dict[tuple[str, ...], str] = {}

    def write(self, table: str, rows: Sequence[object]) -> None:
        """Write one table's sheet."""
        sheet = self.book.add_worksheet(table)
        sheet.freeze_panes(1, 1)
        if table == "mission":
            self._write_header(sheet, rows[0] if rows else None)
        else:
            self._write_table(sheet, table, rows)

    def write_choices(self) -> None:
        """Write the sheet of words for the drop-downs, hidden; Excel's own lists end at 255 characters."""
        sheet = self.book.add_worksheet(CHOICES)
        sheet.hide()
        for index, (words, _) in enumerate(self.lists.items()):
            sheet.write_column(0, index, words, self.text)

    def _write_header(self, sheet: Any, header: object) -> None:
        sheet.write_row(0, 0, (KEY, "value", "unit", "meaning"), self.bold)
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, _WIDE)
        sheet.set_column(3, 3, 80, self.grey)
        for line, column in enumerate(columns("mission"), start=1):
            sheet.write_string(line, 0, column.name, self.bold)
            default = reader(column)(column.default) if column.default else None
            value = getattr(header, column.name) if header else default
            self._write_cell(sheet, line, 1, column, value)
            sheet.write_string(line, 2, column.unit, self.grey)
            sheet.write_string(line, 3, column.meaning + (" (required)" if column.required else ""), self.grey)
            self._drop_down(sheet, line, line, 1, column)
        for line, (name, text) in enumerate(extras_of(header), start=len(columns("mission")) + 1):
            sheet.write_string(line, 0, name, self.bold)
            sheet.write_string(line, 1, text, self.text)

    def _write_table(self, sheet: Any, table: str, rows: Sequence[object]) -> None:
        known, own = columns(table), extra_names(rows)
        for index, column in enumerate(known):
            width = _WIDE if column.base in {"text", "choices", "refs"} else _NARROW
            sheet.set_column(index, index, width, self._format(column))
            sheet.write_comment(0, index, "".join(_comment(column)), {"x_scale": 2})
            self._drop_down(sheet, 1, _LAST_ROW, index, column)
        sheet.set_column(len(known), len(known) + len(own), _NARROW, self.text)
        headers = [{"header": name} for name in [*(column.name for column in known), *own]]
        size = (0, 0, max(len(rows), 1), len(headers) - 1)
        sheet.add_table(*size, {"name": f"table_{table}", "columns": headers, "style": "Table Style Light 1"})
        for line, row in enumerate(rows, start=1):
            for index, column in enumerate(known):
                self._write_cell(sheet, line, index, column, getattr(row, column.name))
            texts = dict(extras_of(row))
            for index, name in enumerate(own, start=len(known)):
                if name in texts:
                    sheet.write_string(line, index, texts[name], self.text)

    def _write_cell(self, sheet: Any, line: int, index: int, column: Column, value: object) -> None:
        if isinstance(value, date):
            sheet.write_datetime(line, index, value, self.day)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            sheet.write_number(line, index, _Exact(value), self.number)
        elif text := value if isinstance(value, str) else cell_text(column, value):
            sheet.write_string(line, index, text, self._format(column))
        else:
            sheet.write_blank(line, index, None, self._format(column))

    def _format(self, column: Column) -> Any:
        return self.number if column.base in _NUMBERS else self.day if column.base == "date" else self.text

    def _drop_down(self, sheet: Any, first: int, last: int, index: int, column: Column) -> None:
        words = ("yes", "no") if column.base == "yes/no" else column.args if column.base == "choice" else ()
        if not words:
            return
        if words not in self.lists:
            letter = column_letters(len(self.lists) + 1)
            self.lists[words] = f"={CHOICES}!${letter}$1:${letter}${len(words)}"
        sheet.data_validation(first, index, last, index, {"validate": "list", "source": self.lists[words]})


def _comment(column: Column) -> Iterator[str]:
    yield column.meaning + "."
    if column.unit:
        yield f"\nUnit: {column.unit}."
    if column.base == "date":
        yield "\nA date, such as 2023-12-31."
    if column.many:
        yield "\nSeparate words by semicolons."
    if column.base == "choices":
        yield f"\nAny of: {', '.join(column.args)}."
    yield "\nRequired." if column.required else f"\nBlank: {column.default or 'no value'}."
