"""What is generated from the vocabulary is up to date in the checkout."""

import ast
import json
from pathlib import Path

import jsonschema
import pytest

from drawdown.mission.generate import json_schema, outputs, reference_page, tables_module
from drawdown.mission.vocabulary import TABLES, columns
from kit.missions import small_mission

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("path", outputs(ROOT), ids=lambda path: path.name)
def test_a_generated_file_is_not_stale(path):
    assert path.read_text(encoding="utf-8") == outputs(ROOT)[path], "run `make generate`"


def test_the_reference_page_names_every_column_with_its_meaning():
    page = reference_page()
    for table in TABLES:
        assert f"\n## {table}\n" in page
        for column in columns(table):
            assert f"| `{column.name}` |" in page
            assert column.meaning in page


def test_the_json_schema_accepts_a_mission_and_refuses_an_unknown_column():
    schema = json.loads(json_schema())
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    row = {
        "id": "post",
        "name": "Post",
        "kind": "outpost",
        "lat": 15.0,
        "lon": -2.95,
        "abroad": False,
        "x_colour": "red",
    }
    header = json.loads(small_mission().mission.model_dump_json(exclude={"extras"}, exclude_none=True))
    empty = {table: [] for table in TABLES}
    assert validator.is_valid({**empty, "mission": header, "sites": [row]})
    assert not validator.is_valid({**empty, "mission": header, "sites": [{**row, "colour": "red"}]})
    assert not validator.is_valid({**empty, "mission": header, "sites": [{**row, "kind": "castle"}]})


def test_the_tables_module_is_python_that_says_not_to_edit_it():
    text = tables_module()
    assert "do not edit" in text
    assert {node.name for node in ast.parse(text).body if isinstance(node, ast.ClassDef)} == {
        name for name, _, _ in TABLES.values()
    }
