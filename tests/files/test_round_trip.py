"""Every form holds every mission: what is written is read back the same, to the last digit."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings

from drawdown.files import read_mission, read_plan, write_mission, write_plan
from drawdown.mission.mission import Mission
from kit.anything import missions, plans
from kit.missions import small_mission

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/mission.schema.json").read_text(encoding="utf-8"))
often = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@contextmanager
def somewhere() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp())
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def through(mission: Mission, path: Path) -> Mission:
    write_mission(mission, path)
    reading = read_mission(path)
    assert reading.faults == ()
    assert reading.mission is not None
    return reading.mission


def bytes_of(path: Path) -> dict[str, bytes]:
    files = [path] if path.is_file() else sorted(path.iterdir())
    return {file.name: file.read_bytes() for file in files}


@often
@given(missions())
def test_a_mission_is_the_same_after_folder_workbook_and_json(mission):
    with somewhere() as place:
        from_folder = through(mission, place / "one")
        from_workbook = through(from_folder, place / "two.xlsx")
        from_json = through(from_workbook, place / "three.json")
        again = through(from_json, place / "four")
        assert from_folder == from_workbook == from_json == again == mission
        assert again.hash == mission.hash
        assert bytes_of(place / "one") == bytes_of(place / "four")


@often
@given(plans)
def test_a_plan_is_the_same_after_folder_and_json(plan):
    with somewhere() as place:
        write_plan(plan, place / "one")
        write_plan(plan, place / "two.json")
        for path in (place / "one", place / "two.json"):
            reading = read_plan(path)
            assert reading.faults == ()
            assert reading.plan == plan
            assert reading.plan.hash == plan.hash


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(missions())
def test_a_json_mission_is_what_the_schema_says(mission):
    with somewhere() as place:
        write_mission(mission, place / "mission.json")
        jsonschema.validate(json.loads((place / "mission.json").read_text(encoding="utf-8")), SCHEMA)


@pytest.mark.parametrize("name", ["folder", "workbook.xlsx", "mission.json"])
def test_the_same_mission_gives_the_same_bytes(tmp_path, name):
    write_mission(small_mission(), tmp_path / "one" / name)
    write_mission(small_mission(), tmp_path / "two" / name)
    assert bytes_of(tmp_path / "one" / name) == bytes_of(tmp_path / "two" / name)
