"""`drawdown plan`, `verify` and `compare`: keys, exit codes, and what they refuse."""

import json

import pytest

from drawdown import desk
from drawdown.planner.optimise import AT_ONCE

PLAN_KEYS = {
    "plan",
    "status",
    "objective",
    "start_objective",
    "bound",
    "gap",
    "seconds",
    "measures",
    "last_out",
    "binding",
    "must_give",
}


@pytest.fixture(scope="module")
def planned(tmp_path_factory):
    """A plan of the tiny mission, as one file."""
    path = tmp_path_factory.mktemp("plans") / "plan.json"
    desk.make_plan("tiny", out=path, effort=AT_ONCE)
    return path


def test_a_plan_has_the_promised_keys(run, tmp_path):
    ran = run("plan", "tiny", "--time-limit", 0, "--out", tmp_path / "plan", "--json")
    assert ran.code == 0
    assert ran.json.keys() >= PLAN_KEYS
    assert ran.json["plan"] == str(tmp_path / "plan")
    assert ran.json["status"] == "feasible"
    assert ran.json["objective"] == ran.json["start_objective"]
    assert ran.json["bound"] is None
    assert ran.json["must_give"] == []
    assert set(ran.json["measures"]) == {"time", "risk", "equipment", "protection", "cost"}


def test_a_person_gets_ten_lines_and_the_proof(run, tmp_path):
    lines = run("plan", "tiny", "--time-limit", 0, "--out", tmp_path / "plan").out.splitlines()
    assert lines[1].strip().startswith("finish")
    assert lines[9].endswith(str(tmp_path / "plan"))
    assert lines[10].endswith("nothing is proven about the best possible")
    assert lines[11:] == ["warning: the time was too short for more than the constructive plan"]


def test_the_same_seed_gives_the_same_plan(run, tmp_path):
    for name in ("one.json", "two.json"):
        run("plan", "tiny", "--time-limit", 0, "--out", tmp_path / name)
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


def test_all_courses_are_planned_into_one_folder(run, tmp_path):
    ran = run("plan", "tiny", "--time-limit", 0, "--coa", "all", "--out", tmp_path / "plans", "--json")
    assert ran.code == 0
    assert len(ran.json["plans"]) > 1
    assert {plan["plan"] for plan in ran.json["plans"]} == {str(path) for path in (tmp_path / "plans").iterdir()}


def test_a_course_that_there_is_not(run, tmp_path):
    ran = run("plan", "tiny", "--time-limit", 0, "--coa", "balancd", "--out", tmp_path / "plan")
    assert ran.code == 2
    assert "did you mean `balanced`?" in ran.err
    assert not (tmp_path / "plan").exists()


def test_what_is_there_is_not_planned_over(run, tmp_path):
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / "mine.txt").write_text("mine", "utf-8")
    assert run("plan", "tiny", "--time-limit", 0, "--out", tmp_path / "plan").code == 2
    assert run("plan", "tiny", "--time-limit", 0, "--out", tmp_path / "plan", "--replace").code == 2
    assert [path.name for path in (tmp_path / "plan").iterdir()] == ["mine.txt"]


def test_an_earlier_plan_is_replaced_on_request(run, tmp_path):
    assert run("plan", "tiny", "--time-limit", 0, "--out", tmp_path / "plan").code == 0
    assert run("plan", "tiny", "--time-limit", 0, "--out", tmp_path / "plan").code == 2
    assert run("plan", "tiny", "--time-limit", 0, "--out", tmp_path / "plan", "--replace").code == 0


def test_an_unsound_mission_is_not_planned(run, small, tmp_path):
    (small / "legs.csv").unlink()
    ran = run("plan", small, "--time-limit", 0, "--out", tmp_path / "plan")
    assert ran.code == 2
    assert "legs.csv" in ran.err
    assert not (tmp_path / "plan").exists()


def test_our_own_plan_breaks_no_rule(run, planned):
    ran = run("verify", planned, "--json")
    assert ran.code == 0
    assert ran.json["broken"] == []


def without_a_move(planned, path):
    """The plan without one of the moves that carry people."""
    plan = json.loads(planned.read_text("utf-8"))
    plan["moves"].remove(next(move for move in plan["moves"] if move["people"]))
    plan.pop("plan_hash")
    path.write_text(json.dumps(plan), "utf-8")
    return path


def test_a_spoilt_plan_is_told_rule_by_rule(run, planned, tmp_path):
    spoilt = without_a_move(planned, tmp_path / "spoilt.json")
    ran = run("verify", spoilt, "--json")
    assert ran.code == 1
    assert all({"rule", "action", "where", "from", "to", "message"} <= row.keys() for row in ran.json["broken"])
    assert "broken" in run("verify", spoilt).out


def test_a_plan_of_a_mission_that_has_changed_is_refused_unless_told_otherwise(run, planned, tmp_path):
    mission = tmp_path / "mission"
    run("convert", "tiny", mission)
    header = mission / "mission.yaml"
    header.write_text(header.read_text("utf-8").replace("Training mission", "Other mission"), "utf-8")
    refused = run("verify", planned, mission)
    assert refused.code == 2
    assert "has changed since the plan was made" in refused.err
    assert run("verify", planned, mission, "--changed").code == 0


def test_a_plan_of_a_mission_that_does_not_ship_needs_its_mission(run, small, tmp_path):
    run("plan", small, "--time-limit", 0, "--out", tmp_path / "plan")
    alone = run("verify", tmp_path / "plan")
    assert alone.code == 2
    assert "name the mission" in alone.err
    assert run("verify", tmp_path / "plan", small).code in {0, 1}


def test_a_plan_that_is_not_there(run, tmp_path):
    assert run("verify", tmp_path / "nothing").code == 2


def test_a_plan_that_cannot_be_read(run, planned, tmp_path):
    torn = tmp_path / "torn.json"
    torn.write_text(planned.read_text("utf-8")[:200], "utf-8")
    ran = run("verify", torn)
    assert ran.code == 2
    assert "torn.json" in ran.err


def test_a_plan_does_not_differ_from_itself(run, planned):
    ran = run("compare", planned, planned, "--json")
    assert ran.code == 0
    assert ran.json["differences"] == []
    assert all({"name", "measures"} <= plan.keys() for plan in ran.json["plans"])


def test_plans_are_compared_in_words(run, planned, tmp_path):
    other = without_a_move(planned, tmp_path / "other.json")
    ran = run("compare", planned, other)
    assert ran.code == 0
    assert "casualties expected" in ran.out
    assert run("compare", planned, other, "--json").json["differences"]


def test_a_plan_that_names_strangers_is_verified_but_not_shown(run, planned, tmp_path):
    plan = json.loads(planned.read_text("utf-8"))
    plan["moves"][0]["legs"] = ["no-such-leg"]
    plan.pop("plan_hash", None)
    strange = tmp_path / "strange.json"
    strange.write_text(json.dumps(plan), "utf-8")
    assert run("verify", strange).code == 1
    ran = run("report", strange, "--out", tmp_path / "report.html")
    assert ran.code == 2
    assert "no-such-leg" in ran.err
    assert not (tmp_path / "report.html").exists()
