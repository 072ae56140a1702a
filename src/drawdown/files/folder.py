"""A mission as a folder: ``mission.yaml`` and one CSV file a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from drawdown.files import atomic
from drawdown.files.build import build_mission, required
from drawdown.files.datapackage import datapackage
from drawdown.files.findings import Findings
from drawdown.files.grid import Grid
from drawdown.files.limits import MAX_YAML_BYTES, Unreadable
from drawdown.files.reading import Reading
from drawdown.files.text.csv_table import read_csv, write_csv
from drawdown.files.text.plain import names_in, read_text
from drawdown.files.text.yaml_grids import YamlTable, header_grid, list_grid
from drawdown.files.text.yaml_lines import Node, parse_yaml
from drawdown.files.text.yaml_write import list_lines, row_lines
from drawdown.files.written import table_texts
from drawdown.mission.faults import Spot, suggest
from drawdown.mission.mission import Mission
from drawdown.mission.vocabulary import IN_YAML, TABLES, Column, columns

HEADER_FILE, PACKAGE_FILE = "mission.yaml", "datapackage.json"
_OTHERS = ("x_", ".", "~")  # the reader's own, hidden, and an office's lock files
CSV_TABLES = tuple(table for table in TABLES if table != "mission" and table not in IN_YAML)


def write_folder(mission: Mission, folder: Path, *, overwrite: bool = False) -> None:
    """Write a mission's folder, whole or not at all; `drawdown.files.atomic.write_folder` says what it may replace."""
    filed = [table for table in CSV_TABLES if required(table) or mission.rows(table)]
    texts = {HEADER_FILE: _yaml(mission), PACKAGE_FILE: datapackage(mission, filed)}
    for table in filed:
        texts[f"{table}.csv"] = write_csv(*table_texts(columns(table), mission.rows(table)))
    ours = {HEADER_FILE, PACKAGE_FILE, *(f"{table}.csv" for table in CSV_TABLES)}
    atomic.write_folder(folder, texts, ours, HEADER_FILE, overwrite=overwrite)


def _yaml(mission: Mission) -> str:
    lines = list(row_lines(columns("mission"), mission.mission))
    for table in IN_YAML:
        if rows := mission.rows(table):
            lines += ["", *list_lines(table, columns(table), rows)]
    return "\n".join(lines) + "\n"


def read_folder(folder: Path) -> Reading:
    """Read a mission's folder. Never fails: what is wrong is in the reading's faults."""
    findings = Findings()
    try:
        names = names_in(folder)
    except Unreadable as problem:
        findings.unreadable("mission", str(folder), problem)
        return Reading(None, findings.found(TABLES))
    grids = _yaml_grids(folder, findings) if HEADER_FILE in names else {}
    lists = {table: f"put it into list `{table}` of {HEADER_FILE}" for table in IN_YAML}
    grids |= csv_grids(folder, names, {table: columns(table) for table in CSV_TABLES}, lists, findings)
    _tell_missing(names, findings)
    mission = build_mission(grids, findings)
    return Reading(mission, findings.found(TABLES), {table: grid.where for table, grid in grids.items()})


def csv_grids(
    folder: Path,
    names: Sequence[str],
    tables: Mapping[str, Sequence[Column]],
    elsewhere: Mapping[str, str],
    findings: Findings,
) -> dict[str, Grid]:
    """The grids of a folder's CSV files, by table.

    A CSV file that is no table is told, unless it is the reader's own (``x_...csv``) or hidden; ``elsewhere`` says
    where tables belong that have none.
    """
    grids: dict[str, Grid] = {}
    for table, known in tables.items():
        grid = read_csv(folder / f"{table}.csv", table, known, findings) if f"{table}.csv" in names else None
        if grid is not None:
            grids[table] = grid
    for name in names:
        if not name.lower().endswith(".csv") or name.removesuffix(".csv") in tables or name.startswith(_OTHERS):
            continue
        table = name[: -len(".csv")].lower()
        remedy = elsewhere.get(table) or suggest(name, [f"{table}.csv" for table in tables])
        message = "is not a file of this format"
        findings.fault(Spot(table), message, f"{remedy}; a file of your own begins with `x_`", name, name)
    return grids


def read_yaml(path: Path, table: str, findings: Findings) -> Node | None:
    """The root node of a YAML file, or None when ``findings`` say why there is none."""
    try:
        return parse_yaml(read_text(path, table, findings, MAX_YAML_BYTES))
    except Unreadable as problem:
        findings.unreadable(table, path.name, problem)
        return None


def _yaml_grids(folder: Path, findings: Findings) -> dict[str, Grid]:
    root = read_yaml(folder / HEADER_FILE, "mission", findings)
    if root is None:
        return {}
    elsewhere = {table: f"put it into {table}.csv" for table in CSV_TABLES}
    header = header_grid(YamlTable("mission", HEADER_FILE, columns("mission")), root, IN_YAML, elsewhere, findings)
    grids = {} if header is None else {"mission": header}
    for table in IN_YAML:
        if isinstance(root.value, dict) and table in root.value:
            grid = list_grid(YamlTable(table, HEADER_FILE, columns(table)), root.value[table], findings)
            if grid is not None:
                grids[table] = grid
    return grids


def _tell_missing(names: Sequence[str], findings: Findings) -> None:
    for table in TABLES:
        name = HEADER_FILE if table == "mission" else f"{table}.csv"
        if required(table) and name not in names:
            near = next((other for other in names if other.lower() in {name, name.replace(".yaml", ".yml")}), None)
            remedy = f"rename `{near}`" if near else f"add it: {TABLES[table][2]}"
            findings.fault(Spot(table), "is missing", remedy, name)
