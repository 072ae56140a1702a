"""Rows as YAML that any YAML reader reads alike: text is quoted wherever one might take it for more."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from drawdown.files.written import cell_text, extras_of
from drawdown.mission.vocabulary import Column

_UNQUOTED = {"date", "yes/no", "integer", "number", "share", "latitude", "longitude"}
# Words that no YAML reader takes for anything but text.
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_.()/-]*(?: [A-Za-z0-9_.()/-]+)*")
_CLAIMED = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}
_FOUR_DIGITS = 0xFFFF


def yaml_text(text: str) -> str:
    """Text as it stands in YAML after a colon."""
    if _PLAIN.fullmatch(text) and text.lower() not in _CLAIMED:
        return text
    return "".join(c if c.isprintable() else _escaped(c) for c in json.dumps(text, ensure_ascii=False))


def row_lines(columns: Sequence[Column], row: object) -> Iterator[str]:
    """One line for each value that a row has, then the reader's own."""
    for column in columns:
        value = getattr(row, column.name)
        if isinstance(value, tuple):
            if value or column.default or column.required:
                yield f"{column.name}: [{', '.join(yaml_text(word) for word in value)}]"
        elif value is not None:
            text = cell_text(column, value)
            yield f"{column.name}: {text if column.base in _UNQUOTED else yaml_text(text)}"
    for name, text in extras_of(row):
        yield f"{name}: {yaml_text(text)}"


def list_lines(name: str, columns: Sequence[Column], rows: Sequence[object]) -> Iterator[str]:
    """A list of rows under its name."""
    yield f"{name}:"
    for row in rows:
        lead = "  - "
        for line in row_lines(columns, row):
            yield lead + line
            lead = "    "


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code <= _FOUR_DIGITS else f"\\U{code:08x}"
