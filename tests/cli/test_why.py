"""`drawdown why`: keys, words, exit codes, and what it refuses."""

import pytest

from drawdown import desk
from drawdown.files import write_mission, write_plan
from drawdown.planner.construction.simple import plan_simply
from drawdown.planner.optimise import Effort
from kit.missions import change, small_mission


@pytest.fixture(scope="module")
def planned(tmp_path_factory):
    path = tmp_path_factory.mktemp("plans") / "plan.json"
    desk.make_plan("tiny", out=path, effort=Effort(seconds=0))
    return path


def test_what_binds_is_a_line_a_resource_with_a_figure_a_week(run, planned):
    ran = run("why", planned)
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[0].startswith("tiny-balanced, course of action Balanced")
    assert any(line.startswith("What binds, by place: full days of each week from 1 Feb 2024") for line in lines)
    assert lines[-1] == "Nothing is destroyed or left behind."


def test_keys_of_what_binds(run, planned):
    ran = run("why", planned, "--json")
    assert ran.json.keys() >= {"objective", "must_give", "proof", "weeks", "losses", "gains", "alternatives"}
    assert ran.json["weeks"][0].keys() == {"where", "what", "size", "from", "to", "full_days"}


def test_gains_are_ranked_with_what_is_shown_and_what_is_proven(run, planned):
    ran = run("why", planned, "--gains", "--builds", 4, "--json")
    assert ran.code == 0
    found = ran.json["gains"]
    assert found.keys() >= {"objective", "bound", "rebuilt", "chance", "builds", "gains"}
    first = found["gains"][0]
    assert first.keys() >= {"name", "words", "gain", "objective", "sure", "days", "bound", "bound_gain", "at_most"}
    assert first["gain"] >= 0


def test_alternatives_for_a_lot_say_what_changes(run, planned):
    ran = run("why", planned, "--lot", "acacia-un-light", "--builds", 4)
    assert ran.code == 0
    assert "Alternatives, each planned again near to this plan" in ran.out
    assert "acacia-un-light to" in ran.out


def test_a_site_that_there_is_not(run, planned):
    ran = run("why", planned, "--site", "baobob")
    assert ran.code == 2
    assert "did you mean `baobab`?" in ran.err
    assert not ran.out


def test_an_impossible_mission_is_explained_and_the_answer_is_no(run, tmp_path):
    mission = change(change(small_mission(), "crews", "closing", count=1), "closure_steps", "clean", days=120)
    write_mission(mission, tmp_path / "mission")
    write_plan(plan_simply(mission).plan, tmp_path / "plan.json")
    ran = run("why", tmp_path / "plan.json", tmp_path / "mission")
    assert ran.code == 1
    assert "It is proven that no lawful plan exists." in ran.out
    assert "Closing crew: 1 at work at one time" in ran.out
    assert "Closing crew is short of 1 crew" in ran.out
    assert "the deadline would have to be 4 March 2026, 63 days later" in ran.out
