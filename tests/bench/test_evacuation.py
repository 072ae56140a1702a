"""An evacuation instance of our own in the published tables, read, replayed and solved from a folder."""

import pytest

from drawdown.bench.instances.evacuation import instances, measure, read_instance, read_plan
from drawdown.planner.engines.scheduling_problem import Limits
from drawdown.planner.engines.shuttling_problem import Trip, replay

TABLES = {
    "zeta": "Origin,Destination,Distance\nSafe 0,Pier 0,10.0\n",
    "delta": "Origin,Destination,Distance\nSafe 0,Pier 0,10.0\nSafe 1,Pier 0,5.0\n",
    "gamma": "Origin,Destination,Distance\nPier 0,Safe 0,10.0\nPier 0,Safe 1,5.0\n",
    "beta": "Island location,Island dock\nVillage,Pier 0\n",
    "mainland-docks": "Dock,Location,Type\nSafe 0,Town,Safe\nSafe 1,Town,Safe\n",
    "initial-vessel-docks": "Dock,Location,Type,Vessel\nSafe 0,Town,Safe,Ferry\n",
    "vessel-compatibility": "Dock,Resource,Compatibility\nSafe 0,Ferry,1\nSafe 1,Ferry,1\nPier 0,Ferry,1\n",
    "scenarios": "Scenario,Location,private_evac,Actual_demand,Demand_0\nScenario 1,Village,0.0,99,60\n"
    "Scenario 1,Nobody,0.0,9,0\n",
    "vessels": "Vessel_name,Vessel_type,contract_cost,operating_cost,Regular_origin,max_cap,vmax,v_loaded,loading time,"
    "time to availability,information\nFerry,ferry,1,1,Safe 0,40,20.0,10.0,3.0,7.5,\n",
    "route_plan_scenario_gurobi_iteration_0": "resource_id,origin,destination,evacuees,evacuated_location\n"
    "Ferry,Safe 0,Pier 0,0,None\nFerry,Pier 0,Safe 0,40,Village\n"
    "Ferry,Safe 0,Pier 0,0,None\nFerry,Pier 0,Safe 1,20,Village\n",
}

#: Available at 7.5; out 30, load 3, back 60 or 30, unload 3; the next way out 30 or 15.
PUBLISHED = 7.5 + (30 + 3 + 60 + 3) + (30 + 3 + 30 + 3)
BEST = 7.5 + (30 + 3 + 30 + 3) + (15 + 3 + 30 + 3)


@pytest.fixture
def folder(tmp_path):
    values = "instance,published_experiment,max_trips,published_makespan_minutes\nisland,own,2,170\n"
    (tmp_path / "values.csv").write_text(values, encoding="utf-8")
    (tmp_path / "island").mkdir()
    for name, text in TABLES.items():
        (tmp_path / "island" / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def test_the_tables_are_read_with_the_limit_on_trips_of_the_values(folder):
    problem = read_instance(folder / "island", 2)
    assert problem.people == {"Village": 60, "Nobody": 0}
    assert (problem.most_trips, problem.exits, problem.fleet[0].capacity) == (2, ("Safe 0", "Safe 1"), 40)


def test_the_published_plan_is_replayed_and_is_the_best_known(folder):
    plan = read_plan(folder / "island")
    assert plan[0] == Trip("Ferry", "Pier 0", "Safe 0", 40)
    assert replay(read_instance(folder / "island", 2), plan) == {"Ferry": PUBLISHED}
    assert [best for _, _, best in instances(folder)] == [PUBLISHED]


def test_without_a_published_plan_the_whole_minutes_are_the_best_known(folder):
    (folder / "island" / "route_plan_scenario_gurobi_iteration_0.csv").unlink()
    assert [best for _, _, best in instances(folder)] == [170]


def test_the_trips_found_are_better_and_peers_stand_beside(folder):
    (row,) = measure(folder, Limits(seconds=5))
    assert row.ours == pytest.approx(BEST)
    assert row.bound == pytest.approx(BEST, abs=0.01)
    assert row.gap < 0
    assert row.peers == pytest.approx({"CP-SAT": BEST, "HiGHS": BEST}, abs=0.01)


def test_instances_are_chosen_by_name(folder):
    assert list(measure(folder, Limits(seconds=5), ["another"])) == []
