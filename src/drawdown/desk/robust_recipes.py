"""How a candidate for a plan made for chance is made: a guide for the planner, and buffers that it is made to leave.

The planner plans a mission that is a little harder than the true one (slower lorries, later answers, an earlier
deadline); the plan is then stamped and judged as a plan of the true mission. What it did not count on is its buffer.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import timedelta
from typing import Any

from drawdown.mission.mission import Mission
from drawdown.mission.tables import Course
from drawdown.plan.model import Plan
from drawdown.planner.search.build import build_plan, survey
from drawdown.planner.search.guide import Guide


@dataclass(frozen=True)
class Buffers:
    """What a plan leaves for chance; a plan without buffers has zeros.

    ``ask_days``: clearances are asked so many days before they must be. ``lead_days``: answers are counted on so many
    days later. ``turnaround_days``: lift stays so many days longer before it leaves again. ``step_days``: closure steps
    are given so many days more. ``headway_days``: convoys keep so many days more apart. ``early_days``: the deadline is
    taken to be so many days earlier. ``pace``: the share of the way from nominal to contested days by which convoys are
    planned slower. ``vehicles``: the share of each lift by road that is not counted on.
    """

    ask_days: int = 0
    lead_days: int = 0
    turnaround_days: int = 0
    step_days: int = 0
    headway_days: int = 0
    early_days: int = 0
    pace: float = 0.0
    vehicles: float = 0.0


#: The sizes that are tried of each buffer, from none to the most that a mission would still take for a plan. Clearances
#: are asked at most three weeks earlier: a future holds every answer for good, and no host does that for much longer.
SIZES: dict[str, tuple[float, ...]] = {
    "ask_days": (0, 7, 14, 21),
    "lead_days": (0, 2, 4, 7),
    "turnaround_days": (0, 1, 2, 3),
    "step_days": (0, 1, 2, 4),
    "headway_days": (0, 1),
    "early_days": (0, 7, 14, 28),
    "pace": (0, 0.1, 0.2, 0.35),
    "vehicles": (0, 0.05, 0.1, 0.2),
}

_WORDS = {
    "ask_days": "clearances are asked {:.0f} days before they must be",
    "lead_days": "answers are counted on {:.0f} days later",
    "turnaround_days": "lift stays {:.0f} days longer before it leaves again",
    "step_days": "closure steps are given {:.0f} days more",
    "headway_days": "convoys keep {:.0f} days more apart",
    "early_days": "the deadline is taken to be {:.0f} days earlier",
    "pace": "convoys are planned slower, by {:.0%} of the way to contested days",
    "vehicles": "{:.0%} of the vehicles are not counted on",
}


@dataclass(frozen=True)
class Recipe:
    """A guide and buffers; without a guide the nominal plan itself, of which only the asking can be changed."""

    guide: Guide | None = None
    buffers: Buffers = Buffers()

    @property
    def settings(self) -> dict[str, str | float]:
        """The recipe as a plan's settings tell it."""
        told: dict[str, str | float] = {f"buffer_{name}": size for name, size in used(self.buffers).items()}
        if self.guide and self.guide.not_before:
            told["buffer_not_before"] = ", ".join(f"{site} {day:.0f}" for site, day in self.guide.not_before)
        return told

    def words(self, mission: Mission) -> tuple[str, ...]:
        """Each buffer as a sentence."""
        told = [_WORDS[name].format(size).replace(" 1 days", " 1 day") for name, size in used(self.buffers).items()]
        held = self.guide.not_before if self.guide else ()
        days = (f"{mission.site[site].name} not before {mission.date(int(day)):%d %b %Y}" for site, day in held)
        return (*told, *([f"last-outs are held: {', '.join(days)}"] if held else []))


def used(buffers: Buffers) -> dict[str, float]:
    """The buffers that are not zero, by name."""
    return {f.name: getattr(buffers, f.name) for f in fields(buffers) if getattr(buffers, f.name)}


def resized(buffers: Buffers, name: str, step: int) -> Buffers:
    """The buffers with one of them so many sizes larger or smaller, as far as its sizes go."""
    sizes = SIZES[name]
    place = min(max(sizes.index(getattr(buffers, name)) + step, 0), len(sizes) - 1)
    changed: dict[str, Any] = {name: sizes[place]}
    return replace(buffers, **changed)


def make(mission: Mission, course: Course, nominal: Plan, recipe: Recipe) -> Plan:
    """The plan of a recipe from a mission (as wishes change it), stamped as a plan of the true mission.

    It may break rules: let it be verified.
    """
    plan = nominal
    if recipe.guide is not None:
        harder = buffered(mission, recipe.buffers)
        plan = build_plan(survey(harder, course, nominal.as_of), recipe.guide, seed=nominal.seed)
    moves = plan.moves
    if early := timedelta(recipe.buffers.ask_days):
        first = nominal.as_of
        moves = tuple(
            m.model_copy(update={"clearance_asked": max(min(first, m.clearance_asked), m.clearance_asked - early)})
            if m.clearance_asked
            else m
            for m in moves
        )
    return as_written(plan.model_copy(update={"moves": moves, "mission_hash": nominal.mission_hash}))


def as_written(plan: Plan) -> Plan:
    """The plan as it is when it has been written and read: in a future loads are lost in the order of their names."""
    return Plan.model_validate_json(plan.canonical)


def buffered(mission: Mission, buffers: Buffers) -> Mission:
    """The mission as a planner sees it that is to leave buffers."""
    header = mission.mission
    tables: dict[str, Any] = {
        "mission": header.model_copy(
            update={
                "pace": min(max(1.0, header.pace), round(header.pace + buffers.pace, 6)),
                "turnaround_days": header.turnaround_days + buffers.turnaround_days,
                "deadline": header.deadline - timedelta(buffers.early_days),
            }
        ),
        "clearances": tuple(
            row.model_copy(update={"lead_days": row.lead_days + buffers.lead_days}) if row.state == "ask" else row
            for row in mission.clearances
        ),
        "closure_steps": tuple(
            row.model_copy(update={"days": row.days + buffers.step_days}) for row in mission.closure_steps
        ),
        "legs": tuple(
            row.model_copy(update={"headway_days": row.headway_days + buffers.headway_days})
            if row.headway_days
            else row
            for row in mission.legs
        ),
        "lift": tuple(
            row
            if row.mode == "air"
            else row.model_copy(update={"count": row.count - int(row.count * buffers.vehicles)})
            for row in mission.lift
        ),
    }
    changed = {
        name: rows
        for name, rows in tables.items()
        if rows != (mission.mission if name == "mission" else mission.rows(name))
    }
    return mission.model_copy(update=changed) if changed else mission
