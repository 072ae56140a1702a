"""A mission as one JSON file: checked like a folder, told by the line of its row."""

from __future__ import annotations

import json

import pytest

from drawdown.files import read_mission, write_mission
from drawdown.mission.faults import Spot
from kit.missions import small_mission

SITES, LEGS, OTHER = '"sites": [', '"legs": [', '"other"'


@pytest.fixture
def path(tmp_path):
    write_mission(small_mission(), tmp_path / "mission.json")
    return tmp_path / "mission.json"


def edited(path, edit):
    body = json.loads(path.read_text())
    edit(body)
    path.write_text(json.dumps(body, indent=1))
    return read_mission(path)


def line_of(path, text):
    return next(number for number, line in enumerate(path.read_text().split("\n"), start=1) if text in line)


def test_a_row_is_a_line(path):
    reading = read_mission(path)
    assert reading.locate(Spot("sites", 1, "lat")) == f"mission.json:{line_of(path, small_mission().sites[1].id)}"
    assert reading.locate(Spot("mission", 0, "name")) == "mission.json:2"


def test_values_of_any_type_are_judged_by_their_column(path):
    def spoil(body):
        body["sites"][0] |= {"lat": "1,5", "guard": 10**400, "name": 12, "liquidation": "perhaps", "hub": ["a"]}
        body["exits"][0] |= {"takes": ["people", "cargo"], "lon": 1e400, "teu_per_day": True, "open_from": {}}
        body["mission"]["note"] = "\ud800"

    reading = edited(path, spoil)
    found = {fault.spot.column: (fault.severity, fault.message, fault.value) for fault in reading.faults}
    assert found == {
        "note": ("fault", "`note` contains the control character U+D800", "\ufffd"),
        "lat": ("fault", "`lat` is not a number", "1,5"),
        "guard": ("fault", "`guard` is not a number", "inf"),
        "name": ("note", "`name` holds numbers: 12 was read as text", "12"),
        "liquidation": ("fault", "`liquidation` is neither yes nor no", "perhaps"),
        "hub": ("fault", "`hub` is a list", "['a']"),
        "takes": ("fault", "`takes` is not one of the words that this column knows", "['people', 'cargo']"),
        "lon": ("fault", "`lon` is not a number", "inf"),
        "teu_per_day": ("fault", "`teu_per_day` is not a number", "True"),
        "open_from": ("fault", "`open_from` is a group of values", "{}"),
    }
    first_site = next(fault for fault in reading.faults if fault.spot.table == "sites")
    assert first_site.where == f"mission.json:{line_of(path, SITES) + 1}"


def test_the_top_is_checked_too(path):
    def spoil(body):
        del body["legs"]
        body["leggs"] = []
        body["crews"] = {}
        body["phases"] = ["one"]
        body["mission"] = [body["mission"]]
        body["claims"] = None

    assert [fault.message for fault in edited(path, spoil).faults] == [
        "is no table of a mission",
        "is not an object",
        "is not an object",
        "is not a list",
        "is missing",
        "is not a list",
    ]


def test_a_key_that_stands_twice_is_told(path):
    path.write_text(
        path.read_text().replace('"id": "base"', '"id": "base", "id": "other"', 1).replace("{", '{"legs": [],', 1)
    )
    lines = path.read_text().split("\n")
    assert [(fault.where, fault.message, fault.value) for fault in read_mission(path).faults] == [
        (f"mission.json:{line_of(path, OTHER)}", "is a key twice", "id"),
        (f"mission.json:{len(lines) - lines[::-1].index(LEGS)}", "is a key twice", "legs"),
    ]


def test_columns_of_ones_own_lie_beside_the_others(path):
    reading = edited(path, lambda body: body["crews"][0].update(x_boss="me", x_count=3))
    assert reading.mission.crews[0].extras == (("x_boss", "me"), ("x_count", "3"))


def test_too_many_values_are_refused_before_they_are_read(path):
    path.write_text('{"sites": [' + "[]," * 2_100_000 + "0]}")
    assert [fault.message for fault in read_mission(path).faults] == [
        "brings the tables to more than the limit of 2,000,000 cells in all"
    ]
