"""A plan as a folder that Excel can edit (``plan.yaml`` and CSV files), or as one JSON file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from drawdown.files import atomic
from drawdown.files.findings import Findings
from drawdown.files.folder import csv_grids, read_yaml
from drawdown.files.grid import Grid
from drawdown.files.json_file import part_grid, read_parts
from drawdown.files.limits import Unreadable
from drawdown.files.plan_tables import CARRIED, PLAN_TABLES, RECORDS, Settings, build_plan, plan_columns, plan_loads
from drawdown.files.reading import PlanReading
from drawdown.files.text.csv_table import write_csv
from drawdown.files.text.json_lines import Part
from drawdown.files.text.plain import kind_of, names_in
from drawdown.files.text.yaml_grids import YamlTable, header_grid, plain_value
from drawdown.files.text.yaml_lines import Node
from drawdown.files.text.yaml_write import row_lines, yaml_text
from drawdown.files.written import table_texts
from drawdown.mission.faults import Spot, suggest
from drawdown.plan.model import Plan

HEADER_FILE = "plan.yaml"
_BESIDE = ("settings", "plan_hash")  # keys of the header that are no columns
_INTEGER = re.compile(r"-?[0-9]{1,19}")
_DECIMAL = re.compile(r"-?[0-9]+(?:\.[0-9]*)?(?:e[+-]?[0-9]{1,3})?")
_FORMS = "name the folder or the JSON file that `drawdown plan` wrote"


def read_plan(path: str | Path) -> PlanReading:
    """Read a plan. Never fails: whatever is wrong with the files is in the reading's faults, all of it at once."""
    path, findings = Path(path), Findings()
    kind, plan = kind_of(path), None
    if kind == "folder":
        plan = _read_folder(path, findings)
    elif kind == "file" and path.suffix.lower() == ".json":
        plan = _read_json(path, findings)
    else:
        message = "is no plan" if kind == "file" else "does not exist"
        findings.fault(Spot("plan"), message, _FORMS, str(path), path.name)
    return PlanReading(plan, findings.found(("plan", *PLAN_TABLES)))


def write_plan(plan: Plan, path: str | Path, *, overwrite: bool = False) -> None:
    """Write a plan as one JSON file (suffix ``.json``) or as a folder; whole or not at all, the same bytes each time.

    Raises `FileExistsError` if something is there that may not be replaced, and other `OSError` as it comes.
    """
    path = Path(path)
    if path.suffix.lower() == ".json":
        atomic.write_text(path, _json(plan), overwrite=overwrite)
        return
    texts = {HEADER_FILE: "\n".join(_header_lines(plan)) + "\n"}
    for table in PLAN_TABLES:
        rows = list(plan_loads(plan)) if table == "loads" else getattr(plan, table)
        texts[f"{table}.csv"] = write_csv(*table_texts(plan_columns(table), rows))
    atomic.write_folder(path, texts, texts, HEADER_FILE, overwrite=overwrite)


