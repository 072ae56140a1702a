"""A stress test as a notebook asks for it: answers as they grow, what is written, and what is refused."""

from __future__ import annotations

import json
import sys
from types import SimpleNamespace

import pytest

from drawdown import desk
from drawdown.desk import playing
from drawdown.desk.stressing import stress
from drawdown.files import write_plan
from drawdown.mission.faults import MissionError
from drawdown.planner.construction.simple import plan_simply


@pytest.fixture(scope="module")
def planned(tmp_path_factory):
    path = tmp_path_factory.mktemp("plans") / "plan.json"
    write_plan(plan_simply(desk.open_mission("tiny")).plan, path)
    return path


def test_the_answers_come_first_and_grow(planned):
    told = []
    found = stress(planned, futures=60, what_if=["all"], tell=told.append)
    assert [len(row.what_if) for row in told] == [0, 0, 1, 2]
    assert [bool(row.knock_outs) for row in told] == [False, True, True, True]
    assert found.what_if == told[-1].what_if
    assert found.futures == 60
    assert [row.title for row in found.what_if] == ["The northern track stays open", "Ten more lorries at Acacia"]
    assert len(found.knock_outs) == 12


def test_workers_do_not_change_the_answers(planned):
    one, two = (stress(planned, futures=30, seed=5, workers=n, what_if=["north-open"]) for n in (1, 2))
    assert (one.out_by, one.lost, one.knock_outs, one.what_if) == (two.out_by, two.lost, two.knock_outs, two.what_if)


def test_a_mission_planned_again_has_a_row_without_a_change_beside_it(planned):
    found = stress(planned, futures=20, drivers=False, what_if=["more-lorries", "more-lorries"], replan=0)
    assert [(row.name, row.replanned) for row in found.what_if] == [("(nothing)", True), ("more-lorries", True)]
    assert not found.what_if[0].changed  # the plan that was given is the constructive one
    assert "no future comes out differently, also with a plan made for it" in found.what_if[0].words


def test_where_no_lawful_plan_is_found_the_old_one_plays(planned, monkeypatch):
    monkeypatch.setattr("drawdown.planner.optimise.optimise", lambda *_, **__: SimpleNamespace(unmet=("deadline",)))
    found = stress(planned, futures=10, drivers=False, what_if=["north-open"], replan=1)
    assert found.warnings[1] == "north-open: no plan that keeps all rules was found in 1 s, so the old one plays"
    assert not found.what_if[0].changed


def test_a_plan_that_breaks_rules_is_played_with_a_warning(tmp_path):
    mission = desk.open_mission("tiny")
    plan = plan_simply(mission).plan
    write_plan(plan.model_copy(update={"steps": plan.steps[1:]}), tmp_path / "plan.json")
    found = stress(tmp_path / "plan.json", futures=5, drivers=False)
    assert found.broken
    assert f"drawdown verify {tmp_path / 'plan.json'}" in found.warnings[0]


def test_answers_in_a_folder(planned, tmp_path):
    found = stress(planned, futures=10, drivers=False, out=tmp_path / "out")
    assert [path.name for path in found.files] == ["stress.json", "stress.html"]
    kept = json.loads((tmp_path / "out" / "stress.json").read_text("utf-8"))
    assert kept["deadline"].keys() == {"date", "probability", "low", "high"}
    assert kept["last_out"]["sites"]["acacia"].keys() == {"p10", "p50", "p80", "p95"}
    assert "<html" in (tmp_path / "out" / "stress.html").read_text("utf-8")


def test_an_earlier_output_is_replaced_only_if_one_says_so_and_nothing_else_ever(planned, tmp_path):
    stress(planned, futures=3, drivers=False, out=tmp_path / "out")
    with pytest.raises(FileExistsError, match="is there already"):
        stress(planned, futures=3, drivers=False, out=tmp_path / "out")
    found = stress(planned, futures=4, drivers=False, out=tmp_path / "out", overwrite=True)
    assert json.loads(found.files[0].read_text("utf-8"))["futures"] == 4
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear", "utf-8")
    with pytest.raises(FileExistsError, match="not ours to replace"):
        stress(planned, futures=3, drivers=False, out=tmp_path / "mine", overwrite=True)
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_without_the_extra_for_the_page_there_are_the_answers(planned, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "drawdown.report.stress_page", None)
    found = stress(planned, futures=3, drivers=False, out=tmp_path / "out")
    assert [path.name for path in found.files] == ["stress.json"]
    assert found.warnings[0].startswith("no stress.html: ")


def test_a_table_of_futures_is_not_played_twice(planned, tmp_path):
    first = stress(planned, futures=12, drivers=False, table=tmp_path / "table")
    with pytest.raises(MissionError, match="resume its run"):
        stress(planned, futures=12, drivers=False, table=tmp_path / "table")
    again = stress(planned, futures=12, drivers=False, table=tmp_path / "table", resume=True)
    assert (again.out_by, again.fan) == (first.out_by, first.fan)
    with pytest.raises(MissionError, match="with seed 1, not 2"):
        stress(planned, futures=12, seed=2, drivers=False, table=tmp_path / "table", resume=True)


def test_a_comparison_is_of_no_more_futures_than_are_needed(planned, monkeypatch):
    monkeypatch.setattr(playing, "COMPARED", 7)
    found = stress(planned, futures=20, what_if=["north-open"], drivers=False)
    assert (found.futures, found.what_if[0].futures) == (20, 7)


def test_all_that_makes_no_sense_is_told_at_once(planned):
    with pytest.raises(MissionError) as refused:
        stress(planned, futures=0, seed=2**63, workers=2, cluster="tcp://x:1", until=0.0, replan=-1, resume=True)
    assert [fault.where for fault in refused.value.faults] == [
        "--futures", "--seed", "--workers", "--until", "--replan", "--replan", "--resume",
    ]  # fmt: skip


def test_a_what_if_that_the_mission_does_not_have(planned):
    with pytest.raises(MissionError, match="use one of: north-open, more-lorries; or all"):
        stress(planned, what_if=["north-opened"])


def test_a_cluster_that_is_not_there(planned, monkeypatch):
    cluster = pytest.importorskip("drawdown.stress.cluster")
    monkeypatch.setattr(cluster, "ANSWER", 0.2)
    with pytest.raises(MissionError, match="no Dask scheduler answers at tcp://"):
        stress(planned, cluster="tcp://127.0.0.1:1")


def test_a_missing_extra_is_named(planned, monkeypatch):
    monkeypatch.setattr("drawdown.stress.extras.find_spec", lambda _name: None)
    with pytest.raises(MissionError, match=r"install the extra `stress`: pip install 'drawdown\[stress\]'"):
        stress(planned)
