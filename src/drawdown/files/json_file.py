"""A mission as one JSON file, as ``docs/mission.schema.json`` describes it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from drawdown.files.build import build_mission, required
from drawdown.files.findings import Findings
from drawdown.files.grid import Grid, grid_of_records
from drawdown.files.limits import Unreadable
from drawdown.files.reading import Reading
from drawdown.files.text.json_lines import Part, parse_json
from drawdown.files.text.plain import read_text
from drawdown.mission.faults import Spot, suggest
from drawdown.mission.mission import Mission
from drawdown.mission.row import Row
from drawdown.mission.vocabulary import TABLES, Column, columns


def read_json(path: Path) -> Reading:
    """Read a mission's JSON file. Never fails: what is wrong is in the reading's faults."""
    findings = Findings()
    parts = read_parts(path, "mission", findings)
    grids: dict[str, Grid] = {}
    for table in TABLES:
        part = (parts or {}).get(table)
        if part is None:
            if required(table) and parts is not None:
                findings.fault(Spot(table), "is missing", f"add `{table}`: {TABLES[table][2]}", path.name)
            continue
        if table == "mission":
            part = Part(part.line, [part.value], [part.line], part.repeated)  # a table of one row
        grid = part_grid(table, path.name, part, columns(table), findings)
        if grid is not None:
            grids[table] = grid
    for name, part in (parts or {}).items():
        if name not in TABLES:
            where = f"{path.name}:{part.line}"
            findings.fault(Spot("mission"), "is no table of a mission", suggest(name, TABLES), where, name)
    mission = build_mission(grids, findings)
    return Reading(mission, findings.found(TABLES), {table: grid.where for table, grid in grids.items()})


def read_parts(path: Path, table: str, findings: Findings) -> dict[str, Part] | None:
    """The top of a JSON file by key, or None when ``findings`` say why there is none."""
    try:
        text = read_text(path, table, findings)
        findings.allowance.take_cells(text.count(","))  # there are no more values than commas, but for the last
        return parse_json(text)
    except Unreadable as problem:
        findings.unreadable(table, path.name, problem)
        return None


def part_grid(table: str, name: str, part: Part, columns: Sequence[Column], findings: Findings) -> Grid | None:
    """The grid that a list of JSON objects makes; None when ``findings`` say why there is none."""
    for line, key in part.repeated:
        findings.fault(Spot(table), "is a key twice", "delete one of the two", f"{name}:{line}", key)
    if not isinstance(part.value, list):
        findings.fault(Spot(table), "is not a list", "write its rows in square brackets", f"{name}:{part.line}")
        return None
    rows: list[dict[str, Any]] = []
    lines: list[int] = []
    for item, line in zip(part.value, part.lines, strict=True):
        if isinstance(item, dict):
            rows.append(item)
            lines.append(line)
        else:
            findings.fault(Spot(table, len(rows)), "is not an object", "write `{...}`", f"{name}:{line}", item)

    def where(row: int | None, _column: str | None) -> str:
        return f"{name}:{part.line if row is None or row >= len(lines) else lines[row]}"

    return grid_of_records(table, rows, columns, where)


def mission_json(mission: Mission) -> str:
    """The text of a mission's JSON file: a line a row; a value that is not there is left out."""
    parts = [f'"mission": {_line(mission.mission)}']
    for table in TABLES:
        rows = mission.rows(table)
        if table != "mission" and (rows or required(table)):
            parts.append(f'"{table}": [' + ",".join(f"\n {_line(row)}" for row in rows) + "\n]")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _line(row: Row) -> str:
    return json.dumps(dict(_values(row)), ensure_ascii=False)


def _values(row: Row) -> Iterator[tuple[str, object]]:
    for name, value in row.values().items():
        if value is not None:
            yield name, value.isoformat() if isinstance(value, date) else value
    yield from row.extras
