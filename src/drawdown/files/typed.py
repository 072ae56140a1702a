"""What a spreadsheet or JSON calls a number, a truth or a date, as the text that the column's reader expects.

A conversion that the column itself asks for (a number in a number column, a date in a date column) is silent.
Any other is told once for its column, because a spreadsheet may have changed what somebody typed.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from drawdown.files.cells import EMPTY_LIST, Refused
from drawdown.files.days import EPOCH_1900, serial_day
from drawdown.mission.vocabulary import Column

_EXACT = 1e15  # whole numbers up to here are whole in a spreadsheet, too
_NUMERIC = {"integer", "number", "share", "latitude", "longitude"}
_ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA", "#SPILL!", "#CALC!"}


class Uncalculated:
    """A formula whose value nobody has worked out."""

    def __str__(self) -> str:
        return "formula"


class Typed(NamedTuple):
    """A typed cell as text, and what a reader should be told about that once a column (if anything)."""

    text: str
    note: str = ""
    remedy: str = ""


def as_text(column: Column, value: object, epoch: date = EPOCH_1900) -> Typed:
    """A cell as text; blank for an empty one. Raises `Refused` for what no column can hold.

    ``epoch`` is day 0 of the workbook's serial numbers.
    """
    if value is None:
        return Typed("")
    if isinstance(value, str):
        if value in _ERRORS:
            raise Refused("holds an error of the spreadsheet", "mend the formula, or write the value")
        return Typed(value.replace("\r\n", "\n").replace("\r", "\n").strip())
    if isinstance(value, bool):
        return _truth(column, value)
    if isinstance(value, int | float):
        return _number(column, value, epoch)
    if isinstance(value, date):
        return _date(column, value)
    if isinstance(value, list):
        return _list(column, value)
    if isinstance(value, Uncalculated):
        raise Refused("holds a formula without a value", "open the workbook in Excel and save it, or write the value")
    if isinstance(value, time | timedelta):
        raise Refused("is a time of day or a length of time", "format the cell as text or as a number")
    raise Refused("is a group of values", "write one value")


def _truth(column: Column, value: bool) -> Typed:  # noqa: FBT001 - it is the value
    text = "yes" if value else "no"
    if column.base == "yes/no":
        return Typed(text)
    return Typed(str(value).upper(), "holds TRUE or FALSE: read as text", "check that this is what was typed")


def _number(column: Column, value: float, epoch: date) -> Typed:
    if column.base in _NUMERIC:
        return Typed(_digits(value))
    if column.base == "date":
        day = serial_day(value, epoch)
        if day is None:
            raise Refused("is not a date", "write year, month and day, such as 2023-12-31")
        note = f"holds day numbers of a spreadsheet: {value:.0f} was read as {day}"
        return Typed(day.isoformat(), note, "format the column as dates")
    text = str(int(value)) if abs(value) < _EXACT and float(value).is_integer() else _digits(value)
    note = f"holds numbers: {text} was read as text"
    return Typed(text, note, "check that no leading zeros were lost, and format the column as text")


def _digits(value: float) -> str:
    return repr(float(value))


def _date(column: Column, value: date) -> Typed:
    if isinstance(value, datetime):
        if value.time() != time():
            raise Refused("has a time of day", f"write {value:%Y-%m-%d}: Drawdown counts whole days")
        value = value.date()
    if column.base == "date":
        return Typed(value.isoformat())
    if column.base in _NUMERIC:
        raise Refused("is a date, not a number", "write the number, and format the column as a number")
    text = f"{value:%m-%d}" if column.base == "month-day" else value.isoformat()
    return Typed(text, f"holds dates: {value.isoformat()} was read as {text}", "format the column as text")


def _list(column: Column, value: list[object]) -> Typed:
    if not column.many:
        raise Refused("is a list", "write one value")
    words = [as_text(column, item).text for item in value]
    if any(";" in word for word in words):
        raise Refused("has a semicolon in a word", "make it two words")
    return Typed("; ".join(words) or EMPTY_LIST)
