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
    """Hazards of legs are counted by kilometre or calendar day, hazards of sites by site-day."""
    legs = {leg.hazard_class for leg in mission.legs}
    sites = {site.hazard_class for site in mission.sites}
    for number, row in enumerate(mission.hazards):
        by_day = row.exposure_unit == "site_days"
        if row.hazard_class in (legs if by_day else sites) and row.hazard_class not in (sites if by_day else legs):
            message = f"only {'legs' if by_day else 'sites'} have this class, but it is counted by {row.exposure_unit}"
            yield warning("hazards", number, "exposure_unit", message, "change the unit, or the class of its users")


def closings_are_counted_in_days(mission: Mission) -> Iterator[Fault]:
    """A way closes on a day, whoever travels: closings, and nothing else, are counted in calendar days."""
    for number, row in enumerate(mission.hazards):
        if (row.kind == "closing") != (row.exposure_unit == "days"):
            message = f"a hazard of kind {row.kind} counted by {row.exposure_unit}"
            remedy = (
                "count it in days" if row.kind == "closing" else "only a closing is counted in days: use another unit"
            )
            yield fault("hazards", number, "exposure_unit", message, remedy)


def closings_last(mission: Mission) -> Iterator[Fault]:
    """A way that has closed stays shut for some days."""
    for number, row in enumerate(mission.hazards):
        if row.kind == "closing" and row.events and not row.delay_days:
            message = f"{row.events:g} closings of no length"
            yield fault(
                "hazards", number, "delay_days", message, "give the mean number of days that the way stays shut"
            )


def rises_have_legs(mission: Mission) -> Iterator[Fault]:
    """A rate rises when a site on a leg of the class has been left, so some leg has the class."""
    used = {leg.hazard_class for leg in mission.legs}
    for number, row in enumerate(mission.hazards):
        if row.rise > 1 and row.hazard_class not in used:
            message = f"no leg has the class `{row.hazard_class}`, so its rate never rises"
            yield warning("hazards", number, "rise", message, "leave it blank, or name the class in legs")


CHECKS: tuple[Check, ...] = (
    events_have_exposure,
    hazards_have_users,
    hazards_have_the_unit_of_their_users,
    closings_are_counted_in_days,
    closings_last,
    rises_have_legs,
)
