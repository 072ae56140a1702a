"""A CSV file as a grid that knows its lines, and a grid as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from drawdown.files.findings import Findings
from drawdown.files.grid import Grid
from drawdown.files.limits import Unreadable
from drawdown.files.text.plain import read_text
from drawdown.mission.faults import Spot
from drawdown.mission.vocabulary import Column

_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs"}


def read_csv(path: Path, table: str, columns: Sequence[Column], findings: Findings) -> Grid | None:
    """The grid of a CSV file, or None when ``findings`` say why there is none."""
    try:
        text = read_text(path, table, findings)
        delimiter = _delimiter(text, {column.name for column in columns})
        findings.allowance.take_cells(text.count(delimiter) + text.count("\n"))
    except Unreadable as problem:
        findings.unreadable(table, path.name, problem)
        return None
    if delimiter != ",":
        message = f"has its cells separated by {_DELIMITERS[delimiter]}: read as such"
        findings.note(Spot(table), message, "nothing needs to be done", path.name)
    return _Lines(path.name, table, findings).grid(text, delimiter)


def write_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Cells as the text of a CSV file: commas, quotes where needed, a line feed after every row."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def _delimiter(text: str, known: set[str]) -> str:
    """The delimiter that finds the most known columns in the first line; a comma if none does better."""
    first = text.split("\n", 1)[0][:10_000]
    found = {mark: sum(name.strip(' "') in known for name in first.split(mark)) for mark in _DELIMITERS}
    return max(found, key=lambda mark: found[mark])


class _Lines:
    """The rows of one CSV text, each with the line on which it begins."""

    def __init__(self, name: str, table: str, findings: Findings) -> None:
        self.name = name
        self.table = table
        self.findings = findings
        self.rows: list[list[str]] = []
        self.starts: list[int] = []  # the header's line comes first

    def grid(self, text: str, delimiter: str) -> Grid | None:
        source = csv.reader(io.StringIO(text, newline="\n"), delimiter=delimiter, strict=True)
        line = 1
        try:
            for cells in source:
                if any(cell and not cell.isspace() for cell in cells):
                    self.starts.append(line)
                    self.rows.append(self._fitted(cells) if self.rows else [cell.strip() for cell in cells])
                line = source.line_num + 1
        except csv.Error as problem:
            self.findings.unreadable(self.table, self.name, _in_words(str(problem), line))
        if self.rows:
            return Grid(self.table, self.rows[0], self.rows[1:], self.where)
        self.findings.fault(Spot(self.table), "is empty", "write the names of its columns in the first line", self.name)
        return None

    def where(self, row: int | None, _column: str | None) -> str:
        number = 0 if row is None or row + 1 >= len(self.starts) else row + 1
        return f"{self.name}:{self.starts[number]}"

    def _fitted(self, cells: list[str]) -> list[str]:
        width = len(self.rows[0])
        if len(cells) < width or any(cell.strip() for cell in cells[width:]):
            message = f"has {len(cells)} cells, but the header has {width}"
            remedy = "write one cell a column, and a cell that contains the separator in double quotes"
            spot = Spot(self.table, len(self.rows) - 1)
            self.findings.fault(spot, message, remedy, f"{self.name}:{self.starts[-1]}", cells[0])
        return (cells + [""] * (width - len(cells)))[:width]


def _in_words(problem: str, line: int) -> Unreadable:
    if problem == "unexpected end of data":
        return Unreadable(
            "opens a double quote that is never closed", "close it; write a double quote inside quotes twice", line
        )
    if "field larger" in problem:  # than what the csv module, or another user of it, allows
        return Unreadable("has a cell that is much too long", "look for a double quote that is not closed", line)
    return Unreadable(f"cannot be read on: {problem}", "write a double quote inside quotes twice", line)
