"""`drawdown plan --robust`."""

import pytest

LITTLE = ("--robust", "--rounds", 1, "--workers", 1, "--time-limit", 60, "--futures", 100, "--aim", "loss")


@pytest.fixture(scope="module")
def little(tmp_path_factory, run_once):
    path = tmp_path_factory.mktemp("little") / "plan.json"
    return run_once("plan", "tiny", *LITTLE, "--out", path), path


def test_a_person_sees_both_plans_side_by_side(little):
    ran, path = little
    assert ran.code == 0
    assert str(path) in ran.out
    for words in ("fresh futures", "meets 30 Apr 2024", "loss, 95 % stay below", "as planned, without chance"):
        assert words in ran.out
    assert "The plan made for chance is given" in ran.out or "The nominal plan is given" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 100 + len(str(path))


def test_the_same_seed_and_rounds_give_the_same_plan_and_all_keys(run, little, tmp_path):
    ran = run("plan", "tiny", *LITTLE, "--out", tmp_path / "plan.json", "--json")
    assert (tmp_path / "plan.json").read_bytes() == little[1].read_bytes()
    assert ran.json.keys() >= {"plan", "status", "objective", "measures", "must_give", "robust"}
    robust = ran.json["robust"]
    assert robust["aim"] == "loss"
    assert robust["nominal"].keys() >= {"in_time", "loss_mean", "loss_p95", "out_by_p80", "casualties", "cost_usd"}
    assert robust["differences"]["loss_p95"].keys() == {"value", "low", "high"}


@pytest.mark.parametrize("more", [("--coa", "all"), ("--near", "other"), ("--futures", 99), ("--aim", "cheap")])
def test_what_does_not_go_with_it_is_refused(run, tmp_path, more):
    ran = run("plan", "tiny", "--robust", *more, "--out", tmp_path / "plan")
    assert ran.code == 2
    assert not (tmp_path / "plan").exists()
