"""`drawdown stress`: what it says, its keys, exit codes, and what it refuses."""

from __future__ import annotations

import pytest

from drawdown.files import write_mission, write_plan
from drawdown.planner.construction.simple import plan_simply
from kit.missions import change, small_mission


@pytest.fixture(scope="module")
def planned(run_once, tmp_path_factory):
    path = tmp_path_factory.mktemp("plans") / "plan.json"
    run_once("plan", "tiny", "--time-limit", 0, "--out", path)
    return path


def test_a_page_for_a_head_of_mission(run, planned):
    ran = run("stress", planned, "--futures", 200, "--what-if", "all")
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0].endswith(" of 200 futures meet 30 April 2024.")
    assert any(line.startswith("last person leaves") for line in lines)
    assert any(line.startswith("Post Cedar") for line in lines)
    assert any(line.startswith("What drives it: each source of chance taken away") for line in lines)
    assert "  The northern track stays open" in lines
    assert max(map(len, lines)) <= 100
    assert "cedar" not in ran.out


def test_keys(run, planned):
    ran = run("stress", planned, "--futures", 20, "--what-if", "north-open", "--json")
    assert ran.code == 0
    assert ran.json.keys() >= {
        "futures",
        "seconds",
        "deadline",
        "last_out",
        "losses",
        "casualties",
        "drivers",
        "what_if",
    }
    assert ran.json["deadline"].keys() == {"date", "probability", "low", "high"}
    assert ran.json["last_out"]["overall"].keys() == {"p10", "p50", "p80", "p95"}
    assert ran.json["last_out"]["sites"].keys() == {"acacia", "baobab", "cedar"}
    assert ran.json["what_if"][0]["name"] == "north-open"
    assert ran.json["plan"] == str(planned)


def test_without_drivers(run, planned):
    ran = run("stress", planned, "--futures", 5, "--no-drivers")
    assert ran.code == 0
    assert "What drives it" not in ran.out


def test_a_single_future_can_be_told(run, planned):
    ran = run("stress", planned, "--futures", 1, "--what-if", "more-lorries", "--json")
    assert ran.code == 0
    assert ran.json["casualties"]["error"] is None
    assert ran.json["what_if"][0]["casualties_low"] is None  # of one pair nothing is known


def test_a_late_plan_says_never(run, tmp_path):
    mission = small_mission()
    plan = plan_simply(mission).plan
    write_mission(mission, tmp_path / "mission")
    write_plan(plan.model_copy(update={"moves": (), "closures": ()}), tmp_path / "plan.json")
    ran = run("stress", tmp_path / "plan.json", tmp_path / "mission", "--futures", 5)
    assert ran.code == 0
    assert ran.out.startswith("0 % (0 to ")
    assert "never: not by the end of liquidation" in ran.out
    assert "warning: the plan breaks" in ran.out


def test_where_things_were_written(run, planned, tmp_path):
    ran = run("stress", planned, "--futures", 5, "--no-drivers", "--out", tmp_path / "out")
    assert ran.code == 0
    assert f"written: {tmp_path / 'out' / 'stress.json'}" in ran.out
    again = run("stress", planned, "--futures", 5, "--no-drivers", "--out", tmp_path / "out")
    assert again.code == 2
    assert "is there already; name another with --out, or --replace it" in again.err


def test_a_plan_whose_mission_has_changed_is_refused(run, tmp_path):
    mission = small_mission()
    write_plan(plan_simply(mission).plan, tmp_path / "plan.json")
    write_mission(change(mission, "mission", mission.mission.id, pace=0.9), tmp_path / "mission")
    ran = run("stress", tmp_path / "plan.json", tmp_path / "mission", "--futures", 5)
    assert ran.code == 2
    assert "has changed since the plan was made" in ran.err
    assert run("stress", tmp_path / "plan.json", tmp_path / "mission", "--futures", 5, "--changed").code == 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--futures", 0], "greater than or equal to 1"),
        (["--workers", 2, "--cluster", "tcp://x:1"], "give --workers or --cluster"),
        (["--what-if", "peace"], "use one of: north-open, more-lorries; or all"),
        (["--seed", 2**64], "give a whole number from 0 to 2^63 - 1"),
        (["--replan", 5], "name a --what-if to plan for, or all"),
        (["--resume"], "name its folder with --table"),
    ],
)
def test_words_that_make_no_sense(run, planned, words, message):
    ran = run("stress", planned, *words)
    assert ran.code == 2
    assert message in ran.err
    assert not ran.out
