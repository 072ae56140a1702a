"""The header and the lists of ``mission.yaml`` (or ``plan.yaml``) as grids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from drawdown.files.findings import Findings
from drawdown.files.grid import Grid, grid_of_records
from drawdown.files.text.yaml_lines import Node
from drawdown.mission.faults import Spot, suggest
from drawdown.mission.vocabulary import Column


class YamlTable(NamedTuple):
    """What a YAML file holds, or should: a table's name and columns, and what its file is called."""

    table: str
    file: str
    columns: Sequence[Column]


def header_grid(
    kind: YamlTable, root: Node, lists: Sequence[str], elsewhere: Mapping[str, str], findings: Findings
) -> Grid | None:
    """The grid of one row that the keys at the top make; None when ``findings`` say why there is none.

    The keys in ``lists`` are left to others; those in ``elsewhere`` belong where their text says.
    """
    table, file, columns = kind
    if not isinstance(root.value, dict):
        findings.fault(
            Spot(table), "is not a mapping of keys to values", "write lines such as `name: UN mission`", f"{file}:1"
        )
        return None
    tell_repeated(table, file, root, findings)
    known = {column.name for column in columns}
    record: dict[str, object] = {}
    for key, node in root.value.items():
        if key in known or key.startswith("x_"):
            record[key] = plain_value(node)
        elif key not in lists:
            remedy = elsewhere.get(key) or suggest(key, [*known, *lists])
            where = f"{file}:{root.key_lines[key]}"
            findings.fault(Spot(table, 0, key), "is not a key of this file", remedy, where, key)

    def where_is(_row: int | None, column: str | None) -> str:
        return f"{file}:{root.key_lines.get(column or '', 1)}"

    return grid_of_records(table, [record], columns, where_is)


def list_grid(kind: YamlTable, node: Node, findings: Findings) -> Grid | None:
    """The grid that a list of mappings makes; None when ``findings`` say why there is none, or it is blank."""
    table, file, columns = kind
    if node.blank:
        return None
    if not isinstance(node.value, list):
        findings.fault(
            Spot(table), "is not a list", "begin each row on a line of its own with `- `", f"{file}:{node.line}"
        )
        return None
    rows: list[Node] = []
    records: list[dict[str, object]] = []
    for item in node.value:
        if isinstance(item.value, dict):
            tell_repeated(table, file, item, findings)
            rows.append(item)
            records.append({key: plain_value(value) for key, value in item.value.items()})
        else:
            spot, where = Spot(table, len(rows)), f"{file}:{item.line}"
            findings.fault(spot, "is a row without keys", "write `- {id: ..., name: ...}`", where, plain_value(item))

    def where_is(row: int | None, column: str | None) -> str:
        name = column or ""
        if row is not None and row < len(rows):
            return f"{file}:{rows[row].key_lines.get(name, rows[row].line)}"
        return f"{file}:{next((item.key_lines[name] for item in rows if name in item.key_lines), node.line)}"

    return grid_of_records(table, records, columns, where_is)


def tell_repeated(table: str, file: str, node: Node, findings: Findings) -> None:
    """Tell the keys that stand twice in a mapping."""
    for key, line in node.repeated:
        findings.fault(Spot(table, None, key), "is a key twice", "delete one of the two", f"{file}:{line}", key)


def plain_value(node: Node) -> object:
    """A node as a cell's value: text, None if blank, a list of such, or a mapping (which no column takes)."""
    if node.blank:
        return None
    if isinstance(node.value, list):
        return [plain_value(item) for item in node.value]
    return {} if isinstance(node.value, dict) else node.value
