"""What forced a loss, and what else could be done with a site or a lot."""

import pytest

from drawdown import desk
from drawdown.plan.model import Disposal
from drawdown.plan.verify import verify_plan
from drawdown.plan.wishes import LastOutWish, Wishes, unkept
from drawdown.planner.construction.simple import plan_simply
from drawdown.planner.why.alternatives import alternatives, lot_wishes, site_wishes
from drawdown.planner.why.asking import Asking
from drawdown.planner.why.losses import losses
from drawdown.planner.why.rebuild import Clock, Effort, Task
from kit.missions import change, small_mission

NO_TIME = Clock(Effort(seconds=0))


def clock():
    """Five plans a question, whatever the time."""
    return Clock(Effort(seconds=60, builds=5))


def task_of(mission):
    return Task(mission, mission.courses[0], mission.mission.cessation)


@pytest.fixture(scope="module")
def one_lorry():
    """Stores that may only go home or be destroyed, and one lorry for sixty of them."""
    mission = change(small_mission(), "equipment", "base_stores", dispositions=("repatriate", "destroy"))
    return change(mission, "lift", "hauliers", count=1)


@pytest.fixture(scope="module")
def tiny():
    mission = desk.open_mission("tiny")
    return task_of(mission), plan_simply(mission).plan


def test_a_plan_without_losses_has_nothing_to_explain(tiny):
    assert losses(*tiny, clock()) == ()


def test_a_lot_that_could_have_left_is_told_with_the_cost(one_lorry):
    plan = plan_simply(one_lorry).plan
    assert not verify_plan(one_lorry, plan)
    assert any(row.disposition == "destroy" for row in plan.disposals)
    (loss,) = losses(task_of(one_lorry), plan, clock())
    assert (loss.lot, loss.items, loss.usd) == ("base_stores", 60, 1_500_000)
    assert loss.reasons == ("no_lift_in_time",)
    assert loss.could_leave
    assert "could end otherwise" in loss.message


def test_a_lot_that_could_not_leave_is_told_with_the_limits(one_lorry):
    short = change(one_lorry, "exits", "port", teu_per_day=0.1)
    plan = plan_simply(short).plan
    lost = {row.lot: row for row in losses(task_of(short), plan, clock())}
    assert lost["base_stores"].could_leave is False
    assert lost["base_stores"].forced_by
    assert any(word in lost["base_stores"].message for word in ("Port", "Hauliers", "Stores"))


def test_losses_are_listed_where_there_is_no_time_to_plan_again(one_lorry):
    (loss,) = losses(task_of(one_lorry), plan_simply(one_lorry).plan, NO_TIME)
    assert loss.could_leave is None
    assert "no time" in loss.message


def test_items_left_behind_are_losses_as_well(tiny):
    task, plan = tiny
    row = next(row for row in plan.disposals if row.disposition != "destroy")
    rest = tuple(other for other in plan.disposals if other.lot != row.lot)
    (loss,) = losses(task, plan.model_copy(update={"disposals": rest}), NO_TIME)
    assert loss.lot == row.lot
    assert isinstance(row, Disposal)


def test_other_days_for_a_site_are_ranked_with_what_changes(tiny):
    task, plan = tiny
    wishes = site_wishes(task.mission, plan, "baobab")
    found = alternatives(task, plan, wishes, clock())
    good = [row for row in found if row.possible]
    assert good
    assert [row.objective for row in good] == sorted(row.objective for row in good)
    assert all(row.changes and row.cost == pytest.approx(row.objective - task.cost(plan)) for row in good)
    assert all(row.against for row in found if row.possible is False)


def test_an_alternative_keeps_its_wish(tiny):
    task, plan = tiny
    wish = site_wishes(task.mission, plan, "cedar")[-1]
    asked = Asking(task, plan, clock(), 1).ask(wish)
    assert asked.possible
    assert unkept(task.mission, plan, Wishes(wishes=(wish,)))


def test_a_day_before_the_work_can_be_done_is_refused_with_the_reason(tiny):
    task, plan = tiny
    asked = Asking(task, plan, clock(), 1).ask(LastOutWish(site="baobab", not_after=task.mission.date(1)))
    assert not asked.possible
    assert "steps" in asked.faults[0].message


def test_every_end_and_exit_that_a_plan_does_not_use_is_an_option(tiny):
    task, plan = tiny
    found = alternatives(task, plan, lot_wishes(task.mission, plan, "baobab-fpu-stores"), clock())
    assert {row.wish.kind for row in found} == {"lot"}
    assert any(row.possible for row in found)


def test_options_for_which_there_is_no_time_are_still_named(tiny):
    task, plan = tiny
    found = alternatives(task, plan, site_wishes(task.mission, plan, "baobab"), NO_TIME)
    assert found
    assert all(row.possible is None for row in found)
