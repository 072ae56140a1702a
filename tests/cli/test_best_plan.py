"""`drawdown plan` at work: limits, proofs, wishes, all courses of action, and what happens when it is interrupted."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

LITTLE = ("--rounds", 1, "--workers", 1, "--time-limit", 30)


@pytest.fixture(scope="module")
def little(tmp_path_factory, run_once):
    """The tiny mission after one round of the search."""
    path = tmp_path_factory.mktemp("little") / "plan.json"
    return run_once("plan", "tiny", *LITTLE, "--out", path, "--json"), path


def test_a_plan_has_a_bound_below_it_and_a_gap_between(little):
    result = little[0].json
    assert result["status"] == "feasible"
    assert result["objective"] <= result["start_objective"]
    assert 0 < result["bound"] < result["objective"]
    assert result["gap"] == pytest.approx(1 - result["bound"] / result["objective"])
    assert "row prices" in result["how"]
    assert result["trail"][0][1] == result["start_objective"]
    assert result["trail"][-1][1] == result["objective"]


def test_the_plan_carries_its_proof(little):
    settings = json.loads(little[1].read_text("utf-8"))["settings"]
    assert settings["status"] == "feasible"
    assert settings["bound"] == little[0].json["bound"]


def test_the_same_seed_and_rounds_give_the_same_plan(run, little, tmp_path):
    run("plan", "tiny", *LITTLE, "--out", tmp_path / "again.json")
    assert (tmp_path / "again.json").read_bytes() == little[1].read_bytes()


def test_a_plan_that_is_good_enough_ends_the_work(run, tmp_path):
    ran = run("plan", "tiny", "--time-limit", 60, "--gap", 0.99, "--out", tmp_path / "plan", "--json")
    assert ran.json["seconds"] < 60


def test_a_wish_is_kept_and_said(run, tmp_path):
    wishes = tmp_path / "wishes.yaml"
    wishes.write_text("wishes:\n- {site: cedar, last_out: {not_before: 2024-03-20}}\n", "utf-8")
    ran = run("plan", "tiny", "--time-limit", 0, "--pin", wishes, "--out", tmp_path / "plan", "--json")
    assert ran.code == 0
    assert ran.json["last_out"]["cedar"] >= "2024-03-20"
    assert ran.json["unkept"] == []


def test_wishes_that_contradict_each_other_are_refused_with_both_lines(run, tmp_path):
    wishes = tmp_path / "wishes.yaml"
    wishes.write_text(
        "wishes:\n- {site: cedar, last_out: {not_before: 2024-03-20}}\n"
        "- {site: cedar, last_out: {not_after: 2024-03-10}}\n",
        "utf-8",
    )
    ran = run("plan", "tiny", "--pin", wishes, "--out", tmp_path / "plan")
    assert ran.code == 2
    assert "wishes.yaml:2" in ran.err
    assert "wishes.yaml:3" in ran.err


def test_planning_again_changes_nothing_without_need(run, little, tmp_path):
    ran = run("plan", "tiny", "--time-limit", 1, "--near", little[1], "--out", tmp_path / "again", "--json")
    assert ran.code == 0
    assert ran.json["changes"] == []


def test_all_courses_of_action_are_weighed_against_each_other(run, tmp_path):
    ran = run("plan", "tiny", "--coa", "all", "--time-limit", 0, "--out", tmp_path / "plans", "--json")
    points = ran.json["points"]
    assert len(points) == 2 * len(ran.json["plans"]) - 1
    assert {name for point in points for name in point["best_for"]} == {plan["course"] for plan in ran.json["plans"]}


def test_no_course_of_action_gets_a_worse_plan_than_another_one_found(run, tmp_path):
    ran = run("plan", "tiny", "--coa", "all", *LITTLE, "--out", tmp_path / "plans", "--json")
    for number, plan in enumerate(ran.json["plans"]):
        course = list(ran.json["points"][0]["objectives"])[number]
        weights = [point["objectives"][course] for point in ran.json["points"][: len(ran.json["plans"])]]
        assert plan["objective"] == pytest.approx(min(weights))


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_ctrl_c_gives_the_best_plan_so_far(tmp_path):
    command = [sys.executable, "-m", "drawdown", "plan", "tiny", "--time-limit", "60", "--out", "plan", "--json"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        time.sleep(6)  # the constructive plan of the tiny mission takes one
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=40)
    assert process.returncode == 0, err
    assert any("interrupted" in text for text in json.loads(out)["warnings"])
    assert (tmp_path / "plan" / "moves.csv").is_file()
