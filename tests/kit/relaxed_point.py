"""A lawful plan as a point of the relaxation: what each column is in that plan, and which rows it breaks.

    model = relax(mission, course)
    assert broken_rows(model, relaxed_point(model, plan)) == []

If every lawful plan is a point that keeps all rows and costs no more there than in truth, no lawful plan costs less
than the relaxation. Quantities that a slot of several days knows only once are averages over the slot's evenings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from drawdown.mission.tables import Lot
from drawdown.plan.model import Move, Plan
from drawdown.plan.replay import replay
from drawdown.planner.relaxation.facts import Stock
from drawdown.planner.relaxation.families.protection import evenings, protected_days, towns_near
from drawdown.planner.relaxation.model import Model
from drawdown.planner.relaxation.program import Values

EPS = 1e-6


class StrangePlanError(Exception):
    """The plan destroys away from its site what could otherwise only have left: nothing here maps that."""


def relaxed_point(model: Model, plan: Plan) -> Values:
    """The columns of a relaxation in a lawful plan."""
    point = _Point(model, plan)
    for fill in (point.sites, point.people, point.equipment, point.moves, point.protection):
        fill()
    return point.x


def broken_rows(model: Model, point: Values) -> list[str]:
    """Columns and rows that a point breaks, by symbol or family with their number there and by how much."""
    matrix, found = model.program.matrix(), []
    scale = EPS * max(1.0, np.abs(point).max())
    over = np.maximum(matrix.low - point, point - matrix.high)
    for name, index in model.x.items():
        found += [f"{name}: column {n} by {over[i]:g}" for n, i in enumerate(index.ravel()) if over[i] > scale]
    rows = np.repeat(np.arange(len(matrix.row_low)), np.diff(matrix.starts))
    value = np.bincount(rows, weights=matrix.value * point[matrix.index], minlength=len(matrix.row_low))
    over = np.maximum(matrix.row_low - value, value - matrix.row_high)
    for family in model.program.families:
        span = range(family.first, family.end)
        found += [f"{family.name}: row {r - family.first} by {over[r]:g}" for r in span if over[r] > scale]
    return found


def cost(model: Model, point: Values) -> float:
    """What a point costs in the relaxation."""
    matrix = model.program.matrix()
    return float(matrix.constant + matrix.cost @ point)


class _Point:
    def __init__(self, model: Model, plan: Plan) -> None:
        self.model, self.plan, self.replay = model, plan, replay(model.mission, plan)
        self.x = np.zeros(model.program.columns)
        self.evening = model.grid.evening
        self.last_out = {c.site: model.mission.day(c.last_out) for c in plan.closures}
        self.arc = {(a.leg.id, a.origin): q for q, a in enumerate(model.facts.arcs)}
        self.fleet = {(h.mode, h.teu): i for i, h in enumerate(model.facts.fleets)}
        self.flight = {(f.lift.id, f.origin, f.destination): i for i, f in enumerate(model.flights)}
        self.class_of = {lot: (j, row) for j, row in enumerate(model.facts.stocks) for lot in row.lots}

    def column(self, symbol: str) -> np.ndarray:
        return self.model.x[symbol]

    def slot(self, when) -> int:
        return int(np.searchsorted(self.model.grid.last, self.model.mission.day(when)))

    def put(self, symbol: str, where, amount) -> None:
        np.add.at(self.x, self.column(symbol)[where], amount)

    def average(self, daily: Values) -> Values:
        """The average of a daily quantity over each slot's evenings, from that of its state to that before its last."""
        return np.array(
            [daily[a - 1 : b].mean() for a, b in zip(self.model.grid.first, self.model.grid.last, strict=True)]
        )

    def sites(self) -> None:
        for site, i in self.model.site.items():
            self.x[self.column("open")[i]] = self.evening < self.last_out[site]

    def people(self) -> None:
        classes = {u.id: i for i, k in enumerate(self.model.facts.people) for u in k.units}
        for unit, i in classes.items():
            self.put("people", i, self.replay.unit_remaining(unit)[self.evening])
        for move in self.plan.moves:
            if move.destination in self.model.exit:
                for unit, n in move.people.items():
                    self.put("leave", (classes[unit], self.model.exit[move.destination], self.slot(move.arrive)), n)
        for row in self.plan.separations:
            self.put("separate", (classes[row.unit], self.slot(row.day)), row.count)

    # ---- equipment ---------------------------------------------------------------------------------------------------

    def equipment(self) -> None:
        days, moves = self.replay.days, defaultdict(list)
        for move in self.plan.moves:
            for lot, n in (*move.lots.items(), *move.driven.items()):
                moves[lot].append((move, n, lot in move.driven))
        for lot in self.model.mission.equipment:
            if lot.id in self.class_of:
                j, row = self.class_of[lot.id]
                first_left = self._ends(lot, j, days)
                if row.must_leave:
                    self._on_the_way(lot, row, moves[lot.id], first_left)
        given = [row.given for row in self.model.facts.stocks]
        for j, row in enumerate(self.model.facts.stocks):
            if not given[j]:
                some = self.x[self.column("stock")[j]] > EPS
                guarded = self.column("guarded")[self.model.site[row.site]]
                self.x[guarded] = np.maximum(self.x[guarded], some)

    def _ends(self, lot: Lot, j: int, days: int) -> Values:
        """Fill in what becomes of a lot at its own site; the items that have never left it, each evening."""
        ended = {kind: np.zeros(days + 1) for kind in ("dispose", "destroy", "given")}
        for row in self.plan.disposals:
            if row.lot == lot.id and row.place == lot.site:
                kind = {"destroy": "destroy", "hand_over": "given"}.get(row.disposition, "dispose")
                ended[kind][self.replay.day(row.day)] += row.count
        # What is handed over stays in `stock`; what comes back to its site has set out for good.
        there = self.replay.evening("lot", lot.id, lot.site) + np.cumsum(ended["given"])
        never_left = np.minimum.accumulate(there)
        self.put("stock", j, never_left[self.evening] * lot.teu_each)
        left = -np.diff(never_left, prepend=never_left[0])
        for kind in ("dispose", "destroy"):
            done = np.minimum(left, ended[kind])
            self.put(kind, (j, self._slots(days)), done * lot.teu_each)
            left = left - done
        self.put("set_out", (j, self._slots(days)), left * lot.teu_each)
        self._set_out = left
        return never_left

    def _slots(self, days: int) -> np.ndarray:
        return np.searchsorted(self.model.grid.last, np.arange(days + 1))

    def _on_the_way(self, lot: Lot, row: Stock, moves: list[tuple[Move, int, bool]], never_left: Values) -> None:
        model, c = self.model, row.commodity
        shipped = np.zeros(len(never_left))
        road = {symbol: np.zeros(len(never_left)) for symbol in ("hauled", "at_wheel")}
        for move, n, driven in moves:
            leaves, comes = self.replay.day(move.depart), self.replay.day(move.arrive)
            road["at_wheel" if driven else "hauled"][leaves:comes] += n
            if move.destination in model.exit:
                shipped[comes] += n
                self.put("ship", (c, model.exit[move.destination], self.slot(move.arrive)), n * lot.teu_each)
        if round(self._set_out.sum() - shipped.sum()):
            raise StrangePlanError(lot.id)
        self.put("transit", c, (np.cumsum(self._set_out) - np.cumsum(shipped))[self.evening] * lot.teu_each)
        for symbol, daily in road.items():
            self.put(symbol, slice(None), self.average(daily * lot.teu_each))
        for site, i in model.site.items():
            there = self.replay.evening("lot", lot.id, site) - (never_left if site == lot.site else 0)
            self.put("stored", i, self.average(there * lot.teu_each))

    # ---- moves -------------------------------------------------------------------------------------------------------

    def moves(self) -> None:
        for move in self.plan.moves:
            if move.mode == "air":
                self._flight(move)
            else:
                self._convoy(move)

    def _teu(self, counts: dict[str, int]) -> Iterator[tuple[int, float]]:
        for lot, n in counts.items():
            if lot in self.class_of:
                yield self.class_of[lot][1].commodity, n * self.model.mission.lot[lot].teu_each

    def _convoy(self, move: Move) -> None:
        lift = self.model.mission.lift_by_id
        place = move.origin
        wheels = sum(teu for c, teu in self._teu(move.driven) if c == 1)
        for leg in (self.model.mission.leg[i] for i in move.legs):
            q = self.arc[leg.id, place]
            place = leg.to_place if place == leg.from_place else leg.from_place
            for i, n in move.lift.items():
                if (lift[i].mode, lift[i].teu) in self.fleet:
                    self.put("vehicles", (self.fleet[lift[i].mode, lift[i].teu], q), n)
            for c, teu in self._teu(move.lots):
                self.put("load", (c, q), teu)
            self.put("drive", q, wheels)
            self.put("convoys", q, wheels > 0 or any((lift[i].mode, lift[i].teu) in self.fleet for i in move.lift))

    def _flight(self, move: Move) -> None:
        loads: dict[int, float] = defaultdict(float)
        for c, teu in self._teu(move.lots):
            loads[c] += teu
        for i, n in move.lift.items():
            f = self.flight.get((i, move.origin, move.destination))
            if f is not None:
                self.put("sorties", f, n)
                room = n * self.model.mission.lift_by_id[i].teu
                for c, teu in loads.items():
                    taken = min(room, teu)
                    self.put("fly", (c, f), taken)
                    room, loads[c] = room - taken, teu - taken
        assert sum(loads.values()) < EPS, move

    # ---- protection --------------------------------------------------------------------------------------------------

    def protection(self) -> None:
        model, days = self.model, protected_days(self.model.mission)
        if "capable" not in model.x:
            return
        weight = evenings(model, days)
        force = model.mission.mission.capable_force
        able = {s: self.replay.armed_at[s] >= force for s in model.site}
        for site, i in model.site.items():
            self.x[self.column("capable")[i]] = self._by_state(able[site] * days, weight)
        names = list(model.site)
        for w, (_, near) in enumerate(towns_near(model.mission)):
            safe = np.any([able[names[i]] for i in near], axis=0)
            self.x[self.column("covered")[w]] = self._by_state(safe * days, weight)

    def _by_state(self, daily: Values, weight: Values) -> Values:
        """The share of a state's evenings with authority on which something holds."""
        held = evenings(self.model, daily)
        return np.divide(held, weight, out=np.zeros_like(held), where=weight > 0)