def _json(plan: Plan) -> str:
    body = {**plan.model_dump(mode="json"), "plan_hash": plan.hash}
    return json.dumps(body, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _header_lines(plan: Plan) -> Iterator[str]:
    yield from row_lines(plan_columns("plan"), plan)
    if plan.settings:
        yield "settings:"
        for name, value in sorted(plan.settings.items()):
            yield f"  {yaml_text(name)}: {yaml_text(value) if isinstance(value, str) else json.dumps(value)}"
    yield f"plan_hash: {plan.hash}"


def _read_folder(folder: Path, findings: Findings) -> Plan | None:
    try:
        names = names_in(folder)
    except Unreadable as problem:
        findings.unreadable("plan", str(folder), problem)
        return None
    grids: dict[str, Grid] = {}
    beside: dict[str, Node] = {}
    if HEADER_FILE not in names:
        findings.fault(Spot("plan"), "is missing", _FORMS, HEADER_FILE)
    elif root := read_yaml(folder / HEADER_FILE, "plan", findings):
        kind = YamlTable("plan", HEADER_FILE, plan_columns("plan"))
        elsewhere = {table: f"put it into {table}.csv" for table in PLAN_TABLES}
        header = header_grid(kind, root, _BESIDE, elsewhere, findings)
        if header is not None and isinstance(root.value, dict):
            grids["plan"], beside = header, root.value
    grids |= csv_grids(folder, names, {table: plan_columns(table) for table in PLAN_TABLES}, {}, findings)
    stamp = plain_value(beside["plan_hash"]) if "plan_hash" in beside else None
    return build_plan(grids, _settings(beside.get("settings"), findings), str(stamp or ""), findings)


def _settings(node: Node | None, findings: Findings) -> Settings:
    if node is None or node.blank:
        return {}
    spot, where = Spot("plan", 0, "settings"), f"{HEADER_FILE}:{node.line}"
    if not isinstance(node.value, dict):
        findings.fault(spot, "is not a mapping", "write lines such as `  gap: 0.01`", where)
        return {}
    found: Settings = {}
    for name, item in node.value.items():
        if isinstance(item.value, str):
            found[name] = _setting(item.value) if item.plain else item.value
        else:
            where = f"{HEADER_FILE}:{item.line}"
            findings.fault(spot, "is not one value", "write a number, true or false, or text", where, name)
    return found


def _setting(text: str) -> str | int | float | bool:
    """A setting without quotes: the one place where YAML's types are meant."""
    if text in {"true", "false"}:
        return text == "true"
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) else text


def _read_json(path: Path, findings: Findings) -> Plan | None:
    parts = read_parts(path, "plan", findings)
    if parts is None:
        return None
    known = [column.name for column in plan_columns("plan")]
    for name in parts.keys() - {*known, *RECORDS, *_BESIDE}:
        where, remedy = f"{path.name}:{parts[name].line}", suggest(name, [*known, *RECORDS])
        findings.fault(Spot("plan", 0, name), "is no part of a plan", remedy, where, name)
    tables = {table: parts[table] for table in RECORDS if table in parts}
    if "moves" in tables:
        tables["moves"], tables["loads"] = _parted(tables["moves"])
    tables["plan"] = Part(1, [{name: parts[name].value for name in known if name in parts}], [1])
    tables["plan"].repeated = [again for name in {*known, *_BESIDE} & parts.keys() for again in parts[name].repeated]
    grids: dict[str, Grid] = {}
    for table, part in tables.items():
        grid = part_grid(table, path.name, part, plan_columns(table), findings)
        if grid is not None:
            grids[table] = grid
    lines = {name: part.line for name, part in parts.items()}
    grids["plan"] = replace(grids["plan"], where=lambda _, column: f"{path.name}:{lines.get(column or '', 1)}")
    settings = parts["settings"].value if "settings" in parts else {}
    return build_plan(grids, settings, str(parts["plan_hash"].value) if "plan_hash" in parts else "", findings)


def _parted(moves: Part) -> tuple[Part, Part]:
    """The moves without what they carry, and what they carry as rows of their own (on the line of their move)."""
    bare, loads = Part(moves.line, moves.value, moves.lines, moves.repeated), Part(moves.line, [])
    if not isinstance(moves.value, list):
        return bare, loads
    bare.value = []
    for move, line in zip(moves.value, moves.lines, strict=True):
        if not isinstance(move, dict):
            bare.value.append(move)
            continue
        bare.value.append({name: value for name, value in move.items() if name not in CARRIED.values()})
        for row in _loads_of(move):
            loads.value.append(row)
            loads.lines.append(line)
    return bare, loads


def _loads_of(move: Mapping[str, Any]) -> Iterator[Any]:
    for carries, name in CARRIED.items():
        counts = move.get(name) or {}
        if isinstance(counts, dict):
            for what, count in counts.items():
                yield {"move": move.get("id"), "carries": carries, "what": what, "count": count}
        else:
            yield counts  # not an object, as the grid of loads will say
