"""Change cells of a sheet's XML and leave every other byte as it is.

A library that loads and saves a workbook keeps what it knows and drops the rest: pictures, threaded comments,
digits, values of formulas. What is never touched is never lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from xml.sax.saxutils import escape

from drawdown.files.excel.package import CELL, column_letters, column_number
from drawdown.files.limits import Unreadable
from drawdown.files.written import number_text

Value = str | float | date | None
Place = tuple[int, int]  # row and column, from 1

_DATA = re.compile(rb"<(?P<p>\w+:)?sheetData\b[^<>]*?(?:/>|>(?P<rows>.*)</(?P=p)?sheetData>)", re.DOTALL)
_ROW = re.compile(rb"<(?P<p>\w+:)?row\b(?P<attributes>[^<>]*?)(?:/>|>(?P<cells>.*?)</(?P=p)?row>)", re.DOTALL)
_DIMENSION = re.compile(rb"<(?:\w+:)?dimension\b[^<>]*/>")
_NUMBER = re.compile(rb"""\br=["'](\d+)["']""")
_REFERENCE = re.compile(rb"""\br=["']([A-Z]+)(\d+)["']""")
_STYLE = re.compile(rb"""\bs=["'](\d+)["']""")
_SPANS = re.compile(rb"""\s*\bspans=["'][^"']*["']""")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_ESCAPED = re.compile(r"_x[0-9A-Fa-f]{4}_")
_RESAVE = "open the workbook in Excel or LibreOffice and save it again"


class SheetXml:
    """The XML of one sheet: what its cells look like, and its copy with some of them changed.

    Raises `Unreadable` for XML whose rows or cells do not say where they stand.
    """

    def __init__(self, xml: bytes) -> None:
        data = _DATA.search(xml)
        if data is None:
            raise Unreadable("is a sheet without cells", _RESAVE)
        self._before, self._after = xml[: data.start()], xml[data.end() :]
        self._prefix = data["p"] or b""
        self._rows: dict[int, re.Match[bytes]] = {}
        self.styles: dict[Place, bytes] = {}
        self.formulas: set[Place] = set()
        for row in _ROW.finditer(data["rows"] or b""):
            number = _NUMBER.search(row["attributes"])
            if number is None or int(number[1]) in self._rows:
                raise Unreadable("has rows without a number", _RESAVE)
            self._rows[int(number[1])] = row
            for (_, column), cell in _cells(row):
                place = (int(number[1]), column)
                if style := _STYLE.search(cell["attributes"]):
                    self.styles[place] = style[1]
                if _FORMULA.search(cell["body"] or b""):
                    self.formulas.add(place)

    def changed(self, values: Mapping[Place, Value], styles: Mapping[Place, bytes], epoch: date) -> bytes:
        """The sheet's XML with other values; ``styles`` are for cells that have none of their own."""
        by_row: dict[int, dict[int, bytes]] = {}
        for (row, column), value in values.items():
            style = self.styles.get((row, column)) or styles.get((row, column))
            by_row.setdefault(row, {})[column] = self._cell(row, column, value, style, epoch)
        rows = [
            self._row(number, self._rows.get(number), by_row.get(number, {}))
            for number in sorted(self._rows.keys() | by_row.keys())
        ]
        tag = self._prefix + b"sheetData"
        before = _DIMENSION.sub(b"", self._before)  # it may be left out, but must not be wrong
        return b"".join([before, b"<", tag, b">", *rows, b"</", tag, b">", self._after])

    def _row(self, number: int, row: re.Match[bytes] | None, new: Mapping[int, bytes]) -> bytes:
        if row is not None and not new:
            return row[0]
        cells = {column: cell[0] for (_, column), cell in _cells(row)} if row is not None else {}
        merged = {**cells, **new}
        attributes = _SPANS.sub(b"", row["attributes"]) if row is not None else b' r="%d"' % number
        content = b"".join(merged[column] for column in sorted(merged))
        return b"<%brow%b>%b</%brow>" % (self._prefix, attributes, content, self._prefix)

    def _cell(self, row: int, column: int, value: Value, style: bytes | None, epoch: date) -> bytes:
        p = self._prefix
        head = b'<%bc r="%b%d"' % (p, column_letters(column).encode(), row) + (b' s="%b"' % style if style else b"")
        if value is None:
            return head + b"/>"
        if isinstance(value, date):
            value = (value - epoch).days
        if isinstance(value, str):
            text = escape(_ESCAPED.sub(r"_x005F\g<0>", value)).encode("utf-8")
            text = b'<%bis><%bt xml:space="preserve">%b</%bt></%bis>' % (p, p, text, p, p)
            return head + b' t="inlineStr">%b</%bc>' % (text, p)
        number = number_text(float(value)).encode()
        return head + b"><%bv>%b</%bv></%bc>" % (p, number, p, p)


def _cells(row: re.Match[bytes]) -> Iterator[tuple[Place, re.Match[bytes]]]:
    for cell in CELL.finditer(row["cells"] or b""):
        reference = _REFERENCE.search(cell["attributes"])
        if reference is None:
            raise Unreadable("has cells without a reference", _RESAVE)
        yield (int(reference[2]), column_number(reference[1].decode())), cell
