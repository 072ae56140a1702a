"""Scheduling instances of our own in the published formats, read and solved from a folder."""

import pytest

from drawdown.bench.instances.project_scheduling import cp_sat_alone, instances, measure, read_multi_mode
from drawdown.planner.engines.scheduling_problem import After, Crew, Limits, Mode

VALUES = """problem,category,instance,best_known_makespan
RCPSP,OWN-SINGLE,three.txt,7
MMRCPSP,OWN-MODES,modes.txt,5
"""

#: A start, a job of 3 days and one of 4 that cannot run together, and an end.
SINGLE = """4 1
2
0 0 2 2 3
3 2 1 4
4 1 1 4
0 0 0
"""

#: A job with a slow and a fast mode, then another; fuel for one fast mode only.
MODES = """jobs  (incl. supersource/sink ):  4
RESOURCES
- renewable                 : 1 R
- nonrenewable              : 1 N
- doubly constrained        : 0 D
************************************************************************
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
1   1   1      2
2   2   1      3
3   2   1      4
4   1   0
************************************************************************
REQUESTS/DURATIONS
jobnr.  mode  dur  R1  N1
------------------------------------------------------------------------
1   1   0   0   0
2   1   4   1   0
    2   1   1   3
3   1   4   1   0
    2   2   1   3
4   1   0   0   0
************************************************************************

 RESOURCE AVAILABILITIES
    R 1    N 1
    1    3

************************************************************************
"""


@pytest.fixture
def folder(tmp_path):
    for name, text in (("values.csv", VALUES), ("three.txt", SINGLE), ("modes.txt", MODES)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_formats_are_read_as_tasks_and_crews(folder):
    single, multi = (problem for _, problem, _ in instances(folder))
    tasks, crews = single
    assert [t.modes for t in tasks] == [(Mode(0),), (Mode(3, {"R1": 2}),), (Mode(4, {"R1": 1}),), (Mode(0),)]
    assert tasks[3].after == (After("2"), After("3"))
    assert crews == [Crew("R1", 2)]
    tasks, crews = multi
    assert tasks[1].modes == (Mode(4, {"R1": 1}), Mode(1, {"R1": 1, "R2": 3}))
    assert crews == [Crew("R1", 1), Crew("R2", 3, renews=False)]


def test_the_best_known_values_are_reached_and_peers_stand_beside(folder):
    rows = list(measure(folder, Limits(work=1)))
    assert [(row.instance, row.ours, row.bound, row.gap) for row in rows] == [
        ("three.txt", 7, 7, 0),
        ("modes.txt", 5, 5, 0),
    ]
    assert [row.peers for row in rows] == [{"CP-SAT": 7}, {"CP-SAT": 5}]


def test_a_category_is_measured_alone_and_without_peers_where_they_are_not_wanted(folder):
    (row,) = measure(folder, Limits(work=1), "MODES", peers=False)
    assert (row.instance, row.peers) == ("modes.txt", {})


def test_a_peer_that_finds_nothing_has_no_value():
    problem = read_multi_mode(MODES.replace("1    3\n", "0    3\n"))
    assert cp_sat_alone(problem, Limits(seconds=1)) is None
