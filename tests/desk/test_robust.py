"""Plans made for chance, as a notebook asks for them."""

from dataclasses import fields, replace
from random import Random

import numpy as np
import pytest

from drawdown import desk
from drawdown.desk import robust, robust_futures
from drawdown.desk.robust import make_robust_plan, verdict
from drawdown.desk.robust_futures import Difference, Differences, Futures, futures_of, score
from drawdown.desk.robust_recipes import SIZES, Buffers, Recipe, buffered, make, resized
from drawdown.desk.robust_search import Field, RobustSearch, attempt, called_for
from drawdown.files import read_plan, write_mission
from drawdown.plan.measures import measure_plan
from drawdown.plan.verify import verify_plan
from drawdown.plan.wishes import LiftWish, Wishes
from drawdown.planner.construction.simple import plan_simply
from drawdown.planner.optimise import AT_ONCE, Effort
from drawdown.planner.search.guide import Guide
from drawdown.stress.compile import compile_script
from drawdown.stress.play import play, prepare
from drawdown.stress.script import Cause
from kit.missions import change, small_mission

QUICK = Effort(seconds=60, rounds=1, workers=1)


@pytest.fixture(scope="module")
def tiny():
    return desk.open_mission("tiny")


@pytest.fixture(scope="module")
def simple(tiny):
    return plan_simply(tiny).plan


