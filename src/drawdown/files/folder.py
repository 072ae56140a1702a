"""A mission as a folder: ``mission.yaml`` and one CSV file a table."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from drawdown.files import atomic
from drawdown.files.build import build_mission, required
from drawdown.files.datapackage import datapackage
from drawdown.files.findings import Findings
from drawdown.files.grid import Grid
from drawdown.files.limits import MAX_YAML_BYTES
from drawdown.files.reading import Reading
from drawdown.files.text.csv_table import read_csv, write_csv
from drawdown.files.text.plain import Unreadable, read_text
from drawdown.files.text.yaml_grids import YamlTable, header_grid, list_grid
from drawdown.files.text.yaml_lines import Node, parse_yaml
from drawdown.files.text.yaml_write import list_lines, row_lines
from drawdown.files.written import table_texts
from drawdown.mission.faults import Spot, suggest
from drawdown.mission.mission import Mission
from drawdown.mission.vocabulary import IN_YAML, TABLES, columns

HEADER_FILE, PACKAGE_FILE = "mission.yaml", "datapackage.json"
CSV_TABLES = tuple(table for table in TABLES if table != "mission" and table not in IN_YAML)


def write_folder(mission: Mission, folder: Path, *, overwrite: bool = False) -> None:
    """Write a mission's folder, whole or not at all; see `drawdown.files.atomic.write_folder` for what it may replace."""
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
    names = _names(folder, findings)
    grids = _yaml_grids(folder, findings) if HEADER_FILE in names else {}
    for table in CSV_TABLES:
        if f"{table}.csv" in names:
            grid = read_csv(folder / f"{table}.csv", table, columns(table), findings)
            if grid is not None:
                grids[table] = grid
    _tell_missing(names, findings)
    tell_strangers(
        names, [f"{table}.csv" for table in CSV_TABLES], findings, {t: f"list `{t}` of {HEADER_FILE}" for t in IN_YAML}
    )
    mission = build_mission(grids, findings)
    return Reading(mission, findings.found(), {table: grid.where for table, grid in grids.items()})


def _names(folder: Path, findings: Findings) -> set[str]:
    try:
        return {path.name for path in folder.iterdir()}
    except OSError as problem:
        findings.fault(
            Spot("mission"), f"cannot be read: {problem.strerror}", "check its name and permissions", str(folder)
        )
        return set()


def read_yaml(path: Path, table: str, findings: Findings) -> Node | None:
    """The root node of a YAML file, or None when ``findings`` say why there is none."""
    text = read_text(path, table, findings, MAX_YAML_BYTES)
    try:
        return None if text is None else parse_yaml(text)
    except Unreadable as problem:
        findings.fault(Spot(table), problem.message, problem.remedy, f"{path.name}:{problem.line or 1}")
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


def _tell_missing(names: set[str], findings: Findings) -> None:
    for table in TABLES:
        name = HEADER_FILE if table == "mission" else f"{table}.csv"
        if required(table) and name not in names:
            near = next(
                (other for other in sorted(names) if other.lower() in {name, name.replace(".yaml", ".yml")}), None
            )
            remedy = f"rename `{near}`" if near else f"add it: {TABLES[table][2]}"
            findings.fault(Spot(table), "is missing", remedy, name)


def tell_strangers(names: Iterable[str], known: list[str], findings: Findings, elsewhere: dict[str, str]) -> None:
    """Tell the CSV files that are no table, unless they are the reader's own (``x_...csv``) or hidden."""
    for name in sorted(names):
        if name.lower().endswith(".csv") and name not in known and not name.startswith(("x_", ".", "~")):
            table = name[: -len(".csv")].lower()
            remedy = f"put it into {elsewhere[table]}" if table in elsewhere else suggest(name, known)
            message = "is not a file of this format"
            findings.fault(Spot(table), message, f"{remedy}; a file of your own begins with `x_`", name, name)
