"""A solution of the whole-mission model becomes a plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import cached_property

import numpy as np

from drawdown import __version__
from drawdown.plan.model import Closure, Disposal, Move, Plan, Separation, StepRun
from drawdown.planner.monolith.model import Key, Model
from drawdown.planner.monolith.ways import as_move
from drawdown.planner.relaxation.program import Values


class Decoder:
    """Reads whole numbers off a solution's columns."""

    def __init__(self, model: Model, columns: Values) -> None:
        self.model, self.value = model, np.rint(columns).astype(np.int64)

    def _positive(self, symbol: str) -> Iterator[tuple[Key, int]]:
        for key, column in self.model.known[symbol].items():
            if self.value[column] > 0:
                yield key, int(self.value[column])

    def _load(self, symbol: str) -> dict[str, dict[str, int]]:
        """Counts of a symbol by way and thing."""
        found: dict[str, dict[str, int]] = {}
        for (way, what), count in self._positive(symbol):
            found.setdefault(str(way), {})[str(what)] = count
        return found

    @cached_property
    def _last_out(self) -> dict[str, int]:
        """The first evening on which each site is not held."""
        last: dict[str, int] = {}
        for (site, day), column in self.model.known["held"].items():
            if self.value[column] == 0:
                last[str(site)] = min(last.get(str(site), self.model.end), int(day))
        return last

    def moves(self) -> tuple[Move, ...]:
        """Every way with a convoy or flight, in the order of days."""
        names = {"lift": "vehicles", "people": "ride", "lots": "carry", "driven": "drive", "escorts": "escorts"}
        loads = {table: self._load(symbol) for table, symbol in names.items()}
        going = {str(way) for (way,), _ in self._positive("convoy")}
        ways = sorted((w for w in self.model.ways if w.name in going), key=lambda w: (w.depart, w.arrive, w.name))
        return tuple(
            as_move(self.model.mission, n, way, **{table: load.get(way.name, {}) for table, load in loads.items()})
            for n, way in enumerate(ways, 1)
        )

    def disposals(self) -> Iterator[Disposal]:
        """Every end inside the country."""
        model = self.model
        for symbol in ("free", "destroy", "hand"):
            for (lot, site, day), count in self._positive(symbol):
                free = model.ends.free(model.mission.lot[str(lot)], model.mission.site[str(site)], int(day))
                end = {"destroy": "destroy", "hand": "hand_over"}.get(symbol, free)
                yield Disposal.model_validate(
                    {
                        "lot": lot,
                        "disposition": end,
                        "count": count,
                        "place": site,
                        "day": model.mission.date(int(day)),
                        "reason": model.ends.reason if end == "destroy" else None,
                    }
                )

    def closures(self) -> Iterator[Closure]:
        """Every site with its last-out, and its handover if there is one."""
        mission = self.model.mission
        signed = {str(site): int(day) for (site, day), _ in self._positive("handover")}
        for site in mission.sites:
            day = signed.get(site.id)
            yield Closure.model_validate(
                {
                    "site": site.id,
                    "last_out": mission.date(self._last_out[site.id]),
                    "handover": None if day is None else mission.date(day),
                    "handed_to": None if day is None else site.becomes,
                }
            )

    def _separations(self) -> Iterator[Separation]:
        for (unit, site, day), count in self._positive("separate"):
            yield Separation(unit=str(unit), count=count, place=str(site), day=self.model.mission.date(int(day)))

    def _steps(self) -> Iterator[StepRun]:
        for (site, step, day), _ in self._positive("start"):
            start = self.model.mission.date(int(day))
            end = start + timedelta(days=self.model.mission.step[str(step)].days - 1)
            yield StepRun(site=str(site), step=str(step), start=start, end=end)

    def plan(self, planner: str, seed: int) -> Plan:
        """The plan, in the order that plans are filed in."""
        model = self.model
        return Plan(
            name=f"{model.mission.mission.id}-exact",
            mission=model.mission.mission.id,
            mission_hash=model.mission.hash,
            version=__version__,
            planner=planner,
            course=model.course.id,
            seed=seed,
            as_of=model.as_of,
            moves=self.moves(),
            disposals=tuple(sorted(self.disposals(), key=lambda d: (d.day, d.lot, d.place, d.disposition, d.count))),
            separations=tuple(sorted(self._separations(), key=lambda s: (s.day, s.unit, s.place))),
            steps=tuple(sorted(self._steps(), key=lambda s: (s.start, s.site, s.step))),
            closures=tuple(sorted(self.closures(), key=lambda c: (c.last_out, c.site))),
        )
