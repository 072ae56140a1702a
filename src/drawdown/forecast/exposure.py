"""What was exposed to a class of hazards, by the record: kilometres of convoys and vehicles, days of open sites."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from drawdown.forecast.record import Record
from drawdown.mission.mission import Mission
from drawdown.mission.tables import Actual

MOVED = {"departure", "arrival"}


@dataclass(frozen=True)
class Exposure:
    """A record as exposure. Kilometres are those of facts with a leg; a move passes its leg once."""

    mission: Mission
    record: Record

    def of(self, hazard_class: str, unit: str, days: set[date]) -> float:
        """Exposure of a class on some days, in its unit (``convoy_km``, ``vehicle_km`` or ``site_days``)."""
        if unit == "site_days":
            return float(self._site_days(hazard_class, days))
        return self._km(hazard_class, days, by_vehicle=unit == "vehicle_km")

    def _km(self, hazard_class: str, days: set[date], *, by_vehicle: bool) -> float:
        total = 0.0
        for leg in self.mission.legs:
            if leg.hazard_class == hazard_class:
                facts = [x for x in self.record.facts if x.leg == leg.id and x.kind in MOVED and x.happened in days]
                total += leg.km * sum(_vehicles(trip) if by_vehicle else 1.0 for trip in _trips(facts))
        return total

    def _site_days(self, hazard_class: str, days: set[date]) -> int:
        left = {fact.place: fact.happened for fact in self.record.facts if fact.kind == "last_out"}
        sites = [site.id for site in self.mission.sites if site.hazard_class == hazard_class]
        return sum(1 for site in sites for day in days if day <= left.get(site, day))


def _trips(facts: list[Actual]) -> list[list[Actual]]:
    """Facts of one leg by trip: those of one move; those without by day, departures or arrivals, whichever are more."""
    moves: dict[str, list[Actual]] = defaultdict(list)
    others: dict[str, dict[date, list[Actual]]] = {"departure": defaultdict(list), "arrival": defaultdict(list)}
    for fact in facts:
        if fact.move:
            moves[fact.move].append(fact)
        else:
            others[fact.kind][fact.happened].append(fact)
    more = max(others.values(), key=len)
    return [*moves.values(), *more.values()]


def _vehicles(trip: list[Actual]) -> float:
    """Vehicles or sorties of a trip, as its departures count them (else its arrivals); 0 if nobody counted."""
    counts = {kind: sum(x.count or 0.0 for x in trip if x.kind == kind and _rolls(x)) for kind in MOVED}
    return counts["departure"] or counts["arrival"]


def _rolls(fact: Actual) -> bool:
    return fact.count_of == "vehicles" or (fact.count_of is None and fact.lift is not None)
