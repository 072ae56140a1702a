"""The benchmarks run, and what they measure is what they say. No times are judged here."""

import json

from drawdown.bench.big_mission import big_mission
from drawdown.bench.registry import benchmarks
from drawdown.cli.main import main
from drawdown.mission.checks import check_mission


def test_the_big_mission_is_sound_and_the_same_every_time():
    mission = big_mission(12, 100)
    assert [fault for fault in check_mission(mission) if fault.severity == "fault"] == []
    assert mission.hash == big_mission(12, 100).hash
    assert mission.hash != big_mission(12, 100, seed=1).hash


def test_every_promised_figure_has_its_benchmark():
    bars = {name: (row.bar, row.unit) for name, row in benchmarks().items()}
    assert bars["start_up"] == (0.5, "s")
    assert bars["check_minusma"] == (1.5, "s")
    assert bars["read_big_mission"] == (3.0, "s")
    assert bars["read_big_mission_memory"] == (500, "MB")
    assert bars["verify_minusma"] == (1.0, "s")


def test_a_figure_is_shown_beside_its_bar(capsys):
    assert main(["bench", "start_up", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["benchmarks"]
    assert row["value"] > 0
    assert row["met"] == (row["value"] <= row["bar"])


def test_a_benchmark_that_there_is_not(capsys):
    assert main(["bench", "start"]) == 2
    assert "did you mean `start_up`?" in capsys.readouterr().err