@pytest.fixture(scope="module")
def field(tiny, simple):
    return Field(tiny, tiny.courses[0].id, simple, 7)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A plan that is given whether it is better beyond its interval or not."""
    path = tmp_path_factory.mktemp("robust") / "plan"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(robust, "verdict", lambda *_: (True, "the test wants it"))
        return make_robust_plan("tiny", out=path, aim="loss", futures=200, effort=QUICK)


def futures(loss, *, in_time=True, clearance_days=0.0):
    """Futures of which only the losses matter, and what delays them."""
    empty = np.zeros(len(loss))
    delays = np.zeros((len(loss), len(Cause)))
    delays[:, Cause.CLEARANCE] = clearance_days
    values = {field.name: empty for field in fields(Futures)} | {"loss": np.array(loss, float), "delays": delays}
    return Futures(**values | {"late": empty if in_time else empty + 1})


# ---- what a future weighs ----------------------------------------------------------------------------------------


def test_a_future_without_chance_weighs_what_the_plan_weighs_but_for_casualties_that_it_expects(tiny, simple):
    course, script = tiny.courses[0], compile_script(tiny, simple)
    weighed = robust_futures._weighed(course, script, play(prepare(script), 1, 0, 1, 0))
    terms = measure_plan(tiny, simple).terms(course)
    assert weighed.loss[0] == pytest.approx(sum(terms.values()) - terms["risk"])


def test_a_day_after_the_deadline_weighs_as_every_site_open_for_a_day(tiny, simple):
    course, script = tiny.courses[0], compile_script(tiny, simple)
    block = play(prepare(script), 1, 0, 1, 0)
    late = replace(block, out_by=np.array([script.deadline + 3]))
    more = robust_futures._weighed(course, script, late).loss - robust_futures._weighed(course, script, block).loss
    assert more[0] == pytest.approx(3 * course.time * len(tiny.sites))


def test_the_same_luck_meets_every_plan_however_it_is_cut(tiny, simple):
    course = tiny.courses[0]
    whole = futures_of(tiny, course, simple, 3, range(40))
    parts = futures_of(tiny, course, simple, 3, range(25)).and_then(futures_of(tiny, course, simple, 3, range(25, 40)))
    assert np.array_equal(whole.loss, parts.loss)
    assert np.array_equal(whole.delays, parts.delays)


def test_the_chance_of_the_deadline_comes_first_and_then_the_mean_loss():
    dear, cheap, late = futures([9, 9]), futures([5, 7]), futures([1, 1], in_time=False)
    assert min((dear, cheap, late), key=lambda one: score(one, "deadline")) is cheap
    assert min((dear, cheap, late), key=lambda one: score(one, "loss")) is late


def test_differences_are_paired_so_that_equal_luck_cancels_out():
    luck = np.random.default_rng(1).normal(100, 50, 500)
    found = Differences.between(futures(luck - 1), futures(luck))
    assert found.loss_mean == pytest.approx((-1, -1, -1))
    assert found.loss_p95 == pytest.approx((-1, -1, -1))
    assert found.in_time == (0, 0, 0)


# ---- recipes -----------------------------------------------------------------------------------------------------


def test_a_mission_without_buffers_is_the_mission_itself(tiny):
    assert buffered(tiny, Buffers()) is tiny


def test_a_buffered_mission_is_a_little_harder(tiny):
    harder = buffered(tiny, Buffers(turnaround_days=2, lead_days=4, early_days=7, step_days=1, vehicles=0.2, pace=0.1))
    assert harder.mission.turnaround_days == tiny.mission.turnaround_days + 2
    assert (tiny.mission.deadline - harder.mission.deadline).days == 7
    assert all(new.days == old.days + 1 for new, old in zip(harder.closure_steps, tiny.closure_steps, strict=True))
    assert sum(row.count for row in harder.lift) < sum(row.count for row in tiny.lift)
    assert {new.lead_days - old.lead_days for new, old in zip(harder.clearances, tiny.clearances, strict=True)} <= {
        0,
        4,
    }


def test_buffers_grow_and_shrink_within_their_sizes():
    one = resized(Buffers(), "ask_days", 1)
    assert one.ask_days == SIZES["ask_days"][1]
    assert resized(one, "ask_days", -1) == Buffers()
    assert resized(one, "ask_days", 9).ask_days == SIZES["ask_days"][-1]


def test_asking_earlier_changes_nothing_else_and_never_asks_before_the_plan_was_made(tiny, simple):
    earlier = make(tiny, tiny.courses[0], simple, Recipe(None, Buffers(ask_days=21)))
    asked = [(old.clearance_asked, new.clearance_asked) for old, new in zip(simple.moves, earlier.moves, strict=True)]
    assert verify_plan(tiny, earlier) == ()
    assert any(new < old for old, new in asked if old)
    assert all((new is None) == (old is None) and (new is None or new >= simple.as_of) for old, new in asked)
    assert measure_plan(tiny, earlier) == measure_plan(tiny, simple)


def test_what_delays_the_worst_futures_calls_for_its_buffer():
    weights = called_for(futures(range(100), clearance_days=np.arange(100)))
    assert sorted(weights, key=weights.get)[-2:] == ["ask_days", "lead_days"]
    assert all(weight > 0 for weight in weights.values())  # nothing is ruled out


# ---- the search --------------------------------------------------------------------------------------------------


def searched(field, workers):
    search = RobustSearch(field, "loss", Random(3), lambda _: True, lambda _: None)  # noqa: S311 - no secret
    search.run(1, lambda: False, workers)
    return search


def test_the_search_tries_lawful_plans_of_the_true_mission_only(field):
    search = searched(field, 1)
    assert len(search.tried) >= 3
    assert all(verify_plan(field.mission, one.plan) == () for one in search.tried)
    assert {one.plan.mission_hash for one in search.tried} == {field.mission.hash}
    best = search.best(1)[0]
    assert score(best.futures, "loss") <= min(score(one.futures, "loss") for one in search.tried)


def test_what_is_wished_holds_for_every_recipe(tiny, simple):
    no_barge = Field(tiny, tiny.courses[0].id, simple, 7, Wishes(wishes=(LiftWish(lift="barge"),)))
    made = attempt(no_barge, Recipe(Guide())).plan
    assert any("barge" in move.lift for move in simple.moves)
    assert not any("barge" in move.lift for move in made.moves if move.lots or move.people)


@pytest.mark.nightly
def test_the_search_does_not_depend_on_the_number_of_processes(field):
    one, two = (searched(field, workers) for workers in (1, 2))
    assert [row.recipe for row in one.tried] == [row.recipe for row in two.tried]
    assert [row.plan.hash for row in one.tried] == [row.plan.hash for row in two.tried]


# ---- the verdict -------------------------------------------------------------------------------------------------

NONE, LESS, MORE = Difference(0, -1, 1), Difference(-2, -3, -1), Difference(2, 1, 3)
OTHER = Recipe(None, Buffers(ask_days=7))


def differences(in_time=NONE, mean=NONE, worst=NONE):
    return Differences(in_time, mean, worst, NONE, NONE, NONE, NONE)


@pytest.mark.parametrize(
    ("aim", "found", "kept"),
    [
        ("deadline", differences(in_time=MORE, mean=MORE), True),  # a better chance, whatever it costs
        ("deadline", differences(mean=LESS), True),  # the same chance for less
        ("deadline", differences(), False),
        ("deadline", differences(in_time=LESS, mean=LESS), False),  # cheaper, but a worse chance
        ("loss", differences(worst=LESS, mean=MORE), True),
        ("loss", differences(mean=LESS), True),
        ("loss", differences(worst=MORE, mean=LESS), False),
        ("loss", differences(in_time=MORE), False),  # not what was aimed at
    ],
)
def test_the_plan_made_for_chance_is_given_only_if_it_is_better_beyond_its_interval(aim, found, kept):
    assert verdict(OTHER, found, aim)[0] is kept


def test_where_nothing_was_better_the_nominal_plan_is_given_and_it_is_said():
    assert verdict(Recipe(), differences(), "loss") == (
        False,
        "no other plan that was tried did better than the nominal plan",
    )


# ---- the use case ------------------------------------------------------------------------------------------------


def test_the_result_shows_both_plans_on_futures_that_neither_was_tuned_on(made, tiny):
    found = made.robust
    assert found.futures == 200
    given = read_plan(made.plan).plan
    assert verify_plan(tiny, given) == ()
    again = futures_of(tiny, tiny.courses[0], given, found.seed, range(found.futures))
    assert again.loss.mean() == pytest.approx(found.made.loss_mean)
    value, low, high = found.differences.loss_mean
    assert low <= value <= high
    assert value == pytest.approx(found.made.loss_mean - found.nominal.loss_mean)


def test_the_plan_says_that_it_was_made_for_chance_and_with_which_buffers(made):
    settings = read_plan(made.plan).plan.settings
    assert settings["robust"] == "loss"
    assert {name for name in settings if name.startswith("buffer_")} == made.robust.settings.keys()
    assert made.robust.words


def test_where_no_plan_is_lawful_nothing_is_made_for_chance(tmp_path):
    mission = change(change(small_mission(), "crews", "closing", count=1), "closure_steps", "clean", days=120)
    write_mission(mission, tmp_path / "mission")
    result = make_robust_plan(tmp_path / "mission", out=tmp_path / "plan", effort=AT_ONCE)
    assert result.status == "infeasible"
    assert result.robust is None


def test_too_few_futures_and_an_earlier_plan_are_refused(tmp_path):
    with pytest.raises(ValueError, match="100 futures"):
        make_robust_plan("tiny", out=tmp_path / "plan", futures=99)
    with pytest.raises(ValueError, match="near"):
        make_robust_plan("tiny", out=tmp_path / "plan", near=tmp_path / "other")
