"""Names and plain words for what futures count: causes, reasons, sources of chance, acts, clearances and drivers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from drawdown.mission.mission import Mission
from drawdown.plan.model import Move, Plan
from drawdown.stress.script import Act, ActKind, Cause, Chance, Reason, Script

#: What puts a move off.
CAUSES = {
    Cause.NONE: "nothing",
    Cause.LIFT: "lift that has not turned up, and aircraft held by weather or a fault",
    Cause.AFTER: "what has to leave before has not left",
    Cause.LAST_OUT: "others, their loads or closing steps come before the last people of a site",
    Cause.FIRE: "the site is under fire",
    Cause.CLEARANCE: "a clearance is refused or not answered",
    Cause.BLOCK: "a blanket block",
    Cause.ROUTE: "a road or an exit is shut",
    Cause.HEADWAY: "another convoy is too near",
    Cause.STOCK: "people, load, lift or escorts are still to come",
    Cause.AIRCRAFT: "no aircraft in service is free",
    Cause.AIRFIELD: "the airfield takes no more flights that day",
    Cause.EXIT: "the exit takes no more that day",
    Cause.GUARD: "the site would be left without its guard",
    Cause.CASEVAC: "the site would be left without casualty evacuation",
    Cause.PACE: "convoys are slower than planned",
    Cause.ATTACK: "attacks on the road",
    Cause.BREAKDOWN: "breakdowns and accidents on the road",
    Cause.SUPPLY: "convoys wait on the road for supplies",
    Cause.QUEUE: "convoys wait at the exit for a place",
}

#: Why equipment is lost.
REASONS = {
    Reason.ATTACK: "destroyed in attacks on the road",
    Reason.TRANSPORT_REFUSED: "its transport was refused or blocked",
    Reason.NO_LIFT_IN_TIME: "there was no lift for it in time",
    Reason.UNSAFE_TO_MOVE: "the road was shut or the site under fire",
    Reason.HANDOVER_FAILED: "nobody took the site over",
    Reason.LEFT_BEHIND: "left behind: its owner does not allow destruction",
}

#: Sources of chance, as one speaks of doing without them.
CHANCES = {
    Chance.PACE: "slow convoys",
    Chance.LATENESS: "late answers to requests",
    Chance.REFUSALS: "refusals",
    Chance.BLOCKS: "blanket blocks",
    Chance.ATTACKS: "attacks",
    Chance.WEATHER: "bad weather",
    Chance.BREAKDOWNS: "breakdowns and accidents",
    Chance.LIFT: "lift that does not turn up or is out of service",
    Chance.CLOSINGS: "roads and exits that shut overnight",
    Chance.TURN_IN: "wrong forecasts of what is turned in",
    Chance.DISPUTES: "figures on which sources disagree",
    Chance.HANDOVERS: "sites that nobody takes over",
}

_KINDS = {
    "ied": "IEDs",
    "armed_attack": "armed attacks",
    "indirect_fire": "indirect fire",
    "breakdown": "breakdowns",
    "accident": "accidents",
    "weather": "weather",
    "closing": "closings",
}
_PER = ("a convoy-km", "a vehicle-km", "a day on site", "a day")


def long_date(day: date) -> str:
    """A date with its month by name: 31 December 2023."""
    return f"{day.day} {day:%B %Y}"


def _spaced(name: str) -> str:
    return name.replace("-", " ")


@dataclass(frozen=True)
class Words:
    """What the things of a script are called in its mission and plan."""

    mission: Mission
    plan: Plan
    script: Script

    def act(self, act: Act) -> str:
        """An act with its ends and its planned day: convoy Kidal to Gao, 31 October 2023."""
        day = long_date(self.mission.date(act.day))
        if act.kind != ActKind.MOVE:
            what, place = act.name.rsplit(":", 1)[0].rsplit("@", 1)
            named = self.mission.lot.get(what) or self.mission.unit.get(what)
            verb = "disposal of" if act.kind == ActKind.DISPOSE else "end of service of"
            return f"{verb} {named.name if named else what} at {self._place(place)}, {day}"
        move = self._moves[act.name]
        kind = {"air": "flight", "road": "convoy"}.get(move.mode, "move")
        times = f" (no. {self._number[act.name]} of the day)" if act.name in self._number else ""
        return f"{kind} {self._place(move.origin)} to {self._place(move.destination)}, {day}{times}"

    def clearance(self, number: int) -> str:
        """A class of clearances: road, Kidal region."""
        return self._classes[number]

    def drivers(self) -> Iterator[str]:
        """What each column of the drivers is, in the order of `drawdown.stress.play.driver_names`.

        Blank for what acts on nothing: the pace on a class of hazards without legs that can take longer.
        """
        script, shut = self.script, "days on which it is shut"
        slow = {leg.hazard for leg in script.legs if leg.contested}
        for number, row in enumerate(script.hazards):
            yield f"slow convoys: {self._hazard(row.name)}" if number in slow else ""
        for number in range(len(script.classes)):
            yield f"chance of refusal: {self._classes[number]}"
            yield f"days of blanket blocks: {self._classes[number]}"
        yield from (f"{shut}: {self._hazard(row.name)}" for row in script.hazards)
        for process in script.processes:
            hazard, kind = process.name.rsplit(" ", 1)
            yield f"rate of {_KINDS.get(kind, kind)} {_PER[process.per]}: {self._hazard(hazard)}"
        yield "equipment turned in, against the forecast"
        yield "requests refused in all"
        yield "lift that did not turn up"

    def _place(self, name: str) -> str:
        place = self.mission.place.get(name)
        return place.name if place else name

    def _hazard(self, name: str) -> str:
        """A class of hazards by the area of its legs' clearances, or by its sites."""
        sites = [site.name for site in self.mission.sites if site.hazard_class == name]
        if sites:
            return f"{sites[0]}" + (f" and {len(sites) - 1} more sites" if len(sites) > 1 else "")
        legs = [leg for leg in self.mission.legs if leg.hazard_class == name]
        areas = Counter(self._area(leg.clearance_class, leg.mode) for leg in legs if leg.clearance_class)
        return ", ".join([*(leg.mode for leg in legs[:1]), areas.most_common(1)[0][0] if areas else _spaced(name)])

    def _area(self, name: str, mode: str) -> str:
        rows = (row for row in self.mission.clearances if (row.clearance_class, row.mode) == (name, mode))
        return next((row.area for row in rows), _spaced(name))

    @cached_property
    def _classes(self) -> list[str]:
        """Clearance classes in the order in which a script numbers them (`Index.clearance`)."""
        names = dict.fromkeys((x.clearance_class, x.mode) for x in self.mission.legs if x.clearance_class)
        names |= dict.fromkeys((x.resupply_class, "air") for x in self.mission.legs if x.resupply_class)
        return [f"{mode}, {self._area(name, mode)}" for name, mode in names]

    @cached_property
    def _moves(self) -> dict[str, Move]:
        return {move.id: move for move in self.plan.moves}

    @cached_property
    def _number(self) -> dict[str, int]:
        """Moves of one day that have the same ends and mode, numbered."""
        alike = Counter((m.origin, m.destination, m.mode, m.depart) for m in self.plan.moves)
        seen, found = Counter[object](), {}
        for move in self.plan.moves:
            key = (move.origin, move.destination, move.mode, move.depart)
            seen[key] += 1
            if alike[key] > 1:
                found[move.id] = seen[key]
        return found
