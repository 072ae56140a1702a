"""What the relaxation takes from a mission: classes of people and of equipment, the steps of closing, the network."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from drawdown.mission.disposal import may_leave, never_given
from drawdown.mission.mission import Mission
from drawdown.mission.tables import DisposalGroup, Exit, Lot, Site, Unit
from drawdown.planner.construction.dispose import Policy
from drawdown.planner.relaxation.network import Network

#: Lots are grouped by the value of a TEU of them (USD): each group counts at the least value in it, which is safe.
VALUE_STEPS = (0.0, 5e3, 1.2e4, 2.5e4, 6e4)


@dataclass(frozen=True)
class People:
    """Units of one site that may go home the same ways on the same days."""

    site: str
    exits: tuple[str, ...]
    separates: bool
    armed: bool
    units: tuple[Unit, ...]

    @property
    def strength(self) -> int:
        """People on the day of cessation."""
        return sum(u.strength for u in self.units)

    @property
    def late(self) -> int:
        """People who may be in the mission after the deadline: rear parties and those who stay for liquidation."""
        return min(self.strength, sum(u.rear_party + u.stays for u in self.units))

    @property
    def name(self) -> str:
        """The first unit and how many more there are."""
        return _first_and_more([u.id for u in self.units])


@dataclass(frozen=True)
class Stock:
    """Lots of one site with the same ends: ``local`` is the first day of disposal where they are (None if never).

    ``driven`` tells whether they drive themselves, ``leaves`` whether they may leave the country, ``given`` whether
    they may be handed over with the site; ``teu`` is their room and ``value`` the least value of a TEU (USD;
    infinite if they may not be destroyed).
    """

    site: str
    driven: bool
    leaves: bool
    local: int | None
    given: bool
    teu: float
    value: float
    lots: tuple[str, ...]

    @property
    def must_leave(self) -> bool:
        """Whether only an exit (or destruction) ends their life in the mission."""
        return self.local is None and not self.given

    @property
    def commodity(self) -> int:
        """What they are on the road: 0 carried, 1 able to drive, 2 with an end inside the country."""
        return int(self.driven) if self.must_leave else 2

    @property
    def name(self) -> str:
        """The first lot and how many more there are."""
        return _first_and_more(self.lots)


class Facts(Network):
    """Everything above, found once."""

    def __init__(self, mission: Mission, as_of: int = 0) -> None:
        super().__init__(mission, as_of)
        self.deadline = mission.day(mission.mission.deadline)
        self.policy = Policy(mission)
        self._groups: dict[str | None, DisposalGroup] = {group.id: group for group in mission.disposal_groups}
        self.heads = {s.id: sum(u.strength for u in mission.units if u.site == s.id) for s in mission.sites}

    # ---- people ------------------------------------------------------------------------------------------------------

    def ways_home(self, unit: Unit) -> tuple[str, ...]:
        """Exits by which people of a unit may leave (none if they separate where they serve)."""
        return () if unit.separates else tuple(x.id for x in self.mission.exits if _takes(x, unit))

    @cached_property
    def people(self) -> tuple[People, ...]:
        """Classes of people."""
        classes: dict[tuple[object, ...], list[Unit]] = defaultdict(list)
        for u in self.mission.units:
            if u.strength:
                key = u.site, self.ways_home(u), u.separates, u.armed, u.earliest, u.latest
                classes[key].append(u)
        return tuple(
            People(us[0].site, self.ways_home(us[0]), us[0].separates, us[0].armed, tuple(us))
            for us in classes.values()
        )

    # ---- equipment ---------------------------------------------------------------------------------------------------

    @cached_property
    def stocks(self) -> tuple[Stock, ...]:
        """Classes of equipment. Items without room bind nothing and are left out."""
        classes: dict[tuple[Stock, float], list[Lot]] = defaultdict(list)
        for lot in self.mission.equipment:
            if lot.teu_each > 0:
                classes[self._class(lot)].append(lot)
        return tuple(
            Stock(
                *(alike.site, alike.driven, alike.leaves, alike.local, alike.given),
                teu=sum(x.count * x.teu_each for x in lots),
                value=min(self._value(x) for x in lots),
                lots=tuple(x.id for x in lots),
            )
            for (alike, _), lots in classes.items()
        )

    def _class(self, lot: Lot) -> tuple[Stock, float]:
        """What lots of one class have in common, and the step of their value."""
        local = self.policy.offered_until(lot) if self.policy.local(lot) else None
        value = self._value(lot)
        step = max((x for x in VALUE_STEPS if x <= value), default=0.0) if math.isfinite(value) else value
        ends = may_leave(lot), local, self._may_be_given(lot)
        return Stock(lot.site, lot.self_propelled, *ends, teu=0, value=0, lots=()), step

    def _may_be_given(self, lot: Lot) -> bool:
        group = self._groups.get(lot.asset_group) if lot.owner == "un" else None
        return "hand_over" in {*lot.dispositions} & {*(group or lot).dispositions} and not never_given(lot)

    def _value(self, lot: Lot) -> float:
        return lot.value_each / lot.teu_each if "destroy" in lot.dispositions else math.inf

    @cached_property
    def teu(self) -> float:
        """Room of all equipment (TEU)."""
        return float(sum(j.teu for j in self.stocks))

    @cached_property
    def largest(self) -> float:
        """Room of the largest item that drives itself (TEU): the fewest vehicles that a stock can be."""
        return max((x.teu_each for x in self.mission.equipment if x.self_propelled), default=1.0) or 1.0

    @cached_property
    def vehicles(self) -> int:
        """Vehicles that may go by surface with equipment: lift in service and what drives itself."""
        fleet = sum(self.mission.in_service(x) for h in self.fleets for x in h.lifts)
        return fleet + sum(lot.count for lot in self.mission.equipment if lot.self_propelled)

    @property
    def passes(self) -> int:
        """How often one thing can pass one leg in one direction: it has to come back before, and both take a day."""
        return (self.end + 1) // 2

    # ---- closing -----------------------------------------------------------------------------------------------------

    def steps(self, site: Site) -> dict[str, tuple[int, int, float]]:
        """Of each step that must end by a site's last-out: first possible day, days to the end of all, most stock left.

        The last is a share of the room of the site's own equipment.
        """
        rows = {s.id: s for s in self.mission.steps_for(site) if s.moment == "before_last_out" and s.role == "work"}
        starts: dict[str, int] = {}
        tails: dict[str, int] = {}

        def start(i: str) -> int:
            if i not in starts:
                starts[i] = max((start(a) + rows[a].days for a in rows[i].after if a in rows), default=1)
            return starts[i]

        def tail(i: str) -> int:
            if i not in tails:
                tails[i] = rows[i].days + max((tail(b) for b in rows if i in rows[b].after), default=0)
            return tails[i]

        return {i: (start(i), tail(i), rows[i].max_stock_share) for i in rows}

    def soonest_out(self, site: Site) -> int:
        """The first day that a site's steps leave for its last-out (1 if it needs none)."""
        return max((start + tail - 1 for start, tail, _ in self.steps(site).values()), default=1)

    def steps_before_handover(self, site: Site) -> set[str]:
        """Steps that have ended when a site is handed over, because its handover or its certificate waits for them."""
        rows = {s.id: s for s in self.mission.steps_for(site)}
        found, ahead = set[str](), [s.id for s in rows.values() if s.role != "work"]
        while ahead:
            before = [i for i in rows[ahead.pop()].after if i in rows and i not in found]
            found.update(before)
            ahead += before
        return found


def _first_and_more(names: list[str] | tuple[str, ...]) -> str:
    return names[0] + (f"+{len(names) - 1}" if names[1:] else "")


def _takes(way_out: Exit, unit: Unit) -> bool:
    return (
        "people" in way_out.takes
        and way_out.people_per_day > 0
        and (not unit.exits or way_out.id in unit.exits)
        and (not way_out.contributors or unit.contributor in way_out.contributors)
    )
