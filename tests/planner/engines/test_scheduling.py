"""Schedules that a person can check, and schedules beside those of a search through every order."""

import random
from itertools import permutations, product

import pytest

from drawdown.planner.engines.scheduling import schedule
from drawdown.planner.engines.scheduling_bounds import lower_bound
from drawdown.planner.engines.scheduling_network import build_network
from drawdown.planner.engines.scheduling_problem import After, Crew, Limits, Mode, Task
from drawdown.planner.engines.scheduling_search import Search

WORK = Limits(work=2)
TEAM = Crew("team", 2)


def job(name, days, need=1, after=(), **more):
    return Task(name, (Mode(days, {"team": need}),), tuple(After(a) for a in after), **more)


def lawful(tasks, crews, found):
    """Whether a schedule keeps order, windows, crews and stocks, told day by day."""
    mode = {t.name: t.modes[found.modes[t.name]] for t in tasks}
    start = found.starts
    end = {name: start[name] + mode[name].days for name in start}
    ordered = all(start[t.name] >= end[a.task] + a.lag for t in tasks for a in t.after)
    in_time = all(start[t.name] >= t.release and (t.due is None or end[t.name] <= t.due) for t in tasks)

    def used(crew, day):
        return sum(mode[n].needs.get(crew.name, 0) for n in start if start[n] <= day < end[n])

    renewing = all(used(c, day) <= c.count for c in crews if c.renews for day in range(max(end.values())))
    stocks = all(sum(m.needs.get(c.name, 0) for m in mode.values()) <= c.count for c in crews if not c.renews)
    return ordered and in_time and renewing and stocks


def best_by_trying(tasks, crews, objective):
    """The least objective over every order and every choice of modes (list schedules hold an optimum)."""
    network = build_network(tasks, crews)
    search = Search(network, objective, 0)
    values = []
    for modes in product(*(range(len(t.modes)) for t in tasks)):
        for order in permutations(range(len(tasks))):
            place = {task: i for i, task in enumerate(order)}
            if all(place[b] < place[i] for i in order for b, _ in network.before[i]):
                draft = search.given(network.place(order, modes), modes, order)
                values += [draft.cost] if not draft.excess else []
    return min(values, default=None)


def random_problem(seed):
    chance = random.Random(seed)  # noqa: S311 (no secrets)
    crews = [Crew("team", 3), Crew("crane", 2), Crew("fuel", chance.randint(6, 12), renews=False)]
    tasks = []
    for i in range(5):
        modes = tuple(
            Mode(
                chance.randint(1, 5),
                {"team": chance.randint(0, 3), "crane": chance.randint(0, 2), "fuel": chance.randint(0, 3)},
            )
            for _ in range(chance.choice((1, 1, 2)))
        )
        after = tuple(After(f"t{j}", chance.choice((0, 0, 1, -1))) for j in range(i) if chance.random() < 0.3)
        tasks.append(Task(f"t{i}", modes, after, release=chance.randint(0, 3), weight=chance.randint(0, 9)))
    return tasks, crews


def test_two_teams_do_three_jobs_in_the_time_of_two():
    found = schedule([job("a", 4), job("b", 3), job("c", 1)], [TEAM], limits=WORK)
    assert (found.objective, found.bound, found.status, found.gap) == (4, 4, "optimal", 0)


def test_a_job_waits_for_those_before_it_and_for_its_release():
    tasks = [job("a", 2), job("b", 3, after=["a"], release=5), job("c", 1, after=["b"])]
    assert schedule(tasks, [TEAM], limits=WORK).starts == {"a": 0, "b": 5, "c": 8}


def test_a_lag_delays_and_a_negative_lag_lets_jobs_overlap():
    tasks = [job("a", 4), Task("b", (Mode(2),), (After("a", 3),)), Task("c", (Mode(2),), (After("a", -1),))]
    found = schedule(tasks, [TEAM], objective="weighted_ends", limits=WORK)
    assert (found.starts["b"], found.starts["c"]) == (7, 3)


def test_the_heavier_job_goes_first_where_weights_count():
    tasks = [job("light", 3, 2, weight=1), job("heavy", 3, 2, weight=2)]
    found = schedule(tasks, [TEAM], objective="weighted_ends", limits=WORK)
    assert (found.starts, found.objective) == ({"heavy": 0, "light": 3}, 2 * 3 + 6)


