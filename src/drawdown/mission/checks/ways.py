"""The ways out of the mission: every site can be left, by its hubs, with lift that exists, on days that are open.

People need seats, cargo needs room on lift; vehicles can also drive on their own wheels. Whoever drives to an
exit leaves there together with the vehicle, so an exit reached on own wheels must take both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from heapq import heappop, heappush
from itertools import pairwise
from typing import Literal, get_args

from drawdown.mission.checks.finding import Check, fault, listed, warning
from drawdown.mission.checks.places import hub_chain
from drawdown.mission.disposal import may_leave, must_leave
from drawdown.mission.faults import Fault
from drawdown.mission.mission import Mission
from drawdown.mission.network import last_open, lift_can_use, other_end
from drawdown.mission.tables import Exit, Leg, Lift, Site

Load = Literal["people", "cargo", "vehicles"]
Component = dict[str, str]  # place -> a place that stands for all that hang together


def _takes(way_out: Exit, load: Load) -> bool:
    return ("people" if load == "people" else "equipment") in way_out.takes


def _carries(mission: Mission, lift: Lift, load: Load) -> bool:
    return mission.in_service(lift) > 0 and bool(lift.seats if load == "people" else lift.teu)


def _last_day(mission: Mission, leg: Leg, lift: Lift | None, until: date) -> date | None:
    """The last day on which a lift (None: own wheels) can enter a leg; after the deadline only hauliers drive."""
    first, last = mission.mission.cessation, until
    if lift is None or (lift.mode == "road" and not lift.commercial):
        last = min(last, mission.mission.deadline)
    if lift is not None:
        first, last = max(first, lift.available_from or first), min(last, lift.available_to or last)
    return last_open(mission, leg, first, last)


def _carriers(mission: Mission, leg: Leg, load: Load) -> Iterator[Lift | None]:
    for lift in mission.lift:
        if _carries(mission, lift, load) and lift_can_use(mission, lift, leg):
            yield lift
    driven = any(lot.self_propelled and lot.seats_each and lot.count for lot in mission.equipment)
    ends = [mission.exit[end] for end in (leg.from_place, leg.to_place) if end in mission.exit]
    if (
        leg.mode == "road"
        and load != "cargo"
        and driven
        and all({"people", "equipment"} <= set(end.takes) for end in ends)
    ):
        yield None


def _component(links: Iterable[Leg]) -> Component:
    root: Component = {}

    def top(place: str) -> str:
        while root.setdefault(place, place) != place:
            root[place] = root[root[place]]
            place = root[place]
        return place

    for leg in links:
        root[top(leg.from_place)] = top(leg.to_place)
    return {place: top(place) for place in root}


@dataclass
class Ways:
    """Where one kind of load can go up to a day, and the last day on which it can enter each leg."""

    mission: Mission
    load: Load
    until: date
    last: dict[str, date] = field(default_factory=dict)
    parts: list[Component] = field(default_factory=list)
    direct: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        legs: dict[str, list[Leg]] = defaultdict(list)
        for leg in self.mission.legs:
            for lift in _carriers(self.mission, leg, self.load):
                day = _last_day(self.mission, leg, lift, self.until)
                if day is not None:
                    legs[lift.id if lift else ""].append(leg)
                    self.last[leg.id] = max(day, self.last.get(leg.id, day))
        self.parts = [_component(links) for links in legs.values()]
        for leg in (leg for links in legs.values() for leg in links):
            self.direct[leg.from_place].add(leg.to_place)
            self.direct[leg.to_place].add(leg.from_place)

    def joined(self, one: str, other: str) -> bool:
        """Whether some carrier can go from one place to another."""
        return any(one in part and other in part and part[one] == part[other] for part in self.parts)

    def exits_from(self, site: Site) -> set[str]:
        """Exits that a site can use itself: a hub of its own by any route, others only by a direct leg."""
        takers = [way_out.id for way_out in self.mission.exits if _takes(way_out, self.load)]
        if site.hub is None:
            return {name for name in takers if self.joined(site.id, name)}
        return self.direct[site.id] & set(takers)

    def exits_of(self, site: Site) -> set[str]:
        """Exits that a site can use, itself or by way of its hubs."""
        found: set[str] = set()
        chain = hub_chain(self.mission, site)
        for here, hub in zip(chain, (*chain[1:], None), strict=True):
            found |= self.exits_from(here)
            if hub is None or not self.joined(here.id, hub.id):
                break
        return found

    def last_days(self) -> dict[str, date]:
        """For each place, the last day on which the way to some exit is open (the day of its first leg to close)."""
        links: dict[str, list[Leg]] = defaultdict(list)
        for leg in self.mission.legs:
            if leg.id in self.last:
                links[leg.from_place].append(leg)
                links[leg.to_place].append(leg)
        opens = [(min(e.open_to or self.until, self.until), e.id) for e in self.mission.exits if _takes(e, self.load)]
        heap = [(-day.toordinal(), place) for day, place in sorted(opens)]
        heap.sort()
        found: dict[str, date] = {}
        while heap:
            day, here = heappop(heap)
            if here in found:
                continue
            found[here] = date.fromordinal(-day)
            for leg in links[here]:
                there = other_end(leg, here)
                if there not in found:
                    heappush(heap, (max(day, -self.last[leg.id].toordinal()), there))
        return found


def _to_move(mission: Mission, load: Load) -> dict[str, bool]:
    """Sites with something to move out, and whether it has no other end than to leave."""
    need: dict[str, bool] = {}
    if load == "people":
        return {unit.site: True for unit in mission.units if unit.strength and not unit.separates}
    for lot in mission.equipment:
        if lot.count and may_leave(lot) and lot.self_propelled == (load == "vehicles"):
            need[lot.site] = need.get(lot.site, False) or must_leave(lot)
    return need


def sites_can_be_left(mission: Mission) -> Iterator[Fault]:
    """From every site, people, cargo and vehicles can reach an exit that takes them by legs that some lift can use."""
    rows = {site.id: number for number, site in enumerate(mission.sites)}
    for load in get_args(Load):
        ways = Ways(mission, load, mission.mission.liquidation_end)
        cut: dict[str, bool] = {}
        for name, must in _to_move(mission, load).items():
            site = mission.site.get(name)
            if site is None or ways.exits_of(site):
                continue
            chain = hub_chain(mission, site)
            place = next((a for a, b in pairwise(chain) if not ways.joined(a.id, b.id)), chain[-1])
            cut[place.id] = must or cut.get(place.id, False)
        for name, must in sorted(cut.items()):
            hub = mission.site[name].hub
            whither = f"its hub `{hub}`" if hub in mission.site else "any exit that takes them"
            message = f"cut off: {load} cannot get from `{name}` to {whither} by legs that some lift can use"
            report = fault if must else warning
            yield report(
                "sites", rows[name], "id", message, "add a leg, lift that can use it, or open it in the plan's days"
            )


def ways_out_stay_open(mission: Mission) -> Iterator[Fault]:
    """No site's last way out closes, by season, corridor or end of service, before the day it may be open to."""
    header = mission.mission
    for load in get_args(Load):
        ends = {header.deadline, header.liquidation_end}
        last = {until: Ways(mission, load, until).last_days() for until in ends}
        need = _to_move(mission, load)
        for number, site in enumerate(mission.sites):
            until = header.liquidation_end if site.liquidation and load != "vehicles" else header.deadline
            closes = last[until].get(site.id, until)
            if site.id in need and closes < until:
                message = f"the last way out for {load} closes on {closes}, the site may be open to {until}"
                yield warning("sites", number, "id", message, "plan to be out before, or describe another way out")


