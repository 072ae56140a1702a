"""Write everything that is generated from the vocabulary: ``python -m drawdown.mission.generate``.

It writes the row models (``tables.py``), the reference page (``docs/mission-format.md``), the JSON
Schema (``docs/mission.schema.json``) and nothing else. A test fails when any of them is stale.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from drawdown.mission.vocabulary import IN_YAML, OPTIONAL, TABLES, Column, columns

_PLAIN = {
    "id": "Id",
    "text": "Text",
    "country": "Country",
    "date": "Day",
    "month-day": "MonthDay",
    "yes/no": "bool",
    "integer": "int",
    "number": "float",
    "share": "float",
    "latitude": "float",
    "longitude": "float",
    "ref": "Id",
    "words": "tuple[Word, ...]",
    "refs": "tuple[Id, ...]",
}


def _python_type(column: Column) -> str:
    if column.base in {"choice", "choices"}:
        literal = "Literal[" + ", ".join(f'"{word}"' for word in column.args) + "]"
        return literal if column.base == "choice" else f"tuple[{literal}, ...]"
    text = _PLAIN[column.base]
    if column.low is not None:
        cast = int if text == "int" else float
        bounds = f"ge={cast(column.low)}" + ("" if column.high is None else f", le={cast(column.high)}")
        text = f"Annotated[{text}, Field({bounds})]"
    return text


def python_default(column: Column) -> object:
    """The value of a blank cell, as Python holds it (None if it stays blank)."""
    if column.many:
        return tuple(column.default.split(";")) if column.default else ()
    if column.base == "yes/no":
        return column.default == "yes"
    if not column.default:
        return None
    if column.base == "integer":
        return int(column.default)
    if column.base in {"number", "share"}:
        return float(column.default)
    return column.default


def _literal(value: object) -> str:
    if isinstance(value, tuple):
        words = ", ".join(map(_literal, value))
        return f"({words},)" if len(value) == 1 else f"({words})"
    return json.dumps(value) if isinstance(value, str) else repr(value)


def _field(column: Column) -> list[str]:
    kind, end = _python_type(column), ""
    if not column.required:
        default = python_default(column)
        kind += " | None" if default is None else ""
        end = " = " + _literal(default)
    unit = f" [{column.unit}]" if column.unit else ""
    return [f"    {column.name}: {kind}{end}", f'    """{column.meaning}.{unit}"""']


def tables_module() -> str:
    """The text of ``tables.py``."""
    lines = [
        '"""The rows of a mission, one class a table.',
        "",
        "Generated from vocabulary/*.csv by `make generate`, hence its length; do not edit.",
        '"""',
        "",
        "# fmt: off",
        "# ruff: noqa: E501",
        "from typing import Annotated, Literal",
        "",
        "from pydantic import Field",
        "",
        "from drawdown.mission.row import Country, Day, Id, MonthDay, Row, Text, Word",
    ]
    for table, (name, _, holds) in TABLES.items():
        lines += ["", "", f"class {name}(Row):", f'    """{holds}"""', ""]
        for column in columns(table):
            lines += _field(column)
    return "\n".join(lines) + "\n"


def _json_type(column: Column) -> dict[str, Any]:
    if column.many:
        item: dict[str, Any] = {"type": "string"}
        if column.base == "choices":
            item["enum"] = list(column.args)
        return {"type": "array", "items": item}
    if column.base == "choice":
        return {"type": "string", "enum": list(column.args)}
    simple: dict[str, dict[str, Any]] = {
        "yes/no": {"type": "boolean"},
        "date": {"type": "string", "format": "date"},
        "integer": {"type": "integer"},
    }
    schema = dict(simple.get(column.base, {"type": "number" if column.low is not None else "string"}))
    if column.low is not None:
        schema["minimum"] = column.low
    if column.high is not None:
        schema["maximum"] = column.high
    return schema


def json_schema() -> str:
    """The JSON Schema of a whole mission (as `drawdown convert MISSION mission.json` writes it)."""

    def table_schema(table: str) -> dict[str, Any]:
        return {
            "type": "object",
            "description": TABLES[table][2],
            "properties": {
                c.name: {**_json_type(c), "description": c.meaning + (f" [{c.unit}]" if c.unit else "")}
                for c in columns(table)
            },
            "required": [c.name for c in columns(table) if c.required],
            "patternProperties": {"^x_": {}},
            "additionalProperties": False,
        }

    properties = {
        table: table_schema(table) if table == "mission" else {"type": "array", "items": table_schema(table)}
        for table in TABLES
    }
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Drawdown mission",
        "type": "object",
        "properties": properties,
        "required": [table for table in TABLES if table not in OPTIONAL],
    }
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def _type_words(column: Column) -> str:
    words = ", ".join(f"`{word}`" for word in column.args)
    return {
        "choice": f"one of {words}",
        "choices": f"any of {words}; separated by `;`",
        "ref": "id in " + " or ".join(f"`{word}`" for word in column.args),
        "refs": "ids in " + " or ".join(f"`{word}`" for word in column.args) + ", separated by `;`",
        "words": "words separated by `;`",
        "date": "date (`2023-12-31`)",
        "month-day": "month and day (`06-15`)",
        "yes/no": "`yes` or `no`",
        "country": "ISO 3166-1 alpha-3 code",
    }.get(column.base, column.base)


def reference_page() -> str:
    """The text of ``docs/mission-format.md``."""
    intro = (
        "# The mission format\n\n"
        "Generated from the vocabulary by `make generate`; do not edit.\n\n"
        "A mission is a folder: `mission.yaml` and one CSV file a table, or one Excel workbook with a sheet a\n"
        "table. Both carry the same values. A blank cell takes the default; a column that starts with `x_` is\n"
        "yours and is kept as it is; any other unknown column is refused. See [conventions](conventions.md) for\n"
        "missing values, units and day boundaries.\n"
    )
    parts = [intro]
    for table, (_, _, holds) in TABLES.items():
        place = "`mission.yaml`"
        if table in IN_YAML:
            place += f", list `{table}`"
        elif table != "mission":
            place = f"`{table}.csv`"
        optional = " May be missing." if table in OPTIONAL else ""
        parts.append(
            f"\n## {table}\n\n{holds} In {place}; sheet `{table}`.{optional}\n\n"
            "| column | type | unit | default | required | meaning |\n|---|---|---|---|---|---|\n"
        )
        parts += [
            f"| `{c.name}` | {_type_words(c)} | {c.unit} | {c.default} | {needed} | {c.meaning} |\n"
            for c in columns(table)
            for needed in ["yes" if c.required else ""]
        ]
    return "".join(parts)


def outputs(root: Path) -> dict[Path, str]:
    """Every generated file under a checkout's root, with the text that it must have."""
    return {
        root / "src/drawdown/mission/tables.py": tables_module(),
        root / "docs/mission-format.md": reference_page(),
        root / "docs/mission.schema.json": json_schema(),
    }


if __name__ == "__main__":
    for path, text in outputs(Path(__file__).parents[3]).items():
        path.write_text(text, encoding="utf-8")