def test_the_quick_mode_is_taken_as_long_as_its_stock_lasts():
    fast, slow = Mode(1, {"team": 1, "budget": 5}), Mode(4, {"team": 1})
    tasks = [Task("a", (slow, fast)), Task("b", (slow, fast), (After("a"),))]
    found = schedule(tasks, [TEAM, Crew("budget", 5, renews=False)], limits=WORK)
    assert found.objective == 5
    assert sorted(found.modes.values()) == [0, 1]


def test_a_mode_that_needs_more_than_there_is_is_passed_over():
    found = schedule([Task("a", (Mode(1, {"team": 3}), Mode(6, {"team": 2})))], [TEAM], limits=WORK)
    assert found.modes == {"a": 1}


@pytest.mark.parametrize(
    "tasks",
    [[job("a", 1, need=3)], [job("a", 3, due=2)], [job("a", 2, 2, due=3), job("b", 2, 2, due=3)]],
    ids=["too few crews", "due too soon", "both due too soon"],
)
def test_what_cannot_be_done_is_infeasible(tasks):
    found = schedule(tasks, [TEAM], limits=WORK)
    assert (found.status, found.starts) == ("infeasible", {})


def test_what_is_due_is_done_in_time_though_the_rule_would_begin_with_another():
    tasks = [job("long", 5, 2, after=()), job("next", 5, 2, after=["long"]), job("urgent", 2, 2, due=2)]
    found = schedule(tasks, [TEAM], limits=WORK)
    assert found.starts["urgent"] == 0
    assert found.objective == 12


@pytest.mark.parametrize("objective", ["makespan", "weighted_ends"])
@pytest.mark.parametrize("seed", range(12))
def test_small_problems_are_solved_as_by_trying_everything(seed, objective):
    tasks, crews = random_problem(seed)
    best = best_by_trying(tasks, crews, objective)
    found = schedule(tasks, crews, objective=objective, limits=WORK)
    if best is None:
        assert found.status == "infeasible"
    else:
        assert found.objective == best
        assert found.bound <= best
        assert lawful(tasks, crews, found)


def larger(seed=7):
    chance = random.Random(seed)  # noqa: S311 (no secrets)
    jobs = [job(f"t{i}", chance.randint(1, 9), chance.randint(1, 2)) for i in range(20)]
    chains = [[f"t{j}" for j in range(max(0, i - 6), i) if chance.random() < 0.25] for i in range(20)]
    return [Task(t.name, t.modes, tuple(After(a) for a in row)) for t, row in zip(jobs, chains, strict=True)]


def test_the_same_work_and_seed_give_the_same_schedule():
    tasks, limits = larger(), Limits(work=0.5, seed=3)
    once, again = (schedule(tasks, [TEAM], limits=limits) for _ in range(2))
    assert once == again
    assert lawful(tasks, [TEAM], once)


@pytest.mark.parametrize(
    "limits",
    [Limits(work=4), Limits(seconds=2, workers=1), Limits(seconds=2, workers=2)],
    ids=["work", "one worker", "two workers"],
)
def test_neighbourhoods_go_on_where_the_whole_is_too_much(monkeypatch, limits):
    """With no share for the first two stages, the third alone still reaches the best."""
    whole = schedule(larger(), [TEAM], limits=Limits(work=10)).objective
    monkeypatch.setattr("drawdown.planner.engines.scheduling.SEARCH", 0.0)
    monkeypatch.setattr("drawdown.planner.engines.scheduling.WHOLE", 0.0)
    tasks = larger()
    best = schedule(tasks, [TEAM], limits=limits)
    assert lawful(tasks, [TEAM], best)
    assert best.objective == whole


def test_the_work_of_crews_bounds_the_length_where_chains_do_not():
    tasks = [job(f"t{i}", 3) for i in range(4)]
    assert lower_bound(build_network(tasks, [TEAM]), "makespan") == 6


@pytest.mark.parametrize(
    ("tasks", "message"),
    [
        ([job("a", 1), job("a", 2)], "same name"),
        ([job("a", 1, after=["b"])], "which there is not"),
        ([Task("a", ())], "no mode"),
        ([job("a", -1)], "negative days"),
        ([job("a", 1, weight=-1)], "negative weight"),
        ([Task("a", (Mode(1, {"crane": 1}),))], "needs 'crane'"),
        ([job("a", 1, after=["b"]), job("b", 1, after=["a"])], "circle"),
    ],
)
def test_nonsense_is_refused(tasks, message):
    with pytest.raises(ValueError, match=message):
        schedule(tasks, [TEAM], limits=WORK)
