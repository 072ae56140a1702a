"""A plan in the figures that a planner asks for first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from drawdown.mission.faults import Fault, MissionError, Spot, suggest
from drawdown.mission.mission import Mission
from drawdown.mission.tables import Course
from drawdown.plan.binding import Binding, binding
from drawdown.plan.measures import Measures, measure_plan
from drawdown.plan.model import Plan
from drawdown.plan.verify import RULES, Broken


@dataclass(frozen=True)
class Summary:
    """What a plan is worth, when each site is left, what binds it, and which rules it could not keep.

    ``objective`` is the weighted sum of the measures by the plan's course of action, in USD-equivalents: the lower,
    the better. ``last_out`` and ``site_names`` go by site id, ``sentences`` by rule.
    """

    name: str
    mission: str
    course: str
    deadline: date
    liquidation_end: date
    objective: float
    measures: Measures
    last_out: dict[str, date]
    site_names: dict[str, str]
    binding: tuple[Binding, ...]
    broken: tuple[Broken, ...]
    sentences: dict[str, str]


def choose_course(mission: Mission, name: str | None) -> Course:
    """A course of action by id, or a sound mission's first; raises `MissionError` if there is none of that name."""
    if name is None:
        return mission.courses[0]
    if name not in mission.course:
        remedy = suggest(name, mission.course)
        raise MissionError([Fault("fault", Spot("courses"), name, "no such course of action", remedy, "course")])
    return mission.course[name]


def summarise(mission: Mission, plan: Plan, broken: tuple[Broken, ...]) -> Summary:
    """Sum up a plan of which it is known what rules it breaks."""
    measures = measure_plan(mission, plan)
    course = choose_course(mission, plan.course)
    return Summary(
        name=plan.name,
        mission=mission.mission.name,
        course=course.name,
        deadline=mission.mission.deadline,
        liquidation_end=mission.mission.liquidation_end,
        objective=measures.objective(course),
        measures=measures,
        last_out=measures.time.last_out,
        site_names={site.id: site.name for site in mission.sites},
        binding=binding(mission, plan),
        broken=broken,
        sentences={name: rule.sentence for name, rule in RULES.items()},
    )
