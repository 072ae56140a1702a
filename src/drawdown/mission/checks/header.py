"""The mission's own settings: its format, its courses of action, what it counts as cost and last resort."""

from __future__ import annotations

from collections.abc import Iterator

from drawdown.mission.checks.finding import Check, fault, warning
from drawdown.mission.faults import Fault
from drawdown.mission.mission import Mission

FORMAT = 1
MEASURES = ("time", "risk", "equipment", "protection", "cost")


def format_is_known(mission: Mission) -> Iterator[Fault]:
    """The file format is the version that this program reads."""
    if mission.mission.format != FORMAT:
        yield fault("mission", 0, "format", f"this program reads format {FORMAT}", "convert it, or update Drawdown")


def courses_weigh_something(mission: Mission) -> Iterator[Fault]:
    """There is at least one course of action, and each gives some measure a weight."""
    if not mission.courses:
        message = "no course of action, so no plan is better than another"
        yield fault("courses", None, None, message, "weigh the five measures in at least one course")
    for number, course in enumerate(mission.courses):
        if not any(getattr(course, measure) for measure in MEASURES):
            yield fault("courses", number, "time", "all five weights are 0", "give at least one measure a weight")


def costs_are_given(mission: Mission) -> Iterator[Fault]:
    """Something costs something, or the measure of cost says nothing."""
    daily = mission.mission.person_day_usd or any(site.running_usd_per_day for site in mission.sites)
    if not daily and not any(lift.usd_per_day or lift.usd_per_km for lift in mission.lift):
        message = "neither people nor sites nor lift cost anything"
        yield warning(
            "mission", 0, "person_day_usd", message, "give person_day_usd, running_usd_per_day or lift's cost"
        )


def destruction_has_reasons(mission: Mission) -> Iterator[Fault]:
    """If a lot may be destroyed, the mission says for what reasons."""
    if not mission.mission.last_resort_reasons and any("destroy" in lot.dispositions for lot in mission.equipment):
        message = "lots may be destroyed, but no reason for it would be accepted"
        yield warning("mission", 0, "last_resort_reasons", message, "list the reasons, or remove destroy")


def supplies_can_come(mission: Mission) -> Iterator[Fault]:
    """Where the supplies of convoys run out, some leg says by which flights new ones come."""
    if mission.mission.supply_days and not any(leg.resupply_class for leg in mission.legs):
        message = "convoys run out of supplies, but no leg has a resupply_class: nothing happens when they do"
        yield warning("mission", 0, "supply_days", message, "give the resupply_class of legs, or leave it blank")


CHECKS: tuple[Check, ...] = (
    format_is_known,
    courses_weigh_something,
    costs_are_given,
    destruction_has_reasons,
    supplies_can_come,
)
