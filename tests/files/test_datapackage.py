"""The generated Data Package, judged by the reference implementation."""

from __future__ import annotations

import csv

import frictionless
import pytest
from hypothesis import HealthCheck, given, settings

from drawdown.files import write_mission
from drawdown.files.folder import CSV_TABLES
from drawdown.mission.mission import Mission
from kit.anything import missions
from kit.missions import small_mission


def errors(folder) -> list[str]:
    report = frictionless.validate(str(folder / "datapackage.json"))
    return [f"{task.name}: {error.type} {error.note}" for task in report.tasks for error in task.errors]


@pytest.fixture
def folder(tmp_path):
    write_mission(small_mission(), tmp_path / "mission")
    return tmp_path / "mission"


def test_a_written_folder_is_valid(folder):
    assert errors(folder) == []
    package = frictionless.Package(str(folder / "datapackage.json"))
    assert {resource.name for resource in package.resources} == {
        table for table in CSV_TABLES if small_mission().rows(table)
    }


def test_it_reads_values_as_we_do(folder):
    package = frictionless.Package(str(folder / "datapackage.json"))
    for site, row in zip(small_mission().sites, package.get_resource("sites").read_rows(), strict=True):
        assert (row["id"], float(row["lat"]), row["liquidation"], row["guard"]) == (
            site.id,
            site.lat,
            site.liquidation,
            site.guard,
        )


@pytest.mark.parametrize(
    ("column", "value", "error"),
    [
        ("hub", "nowhere", "foreign-key"),
        ("lat", "120", "constraint-error"),
        ("lat", "far", "type-error"),
        ("kind", "castle", "constraint-error"),
        ("name", "", "constraint-error"),
        ("id", "Big Base", "constraint-error"),
        ("liquidation", "perhaps", "type-error"),
    ],
)
def test_it_finds_what_is_wrong(folder, column, value, error):
    with (folder / "sites.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0][column] = value
    with (folder / "sites.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    assert any(f"sites: {error}" in found for found in errors(folder))


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(missions())
def test_any_mission_with_ids_that_resolve_is_valid(tmp_path_factory, mission: Mission):
    folder = tmp_path_factory.mktemp("any") / "mission"
    write_mission(mission, folder)
    meant = ("foreign-key", "primary-key", "unique-error")  # ids and references are invented
    assert [found for found in errors(folder) if not any(word in found for word in meant)] == []
