"""Facts as lines of JSON, one object a line: a torn line is told, and the others are read all the same."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from drawdown.files.findings import Findings
from drawdown.files.grid import Grid, grid_of_records
from drawdown.files.limits import Unreadable
from drawdown.files.text.json_lines import parse_json
from drawdown.files.text.plain import read_text
from drawdown.mission.faults import Spot
from drawdown.mission.vocabulary import Column

_OBJECT = 'write one object a line: `{"kind": "last_out", "happened": "2023-10-31", "place": "kidal"}`'
_MERGE = "merge it: drawdown ledger merge FILE"


def read_lines(path: Path, table: str, columns: Sequence[Column], findings: Findings) -> Grid | None:
    """The grid of a JSONL file, or None when ``findings`` say why there is none."""
    try:
        text = read_text(path, table, findings)
        findings.allowance.take_cells(text.count(",") + text.count("\n"))
    except Unreadable as problem:
        findings.unreadable(table, path.name, problem)
        return None
    records: list[dict[str, Any]] = []
    lines: list[int] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            spot, where = Spot(table, len(records)), f"{path.name}:{number}"
            records.append(_record(line, spot, where, findings))
            lines.append(number)
    if records and "heads" in records[0]:
        message = "is a bundle of entries of a ledger, not a file of facts"
        findings.fault(Spot(table), message, _MERGE, path.name)
        return None
    if not records:
        findings.fault(Spot(table), "is empty", _OBJECT, path.name)
        return None

    def where_is(row: int | None, _column: str | None) -> str:
        return f"{path.name}:{lines[row] if row is not None and row < len(lines) else lines[0]}"

    return grid_of_records(table, records, columns, where_is)


def _record(line: str, spot: Spot, where: str, findings: Findings) -> dict[str, Any]:
    """The object on a line; an empty one when ``findings`` say what is wrong with it."""
    try:
        parts = parse_json('{"fact":' + line + "}")
    except Unreadable as problem:
        findings.fault(spot, problem.message, problem.remedy, where, line)
        return {}
    record = parts["fact"].value
    if len(parts) > 1 or not isinstance(record, dict):
        findings.fault(spot, "is not one JSON object", _OBJECT, where, line)
        return {}
    for _, key in parts["fact"].repeated:
        findings.fault(spot, "is a key twice", "delete one of the two", where, key)
    return record
