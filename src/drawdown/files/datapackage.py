"""The Data Package (Frictionless) of a mission's folder, so that other tools can read and check its tables.

Only what Table Schema can say is said: lists are text, and a reference is a foreign key where it has one table
with a CSV file of its own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from drawdown.files.written import extra_names
from drawdown.mission.mission import Mission
from drawdown.mission.row import COUNTRY, ID, MONTH_DAY, TEXT_LIMIT, Row
from drawdown.mission.vocabulary import TABLES, Column, columns

_TYPES: dict[str, dict[str, Any]] = {
    "yes/no": {"type": "boolean", "trueValues": ["yes"], "falseValues": ["no"]},
    "date": {"type": "date"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "share": {"type": "number"},
    "latitude": {"type": "number"},
    "longitude": {"type": "number"},
}
_PATTERNS = {"id": ID, "ref": ID, "country": COUNTRY, "month-day": MONTH_DAY}


def datapackage(mission: Mission, tables: Sequence[str]) -> str:
    """The text of ``datapackage.json`` for the tables that have CSV files."""
    resources = [_resource(table, mission.rows(table), set(tables)) for table in tables]
    head = {"profile": "tabular-data-package", "name": mission.mission.id, "title": mission.mission.name}
    return json.dumps({**head, "resources": resources}, indent=1, ensure_ascii=False) + "\n"


def _resource(table: str, rows: Sequence[Row], filed: set[str]) -> dict[str, Any]:
    key = TABLES[table][1]
    fields = [_field(column, unique=column.name == key) for column in columns(table)]
    fields += [{"name": name, "type": "string"} for name in extra_names(rows)]
    schema: dict[str, Any] = {"fields": fields, "primaryKey": [key], "missingValues": [""]}
    if foreign := [_foreign_key(table, column) for column in columns(table) if _has_one_target(column, filed)]:
        schema["foreignKeys"] = foreign
    return {
        "profile": "tabular-data-resource",
        "name": table,
        "path": f"{table}.csv",
        "description": TABLES[table][2],
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": schema,
    }


def _field(column: Column, *, unique: bool) -> dict[str, Any]:
    unit = f" [{column.unit}]" if column.unit else ""
    field = {"name": column.name, "description": column.meaning + unit, **_TYPES.get(column.base, {"type": "string"})}
    return {**field, "constraints": limits} if (limits := dict(_constraints(column, unique=unique))) else field


def _constraints(column: Column, *, unique: bool) -> Mapping[str, Any]:
    limits: dict[str, Any] = {}
    if column.required:
        limits["required"] = True
    if unique:
        limits["unique"] = True
    if column.base == "choice":
        limits["enum"] = list(column.args)
    if column.base in _PATTERNS:
        limits["pattern"] = _PATTERNS[column.base]
    if column.base == "text":
        limits["maxLength"] = TEXT_LIMIT
    number = int if column.base == "integer" else float
    if column.low is not None:
        limits["minimum"] = number(column.low)
    if column.high is not None:
        limits["maximum"] = number(column.high)
    return limits


def _has_one_target(column: Column, filed: set[str]) -> bool:
    return column.base == "ref" and len(column.args) == 1 and column.args[0] in filed


def _foreign_key(table: str, column: Column) -> dict[str, Any]:
    target = column.args[0]
    reference = {"resource": "" if target == table else target, "fields": [TABLES[target][1]]}
    return {"fields": [column.name], "reference": reference}
