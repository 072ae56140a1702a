"""Values as the text of cells: the way back from `cells`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from drawdown.files.cells import EMPTY_LIST
from drawdown.mission.vocabulary import Column


def cell_text(column: Column, value: object) -> str:
    """A value as its cell's text, which reads back as the same value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return ";".join(value) or (EMPTY_LIST if column.default or column.required else "")
    return str(value)


def number_text(value: float) -> str:
    """A number with as many digits as it needs and no more: 12 for 12.0, 0.1 for 0.1."""
    return repr(value).removesuffix(".0")


def extras_of(row: object) -> tuple[tuple[str, str], ...]:
    """The cells of the reader's own columns (``x_...``) that a row has; rows of plans have none."""
    return getattr(row, "extras", ())


def extra_names(rows: Iterable[object]) -> list[str]:
    """The reader's own columns that any of the rows has."""
    return sorted({name for row in rows for name, _ in extras_of(row)})


def table_texts(columns: Sequence[Column], rows: Sequence[object]) -> tuple[list[str], Iterator[list[str]]]:
    """A table's header and the texts of its cells, row by row: the columns of the format, then the reader's own."""
    extras = extra_names(rows)
    return [column.name for column in columns] + extras, (_row_texts(columns, extras, row) for row in rows)


def _row_texts(columns: Sequence[Column], extras: Sequence[str], row: object) -> list[str]:
    own = dict(extras_of(row))
    return [cell_text(column, getattr(row, column.name)) for column in columns] + [own.get(name, "") for name in extras]
