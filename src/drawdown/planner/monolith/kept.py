"""How the model keeps every rule: by which constraint families, or by what columns there are."""

from __future__ import annotations

from collections import defaultdict

from drawdown.planner.monolith import families
from drawdown.planner.monolith.model import FAMILIES

__all__ = ["BY_CONSTRUCTION", "families", "keeping"]

#: Rules that need no rows, or not for all that they say: columns exist only for what these rules let through.
BY_CONSTRUCTION = {
    "understood": "columns exist only for the mission's own names and for days 1 to E; moves are numbered",
    "what_left_stays_out": "on a way from an exit only lift and escorts have columns",
    "route_joins": "routes are paths of one mode that pass no place twice; the rule is asked",
    "travel_time": "each way arrives as soon as the rule lets it, or later as long as the rule lets it",
    "lift_in_service": "vehicles have columns only on ways on which the rule lets one of them go",
    "runway": "sorties have columns only on ways on which the rule lets one aircraft fly",
    "drivers": "only self-propelled lots have columns for driving, and only by road",
    "escort": "lift and driven items have columns only where the rule lets them go; escorts have none in the air",
    "season": "ways on which the rule stops a move do not exist",
    "open_days": "ways on which the rule stops a move do not exist",
    "exit_capacity": "people and lots have columns only into exits that take them",
    "exit_for": "people and lots have columns only into exits at which the rule lets one of them through",
    "way_home": "people have columns only into exits at which the rule lets one of them through",
    "closure_steps": "a step has its own length: a longer one could only hold up others (see `left_out` of an answer)",
    "handover_to_civilians": "a site has handover columns only if it becomes somebody's, and goes to just that one",
    "owner_allows": "disposals have columns only where the rule lets one item through",
    "never_given": "disposals have columns only where the rule lets one item through",
    "disposal_groups": "disposals have columns only where the rule lets one item through",
    "last_resort": "destruction gives the mission's first recognised reason; without one it has no columns",
    "separations": "only units whose people separate have columns for it",
    "clearance": "ways for which the rule could not be kept by asking their lead time ahead do not exist",
    "authority": "ways, escorts on them, disposals and starts of steps exist only where the rule lets them be",
}


def keeping() -> dict[str, tuple[str, ...]]:
    """For each rule, the families that keep it (and ``by construction``, if columns do or do so in part)."""
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for row in FAMILIES.values():
        for rule in row.rules:
            found[rule] = (*found[rule], row.name)
    for rule in BY_CONSTRUCTION:
        found[rule] = (*found[rule], "by construction")
    return dict(found)
