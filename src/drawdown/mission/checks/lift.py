"""Lift is of its mode, carries something, and can be where it is based."""

from __future__ import annotations

from collections.abc import Iterator

from drawdown.mission.checks.finding import Check, fault, listed, warning
from drawdown.mission.checks.people import units_at
from drawdown.mission.faults import Fault
from drawdown.mission.mission import Mission
from drawdown.mission.network import can_land

LONGEST_TURNAROUND_DAYS = 30

_MODES = {
    "truck": {"road"},
    "haulier": {"road"},
    "bus": {"road"},
    "helicopter": {"air"},
    "aeroplane": {"air"},
    "barge": {"river", "sea"},
    "train": {"rail"},
    "ship": {"sea", "river"},
}


def lift_travels_its_mode(mission: Mission) -> Iterator[Fault]:
    """Trucks go by road, aeroplanes by air, barges by river."""
    for number, lift in enumerate(mission.lift):
        if lift.mode not in _MODES[lift.kind]:
            message = f"a {lift.kind} does not travel by {lift.mode}"
            yield fault("lift", number, "mode", message, f"use {listed(sorted(_MODES[lift.kind]))}")


def lift_is_there(mission: Mission) -> Iterator[Fault]:
    """There is at least one vehicle of every lift that can be counted on."""
    for number, lift in enumerate(mission.lift):
        if not lift.count:
            yield warning("lift", number, "count", "there are none of it", "give the count, or drop it")
        elif not mission.in_service(lift):
            message = f"{lift.count} at {lift.availability:g} availability leave none to count on"
            yield warning("lift", number, "availability", message, "raise count or availability")


def lift_carries_something(mission: Mission) -> Iterator[Fault]:
    """Lift has seats, or room for equipment and the tonnes to carry it."""
    for number, lift in enumerate(mission.lift):
        if not lift.seats and not lift.teu and not lift.casevac:
            yield warning("lift", number, "teu", "it carries neither people nor equipment", "give its seats or its TEU")
        if lift.teu and not lift.tonnes:
            message = "has room but carries no weight, so it carries no equipment"
            yield warning("lift", number, "tonnes", message, "give its tonnes")


def aircraft_land_at_their_base(mission: Mission) -> Iterator[Fault]:
    """An aircraft's base has a runway that it can use."""
    for number, lift in enumerate(mission.lift):
        base = mission.place.get(lift.base)
        if lift.mode == "air" and base and not can_land(lift, base):
            runway = f"{base.runway_surface}, {base.runway_m} m, {base.flights_per_day} flights a day"
            message = f"it cannot land at its base `{base.id}` ({runway})"
            yield fault("lift", number, "base", message, "base it elsewhere, or correct the runway or its needs")


def aircraft_are_described(mission: Mission) -> Iterator[Fault]:
    """Aircraft fly at least one sortie a day, have a range, and land on paved runways if on unpaved ones."""
    for number, lift in enumerate(mission.lift):
        if lift.mode != "air":
            continue
        if not lift.sorties_per_day:
            yield fault("lift", number, "sorties_per_day", "it never flies", "give at least 1")
        if not lift.range_km:
            yield warning("lift", number, "range_km", "no range, so it flies any distance", "give its range")
        if "unpaved" in lift.runway_surfaces and "paved" not in lift.runway_surfaces:
            message = "lands on unpaved but not on paved runways"
            yield warning("lift", number, "runway_surfaces", message, "add paved")


def lift_can_set_out(mission: Mission) -> Iterator[Fault]:
    """A leg of its mode starts where lift is based."""
    starts = {(end, leg.mode) for leg in mission.legs for end in (leg.from_place, leg.to_place)}
    for number, lift in enumerate(mission.lift):
        if lift.base in mission.place and lift.mode != "air" and (lift.base, lift.mode) not in starts:
            message = f"no {lift.mode} leg starts at its base `{lift.base}`"
            yield warning("lift", number, "base", message, "add the leg, or base it elsewhere")


def airfields_have_their_unit(mission: Mission) -> Iterator[Fault]:
    """A site where aeroplanes need an airfield unit has one."""
    there = units_at(mission)
    for number, site in enumerate(mission.sites):
        if site.airfield_unit and not any("airfield" in unit.enables for unit in there[site.id]):
            message = "aeroplanes need an airfield unit here, but none is stationed here"
            yield warning("sites", number, "airfield_unit", message, "station a unit that enables airfield")


def hubs_have_lift(mission: Mission) -> Iterator[Fault]:
    """A hub to which other sites are drawn in by road has lift of its own."""
    bases = {lift.base for lift in mission.lift if lift.mode == "road"}
    hubs = {site.hub for site in mission.sites}
    roads = {end for leg in mission.legs if leg.mode == "road" for end in (leg.from_place, leg.to_place)}
    for number, site in enumerate(mission.sites):
        if site.id in hubs & roads - bases:
            message = "other sites are drawn in to this hub, but no road lift is based here"
            yield warning("sites", number, "id", message, "base lift here, or it must be brought first")


def turnaround_is_plausible(mission: Mission) -> Iterator[Fault]:
    """Loading at the far end of a convoy takes days, not months."""
    days = mission.mission.turnaround_days
    if days > LONGEST_TURNAROUND_DAYS:
        message = f"lift would stand for {days} days before it turns round"
        yield warning("mission", 0, "turnaround_days", message, "days, not hours, are meant")


def lift_that_fails_to_come_comes_later(mission: Mission) -> Iterator[Fault]:
    """Lift that may not turn up on the day comes some days later."""
    for number, lift in enumerate(mission.lift):
        if lift.no_show and not lift.no_show_days:
            message = f"it does not turn up with chance {lift.no_show:g}, but comes no day later"
            yield fault("lift", number, "no_show_days", message, "give the days, or leave no_show blank")


CHECKS: tuple[Check, ...] = (
    lift_travels_its_mode,
    lift_is_there,
    lift_carries_something,
    aircraft_land_at_their_base,
    aircraft_are_described,
    lift_can_set_out,
    airfields_have_their_unit,
    hubs_have_lift,
    turnaround_is_plausible,
    lift_that_fails_to_come_comes_later,
)
