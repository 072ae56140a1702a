"""The figures at the top of a report, the stamps at its end, and what its slider says of each day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from drawdown import __version__
from drawdown.mission.basis import totals
from drawdown.mission.mission import Mission
from drawdown.plan.measures import measure_plan
from drawdown.plan.model import Plan
from drawdown.plan.rules.rule import Broken
from drawdown.report.names import days, long_date
from drawdown.report.timeline import Timeline


class Fact(NamedTuple):
    """A figure with its name, what more there is to say of it, and whether it is bad news."""

    what: str
    value: str
    more: str = ""
    bad: bool = False


def facts(timeline: Timeline, broken: Sequence[Broken]) -> list[Fact]:
    """The figures that a reader wants first."""
    mission, plan = timeline.mission, timeline.plan
    size, head = totals(mission), mission.mission
    people = f"{size.uniformed:,} in uniform, {size.civilians:,} civilians"
    found = [] if plan is None else _plan_facts(mission, plan, broken)
    return [
        *found,
        Fact("Deadline", long_date(head.deadline), f"liquidation ends {long_date(head.liquidation_end)}"),
        Fact("People at cessation", f"{size.uniformed + size.civilians:,}", f"{people}; {size.sites} sites"),
        Fact("To be carried", f"{size.teu:,.0f} TEU", f"and {size.vehicles:,} vehicles that drive"),
    ]


#: Settings that say how good a plan is: shown among the figures, not among the stamps.
PROOF = frozenset({"status", "bound", "start_objective", "how"})


def _proof(mission: Mission, plan: Plan, broken: Sequence[Broken]) -> list[Fact]:
    """How far a lawful plan can be from the best possible by its course of action, if that was proven."""
    bound, course = plan.settings.get("bound"), mission.course.get(plan.course or "")
    if broken or course is None or not isinstance(bound, float):
        return []
    objective = measure_plan(mission, plan).objective(course)
    gap = max(0.0, (objective - bound) / objective) if objective else 0.0
    more = f"it weighs {objective / 1e6:,.1f} million, no lawful plan less than {bound / 1e6:,.1f} ({course.name})"
    return [Fact("At most this far from the best possible", f"{gap:.0%}".replace("%", " %"), more)]


def _plan_facts(mission: Mission, plan: Plan, broken: Sequence[Broken]) -> list[Fact]:
    time = measure_plan(mission, plan).time
    margin = f"{days(abs(time.slack_days))} {'before' if time.slack_days > 0 else 'after'} the deadline"
    open_sites = [site.name for site in mission.sites if site.id not in plan.closure]
    rules = len({row.rule for row in broken})
    return [
        Fact(
            "All out but those who stay for liquidation",
            long_date(time.out_by),
            margin if time.slack_days else "on the day of the deadline",
            bad=time.slack_days < 0,
        ),
        Fact("Sites that stay open", f"{len(open_sites)}", ", ".join(open_sites), bad=True)
        if open_sites
        else Fact("Last site left", long_date(time.closed_by)),
        Fact(
            "Broken rules", f"{rules}" if rules else "None", f"in {len(broken)} places" if rules else "", bad=rules > 0
        ),
        *_proof(mission, plan, broken),
    ]


def stamps(mission: Mission, plan: Plan | None) -> list[tuple[str, str]]:
    """What the report was made from, so that it can be made again."""
    found = [("Mission", mission.mission.id), ("Mission hash", mission.hash)]
    if plan:
        settings = ", ".join(f"{key} {value}" for key, value in sorted(plan.settings.items()) if key not in PROOF)
        found += [("Plan", plan.name), ("Plan hash", plan.hash), ("Planner", plan.planner), ("Seed", f"{plan.seed}")]
        found += [("Settings", settings)] if settings else []
        found += [("Planned with Drawdown", plan.version)]
        if plan.mission_hash != mission.hash:
            found.append(("The plan was made from another state of the mission", plan.mission_hash))
    return [*found, ("Reported with Drawdown", __version__)]


def day_figures(timeline: Timeline) -> dict[str, Any]:
    """For each day: people in the mission, sites held and, if they are shown, moves under way."""
    states = [timeline.states(site) for site in timeline.mission.sites]
    held = [sum(of[day] not in {"left", "handed_over"} for of in states) for day in range(timeline.horizon + 1)]
    moves = [0] * (timeline.horizon + 1)
    for flow in timeline.flows:
        for day in range(flow.start, min(timeline.horizon, flow.end) + 1):
            moves[day] += flow.moves
    since = (timeline.mission.mission.cessation - date(1970, 1, 1)).days
    found = {"start": 86_400_000 * since, "people": timeline.people_remaining.tolist(), "sites": held}
    return {**found, "moves": moves} if timeline.moves else found
