"""Hazards are counted against something, in units that their users have."""

from __future__ import annotations

from collections.abc import Iterator

from drawdown.mission.checks.finding import Check, fault, warning
from drawdown.mission.faults import Fault
from drawdown.mission.mission import Mission


def events_have_exposure(mission: Mission) -> Iterator[Fault]:
    """Events are counted against an exposure: without one there is no rate."""
    for number, row in enumerate(mission.hazards):
        if not row.exposure:
            report = fault if row.events else warning
            message = f"{row.events:g} events against an exposure of 0 give no rate"
            yield report("hazards", number, "exposure", message, f"give the {row.exposure_unit.replace('_', '-')}")


def hazards_have_users(mission: Mission) -> Iterator[Fault]:
    """Some leg or site names each class of hazard."""
    used = {leg.hazard_class for leg in mission.legs} | {site.hazard_class for site in mission.sites}
    for number, row in enumerate(mission.hazards):
        if row.hazard_class not in used:
            message = f"no leg or site has the class `{row.hazard_class}`, so nothing is exposed to it"
            yield warning("hazards", number, "hazard_class", message, "name the class in legs or sites")


def hazards_have_the_unit_of_their_users(mission: Mission) -> Iterator[Fault]:
    """Hazards of legs are counted by kilometre, hazards of sites by day."""
    legs = {leg.hazard_class for leg in mission.legs}
    sites = {site.hazard_class for site in mission.sites}
    for number, row in enumerate(mission.hazards):
        by_day = row.exposure_unit == "site_days"
        if row.hazard_class in (legs if by_day else sites) and row.hazard_class not in (sites if by_day else legs):
            message = f"only {'legs' if by_day else 'sites'} have this class, but it is counted by {row.exposure_unit}"
            yield warning("hazards", number, "exposure_unit", message, "change the unit, or the class of its users")


CHECKS: tuple[Check, ...] = (events_have_exposure, hazards_have_users, hazards_have_the_unit_of_their_users)