def ways_home_can_be_reached(mission: Mission) -> Iterator[Fault]:
    """A unit can reach one of the ways home that its contributor accepts."""
    ways = Ways(mission, "people", mission.mission.liquidation_end)
    for number, unit in enumerate(mission.units):
        site = mission.site.get(unit.site)
        if not unit.exits or site is None or unit.separates:
            continue
        found = ways.exits_of(site)
        if found and not found & set(unit.exits):
            message = f"none of {listed(unit.exits)} can be reached from `{site.id}`"
            yield fault("units", number, "exits", message, f"it can reach {listed(sorted(found))}")


def _capacity(rows: Iterable[Exit], daily: Callable[[Exit], float], first: date, last: date) -> float:
    total = 0.0
    for way_out in rows:
        begins, ends = max(first, way_out.open_from or first), min(last, way_out.open_to or last)
        total += daily(way_out) * max(0, (ends - begins).days + 1)
    return total


def exits_are_wide_enough(mission: Mission) -> Iterator[Fault]:
    """The exits together can take everyone by the deadline, and all that must leave by the end of liquidation."""
    header = mission.mission
    first = header.cessation + timedelta(days=1)
    people = sum(max(0, u.strength - u.stays - u.rear_party) for u in mission.units if not u.separates)
    takers = [way_out for way_out in mission.exits if "people" in way_out.takes]
    most = _capacity(takers, lambda way_out: way_out.people_per_day, first, header.deadline)
    if takers and most < people:
        message = f"{people} people must be out by {header.deadline}, the exits take {most:g} until then"
        yield fault("exits", None, "people_per_day", message, "open more exits, or check their numbers")
    teu = sum(lot.count * lot.teu_each for lot in mission.equipment if must_leave(lot))
    takers = [way_out for way_out in mission.exits if "equipment" in way_out.takes]
    most = _capacity(takers, lambda way_out: way_out.teu_per_day, first, header.liquidation_end)
    if takers and most < teu:
        message = f"{teu:g} TEU must leave by {header.liquidation_end}, the exits take {most:g} until then"
        yield fault("exits", None, "teu_per_day", message, "open more exits, or check their numbers")


CHECKS: tuple[Check, ...] = (
    sites_can_be_left,
    ways_out_stay_open,
    ways_home_can_be_reached,
    exits_are_wide_enough,
)
