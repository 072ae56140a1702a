"""Published scheduling instances (PSPLIB J30 and J60, MMLIB50): the scheduling engine beside best-known makespans.

A folder holds ``values.csv`` (problem, category, instance, best_known_makespan) and one file an instance: RCPSP in the
Patterson format (numbers only), MMRCPSP in that of the PSPLIB generator. Activities are tasks, renewable resources
crews, non-renewable ones crews that do not renew.
"""

from __future__ import annotations

import csv
import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from ortools.sat.python import cp_model

from drawdown.bench.instances.row import Row
from drawdown.planner.engines.scheduling import schedule
from drawdown.planner.engines.scheduling_model import Model
from drawdown.planner.engines.scheduling_network import build_network
from drawdown.planner.engines.scheduling_problem import After, Crew, Limits, Mode, Task

#: An instance: its tasks and crews.
Problem = tuple[list[Task], list[Crew]]

#: An activity in a file: its modes as days and needs, and the numbers of those that follow it.
Activity = tuple[list[tuple[int, list[int]]], list[int]]


def read_patterson(text: str) -> Problem:
    """An instance in the Patterson format: counts, capacities, then days, needs and successors of each activity."""
    numbers = iter([int(word) for word in text.split()])
    activities, resources = next(numbers), next(numbers)
    counts = [next(numbers) for _ in range(resources)]
    rows: list[Activity] = []
    for _ in range(activities):
        days = next(numbers)
        needs = [next(numbers) for _ in range(resources)]
        rows.append(([(days, needs)], [next(numbers) for _ in range(next(numbers))]))
    return _problem(rows, [Crew(f"R{i + 1}", count) for i, count in enumerate(counts)])


def read_multi_mode(text: str) -> Problem:
    """An instance in the format of the PSPLIB generator: precedence, then requests and durations by mode."""
    lines = text.splitlines()
    renewing = int(re.findall(r"- renewable\s*:\s*(\d+)", text)[0])
    after = [row[3:] for row in _numbers(lines, "PRECEDENCE RELATIONS")]
    modes: list[list[tuple[int, list[int]]]] = []
    for row in _numbers(lines, "REQUESTS/DURATIONS"):
        first = not modes or (row[0] == len(modes) + 1 and row[1] == 1)
        if first:
            modes.append([])
        days, *needs = row[2:] if first else row[1:]
        modes[-1].append((days, needs))
    counts = next(iter(_numbers(lines, "RESOURCE AVAIL")))
    crews = [Crew(f"R{i + 1}", count, renews=i < renewing) for i, count in enumerate(counts)]
    return _problem(list(zip(modes, after, strict=True)), crews)


def _numbers(lines: Sequence[str], title: str) -> Iterator[list[int]]:
    """The rows of whole numbers under a title, up to a line of stars."""
    start = next(i for i, line in enumerate(lines) if title in line)
    for line in lines[start + 1 :]:
        if line.startswith("*"):
            return
        words = line.split()
        if words and all(word.isdigit() for word in words):
            yield [int(word) for word in words]


def _problem(rows: Sequence[Activity], crews: list[Crew]) -> Problem:
    waits: list[list[After]] = [[] for _ in rows]
    for number, (_, following) in enumerate(rows, 1):
        for other in following:
            waits[other - 1].append(After(str(number)))
    tasks = [
        Task(
            name=str(number),
            modes=tuple(
                Mode(days, {crew.name: need for crew, need in zip(crews, needs, strict=True) if need})
                for days, needs in modes
            ),
            after=tuple(waits[number - 1]),
        )
        for number, (modes, _) in enumerate(rows, 1)
    ]
    return tasks, crews


def instances(folder: Path, category: str = "") -> Iterator[tuple[str, Problem, float]]:
    """Name, problem and best-known makespan of each instance whose category contains a word."""
    with (folder / "values.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if category in row["category"]:
            text = (folder / row["instance"]).read_text(encoding="utf-8")
            read = read_multi_mode if row["problem"] == "MMRCPSP" else read_patterson
            yield row["instance"], read(text), float(row["best_known_makespan"])


def cp_sat_alone(problem: Problem, limits: Limits) -> float | None:
    """The makespan that CP-SAT reaches on the plain model, told nothing; None if it finds none.

    The horizon is the sum of the longest modes, as it is usually written.
    """
    network = build_network(*problem)
    model = Model(network, "makespan", network.horizon, plain=True)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = limits.workers
    solver.parameters.random_seed = limits.seed
    solver.parameters.max_time_in_seconds = limits.seconds
    status = solver.solve(model.cp)
    return solver.objective_value if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None


def measure(folder: Path, limits: Limits, category: str = "", *, peers: bool = True) -> Iterator[Row]:
    """Each instance solved within limits, beside CP-SAT alone within the same."""
    for name, problem, best in instances(folder, category):
        began = time.perf_counter()
        found = schedule(*problem, limits=limits)
        seconds = time.perf_counter() - began
        others = {"CP-SAT": cp_sat_alone(problem, limits)} if peers else {}
        yield Row(name, best, found.objective, found.bound, seconds, others)
