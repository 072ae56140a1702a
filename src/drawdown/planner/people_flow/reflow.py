"""People in a finished plan, moved again as well as can be.

Every move that carries equipment, escorts or empty lift stays as it is, and so do disposals, closure steps and last-out
days. Who sits in which seat is decided anew, with flights for people and bus trips to exits beside them: unit by unit,
each as a flow of least cost through places and days, until none can be moved better while the others keep their ways.
`verify_plan` judges the result; what is not lawful or not cheaper is not given away.
"""

from __future__ import annotations

import time

from drawdown.mission.mission import Mission
from drawdown.mission.tables import Course
from drawdown.plan.measures import measure_plan
from drawdown.plan.model import Plan
from drawdown.plan.replay import replay
from drawdown.plan.verify import verify_plan
from drawdown.planner.construction.timetable import Timetable
from drawdown.planner.construction.ways import WayFinder
from drawdown.planner.people_flow.model import PeopleModel, Untold
from drawdown.planner.people_flow.needs import presences
from drawdown.planner.people_flow.plan import rewritten
from drawdown.planner.people_flow.seats import Seats
from drawdown.planner.people_flow.turns import Turns
from drawdown.planner.relaxation.solver import SolverMissing


def reflow(mission: Mission, course: Course, plan: Plan, *, seconds: float = 10.0, rounds: int = 10) -> Plan:
    """A plan that is as lawful and costs less under a course of action, or the plan itself.

    ``rounds`` limits the work: in each every unit has one turn. Where they end before ``seconds`` do, the same plan
    gives the same result. A plan that breaks a rule is given back as it is, and so is any plan where no solver is
    installed.
    """
    ends = time.perf_counter() + seconds
    if verify_plan(mission, plan):
        return plan
    try:
        found = _moved(mission, course, plan, ends, rounds)
    except SolverMissing:
        return plan
    if found is None or verify_plan(mission, found):
        return plan
    before, after = (measure_plan(mission, one).objective(course) for one in (plan, found))
    return found if after < before else plan


def _moved(mission: Mission, course: Course, plan: Plan, ends: float, rounds: int) -> Plan | None:
    """The plan with its people moved again, not yet judged; None if the model cannot tell the plan as it is."""
    now, start = replay(mission, plan), mission.day(plan.as_of)
    seats = Seats(now, WayFinder(mission), Timetable(mission, start), course)
    rides = seats.rides()
    model = PeopleModel(now, rides, presences(now), seats.room, course.cost * mission.mission.person_day_usd)
    try:
        turns = Turns(model, model.build().matrix())
    except Untold:
        return None
    if not turns.sound:
        return None
    turns.run(rounds, lambda: time.perf_counter() > ends)
    return rewritten(plan, model, turns.x)
