"""A workbook's file opened with care: judged by its directory first, and unpacked once to be sure of that.

An ``.xlsx`` file is a zip archive of XML parts. Its reader lays a sheet out as a full rectangle, so one stray cell
in the last corner of a sheet would ask for half a terabyte: the extent of a sheet is looked up before that.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

from drawdown.files.days import EPOCH_1900, EPOCH_1904
from drawdown.files.limits import MAX_PACKING, MAX_UNPACKED_BYTES, MEBIBYTE, Allowance, TooMuch, Unreadable
from drawdown.files.text.plain import read_bytes

WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"

_SAVE_AS = "open it in Excel or LibreOffice and save it as an Excel workbook (.xlsx)"
_DECRYPT = "open it with its password and save it without one"
_OLE, _ENCRYPTED = b"\xd0\xcf\x11\xe0", "EncryptedPackage".encode("utf-16-le")
_MAX_PARTS = 10_000
_SMALL = MEBIBYTE  # what may be packed as tightly as it likes
_CHUNK = 1 << 20

CELL = re.compile(rb"<(?P<p>\w+:)?c\b(?P<attributes>[^<>]*?)(?:/>|>(?P<body>.*?)</(?P=p)?c>)", re.DOTALL)
_REFERENCE = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_ROW = re.compile(rb"""<(?:\w+:)?row\b(?:[^<>]*?\br=["']([0-9]{1,7})["'])?""")
_FILLED = re.compile(rb"""<(?:\w+:)?c\b[^<>]*?\br=["']([A-Z]{1,3})([0-9]{1,7})["'][^<>]*(?<!/)>""")
_OPENED = re.compile(rb"<(?:\w+:)?c\b[^<>]*(?<!/)>")
_TYPE = re.compile(rb"""\bt=["'](\w+)["']""")
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^<>]*>([^<]*)<")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")


@dataclass(frozen=True)
class Package:
    """A workbook's bytes, its parts, the part of each sheet by the sheet's name, and day 0 of its serial dates."""

    data: bytes
    archive: zipfile.ZipFile
    sheets: dict[str, str]
    epoch: date


def open_package(path: Path, allowance: Allowance) -> Package:
    """Open a workbook. Raises `Unreadable` if there is none, or no safe one."""
    data = read_bytes(path, allowance)
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise Unreadable("is encrypted", _DECRYPT)
        raise Unreadable("is in the old format of Excel 97 to 2003", _SAVE_AS)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        _check_directory(archive.infolist())
        _unpack_once(archive)
        book, links = (ET.fromstring(archive.read(part)) for part in (WORKBOOK, RELATIONS))  # noqa: S314 - see below
    except Unreadable:
        raise
    except Exception as problem:  # the bytes are anybody's, and so are the errors; expat refuses entity bombs
        raise Unreadable("is no Excel workbook, or a damaged one", _SAVE_AS) from problem
    targets = {link.get("Id", ""): posixpath.join("/xl", link.get("Target", "")) for link in links}
    sheets = {sheet.get("name", ""): targets.get(_link(sheet), "") for sheet in book.findall("{*}sheets/{*}sheet")}
    properties = book.find("{*}workbookPr")
    old_mac = properties is not None and properties.get("date1904") in {"1", "true"}
    parts = {name: posixpath.normpath(target).lstrip("/") for name, target in sheets.items()}
    return Package(data, archive, parts, EPOCH_1904 if old_mac else EPOCH_1900)


def _link(sheet: ET.Element) -> str:
    return next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")


def _check_directory(parts: list[zipfile.ZipInfo]) -> None:
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if unpacked > MAX_UNPACKED_BYTES:
        raise TooMuch(f"unpacks to {unpacked / MEBIBYTE:,.0f} MiB; the limit is {MAX_UNPACKED_BYTES // MEBIBYTE} MiB")
    if unpacked > _SMALL and unpacked > packed * MAX_PACKING:
        raise TooMuch(f"unpacks to {unpacked // max(packed, 1):,} times its size; the limit is {MAX_PACKING} times")
    if len(parts) > _MAX_PARTS:
        raise TooMuch(f"has {len(parts):,} parts; the limit is {_MAX_PARTS:,}")
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("is encrypted", _DECRYPT)
    names = [part.filename for part in parts]
    if len(set(names)) < len(names):
        raise Unreadable("holds two parts of one name", _SAVE_AS)
    if WORKBOOK not in names:
        raise Unreadable("is no Excel workbook (.xlsx)", _SAVE_AS)


def _unpack_once(archive: zipfile.ZipFile) -> None:
    """Unpack every part, keeping nothing: sizes that the directory understates and broken checksums raise here."""
    for part in archive.infolist():
        with archive.open(part) as stream:
            while stream.read(_CHUNK):
                pass


def extent(xml: bytes) -> int:
    """Cells in the rectangle from A1 to the last row and column of a sheet.

    Raises `Unreadable` for XML in which cells cannot be told without decoding it.
    """
    if b"\0" in xml or re.search(rb"""<\?xml[^<>]*encoding=["'](?!utf-8["'])""", xml[:200], re.IGNORECASE):
        raise Unreadable("holds a sheet that is not in UTF-8", _SAVE_AS)
    references = _FILLED.findall(xml)
    rows = max((int(row) for _, row in references), default=0)
    columns = max((column_number(letters.decode()) for letters in {letters for letters, _ in references}), default=0)
    if len(_OPENED.findall(xml)) > len(references):  # cells without a reference stand one after the other in their rows
        starts = [match.start() for match in _ROW.finditer(xml)]
        in_rows = (len(_OPENED.findall(xml, start, end)) for start, end in pairwise([*starts, len(xml)]))
        rows = max([rows, len(starts), *(int(row[1] or 0) for row in _ROW.finditer(xml))])
        columns += max(in_rows, default=0)
    return rows * columns


def troubled_cells(xml: bytes) -> Iterator[tuple[int, int, str]]:
    """Cells (row and column from 1) that only seem blank: each with its error, or '' for a formula without a value."""
    if b't="e"' not in xml and b"t='e'" not in xml and not _FORMULA.search(xml):
        return
    for cell in CELL.finditer(xml):
        body, attributes = cell["body"] or b"", cell["attributes"]
        reference, kind, value = _REFERENCE.search(attributes), _TYPE.search(attributes), _VALUE.search(body)
        if reference is None:
            continue
        row, column = int(reference[2]), column_number(reference[1].decode())
        if kind and kind[1] == b"e":
            yield row, column, value[1].decode("utf-8", "replace") if value else "#N/A"
        elif _FORMULA.search(body) and not (value and value[1]) and not (kind and kind[1] == b"str"):
            yield row, column, ""


def column_number(letters: str) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """A for 1, AA for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
