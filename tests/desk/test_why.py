"""Explaining a plan, as a notebook asks for it."""

import pytest

from drawdown import desk
from drawdown.desk.keys import as_json
from drawdown.files import write_mission, write_plan
from drawdown.mission.faults import MissionError
from drawdown.planner.construction.simple import plan_simply
from drawdown.planner.optimise import Effort
from drawdown.planner.relaxation import solver
from kit.missions import change, small_mission

LITTLE = Effort(seconds=0)


@pytest.fixture(scope="module")
def planned(tmp_path_factory):
    """The constructive plan of the tiny mission."""
    path = tmp_path_factory.mktemp("plans") / "plan.json"
    desk.make_plan("tiny", out=path, effort=LITTLE)
    return path


@pytest.fixture(scope="module")
def impossible(tmp_path_factory):
    """A mission with one crew for 246 days of work in 183, and a plan of it that breaks rules."""
    folder = tmp_path_factory.mktemp("impossible")
    mission = change(change(small_mission(), "crews", "closing", count=1), "closure_steps", "clean", days=120)
    write_mission(mission, folder / "mission")
    write_plan(plan_simply(mission).plan, folder / "plan.json")
    return folder / "plan.json", folder / "mission"


def test_a_lawful_plan_is_told_what_binds_and_what_it_loses(planned):
    found = desk.why(planned)
    assert found.must_give == ()
    assert found.proof is None
    assert {row.where for row in found.weeks} >= {"Camp Acacia"}
    assert found.losses == ()
    assert found.gains is None
    assert found.alternatives is None


def test_only_what_was_asked_is_answered(planned):
    found = desk.why(planned, site="cedar", builds=4)
    assert found.alternatives
    assert found.weeks is None
    assert found.gains is None


def test_a_plan_that_breaks_rules_is_told_what_must_give_and_the_proof(impossible):
    found = desk.why(*impossible)
    assert found.must_give
    assert found.must_give[0].message
    assert found.proof.proven
    assert found.losses is None
    keys = as_json(found)
    assert {"rule", "where", "from", "to", "by", "unit", "message"} == keys["must_give"][0].keys()
    assert keys["proof"]["conflicts"][0]["limits"]


def test_more_is_not_asked_of_a_plan_that_breaks_rules(impossible):
    with pytest.raises(MissionError, match="rules"):
        desk.why(*impossible, gains=True)


@pytest.mark.parametrize(
    ("question", "meant"), [({"site": "ceder"}, "cedar"), ({"lot": "acacia-kit"}, "acacia-un-kit")]
)
def test_a_site_or_lot_that_there_is_not_is_refused_with_what_was_meant(planned, question, meant):
    with pytest.raises(MissionError, match=f"did you mean `{meant}`"):
        desk.why(planned, **question)


def test_without_a_solver_the_rules_that_must_give_are_still_told(impossible, monkeypatch):
    def none():
        raise solver.SolverMissing("HiGHS is not installed")

    monkeypatch.setattr(solver, "highs", none)
    found = desk.why(*impossible)
    assert found.must_give
    assert found.proof is None
    assert found.warnings == ("nothing is proven: HiGHS is not installed",)
