"""The benchmarks run, and what they measure is what they say. No times are judged here."""

import json

from drawdown.bench.big_mission import big_mission
from drawdown.bench.registry import Benchmark, Figure, benchmarks
from drawdown.bench.stress_minusma import stream
from drawdown.cli.main import main
from drawdown.mission.checks import check_mission
from kit.tiny_script import tiny_script


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


def test_what_takes_minutes_is_measured_only_if_it_is_named():
    quick = {row.name for row in benchmarks().values() if not row.group}
    slow = {row.name for row in benchmarks().values() if row.group == "plan"}
    assert {"start_up", "plan_minusma"} <= quick
    assert {"best_plan", "large_plan", "replan_minusma", "tiny_plans", "network_designs"} <= slow


def test_every_promised_figure_of_the_futures_has_its_benchmark():
    stress = {row.name for row in benchmarks().values() if row.group == "stress"}
    assert stress == {"stress_minusma", "stress_simpy", "stress_memory", "stress_closed_forms", "stress_first_answer"}


def test_futures_are_streamed_by_two_workers_and_their_memory_is_told():
    seconds, own, worker = stream(tiny_script(), 1_001)
    assert seconds > 0
    assert min(own, worker) > 0


def test_a_benchmark_may_give_several_figures_with_peers(monkeypatch, capsys):
    figures = [
        Figure("low", 3.0, 5, "%", peers={"them": 4.0}),
        Figure("high", 3.0, 5, "of 9", at_least=True, note="why"),
    ]
    monkeypatch.setitem(benchmarks(), "two", Benchmark("two", "two figures", 0, "", lambda: figures, "plan"))
    assert main(["bench", "two"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert [line.split()[-1] for line in shown[1:3]] == ["yes", "NO"]
    assert shown[3:] == ["low: them 4.00", "high: why"]


def test_published_instances_are_left_out_where_there_are_none(capsys):
    assert main(["bench", "network_designs", "project_schedules", "evacuations", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["benchmarks"] == []
