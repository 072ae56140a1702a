"""Toy scripts: a camp, a port and a few acts, so small that one can play a future in the head.

    toy = Toy(days=20)
    toy.people("police", 50, at="camp")
    toy.move(3, {"police": 50}, "camp", "port", leg=toy.leg(days=2), last=True)
    future = play(toy.script(), 1, 0, NO_CHANCE)

Places are sites but for ``port``, the only exit. Units, lots and lift are named by the number there is of them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Any

from drawdown.stress.draws import key_of
from drawdown.stress.script import (
    Act,
    ActKind,
    Carrier,
    Chance,
    ClassFacts,
    HazardFacts,
    Kind,
    LegFacts,
    LiftFacts,
    LotFacts,
    Passage,
    Pile,
    Process,
    Run,
    Script,
    SiteFacts,
    Take,
    Way,
)

PORT = "port"
EVER = 1_000_000


class Toy:
    """A script in the making. What it lacks is given by keyword, as the fields of the script's own classes."""

    def __init__(self, days: int = 20, sites: tuple[str, ...] = ("camp",), **values: Any):
        self.days, self.sites, self.values = days, sites, values
        self.things: dict[str, tuple[Kind, int]] = {}  # kind and owner of what is named
        self.rows: dict[str, list[Any]] = defaultdict(list)
        self.piles: dict[tuple[str, str], Pile] = {}
        self.site_values: dict[str, dict[str, Any]] = defaultdict(dict)
        self.port: tuple[str, int, float, int, int] = (PORT, 1000, 1000.0, -EVER, EVER)

    # Things and where they are

    def people(self, name: str, count: int, at: str, *traits: str) -> int:
        """A unit; its traits may be ``armed`` and ``medical``."""
        row = (name, count, "armed" in traits, "medical" in traits, 0)
        return self._thing(Kind.PEOPLE, "units", name, row, count, at)

    def lot(self, name: str, count: int, at: str, **values: Any) -> int:
        facts: dict[str, Any] = {"teu": 1.0, "tonnes": 1.0, "usd": 100.0, "destroy": True, "forecast": False}
        row = LotFacts(name, key_of("lot", name), **{**facts, "counts": (count,), **values})
        return self._thing(Kind.LOT, "lots", name, row, count, at)

    def lift(self, name: str, count: int, at: str, **values: Any) -> int:
        facts = {"air": False, "in_service": count, "availability": 1.0, "sorties": 1, "no_show": 0.0}
        facts |= {"no_show_days": 0, "usd_day": 0.0, "usd_km": 0.0}
        row = LiftFacts(name, key_of("lift", name), count=count, **{**facts, **values})
        return self._thing(Kind.LIFT, "lift", name, row, count, at)

    def guard(self, name: str, spare: int, at: str) -> None:
        self.things[name] = (Kind.GUARD, self.sites.index(at))
        self.pile(name, at, spare)

    def _thing(self, kind: Kind, table: str, name: str, row: Any, count: int, at: str) -> int:  # noqa: PLR0913, PLR0917
        self.things[name] = (kind, len(self.rows[table]))
        self.rows[table].append(row)
        self.pile(name, at, count)
        return self.things[name][1]

    def pile(self, name: str, place: str, count: int = 0) -> int:
        """The number of a pile, made if it is new."""
        if (name, place) not in self.piles:
            kind, owner = self.things[name]
            site = self.sites.index(place) if place in self.sites else -1
            self.piles[name, place] = Pile(kind, name, place, site, owner, count, ())
        return list(self.piles).index((name, place))

    # Legs, and what the host and chance do to them

    def leg(self, days: float = 1.0, **values: Any) -> int:
        name = f"leg {len(self.rows['legs'])}"
        always = (True,) * (self.days + 1)
        facts: dict[str, Any] = {"air": False, "km": (100.0,), "nominal": (days,), "contested": (days,)}
        facts |= {"season_factor": 1.0, "in_season": (False,) * (self.days + 1), "open": always, "headway": 0}
        facts |= {"hazard": -1, "resupply": -1}
        self.rows["legs"].append(LegFacts(name, key_of("leg", name), **{**facts, **values}))
        return len(self.rows["legs"]) - 1

    def clearance(self, state: int = 1, lead: int = 0, **values: Any) -> int:
        """A class whose state is the same every day; give ``states`` by day for one that changes."""
        n = self.days + 1
        name = f"class {len(self.rows['classes'])}"
        facts: dict[str, Any] = {"state": (state,) * n, "lead": (lead,) * n, "refusal": ((0.0,),) * n}
        facts |= {"asked": (0,) * n, "refused": (0,) * n, "late": (0.0,) * n, "late_days": (0.0,) * n}
        facts |= {"blocks": 0.0, "blocks_over": 0.0, "block_days": 0.0}
        self.rows["classes"].append(ClassFacts(name, key_of("class", name), **{**facts, **values}))
        return len(self.rows["classes"]) - 1

    def process(self, *, per: int, events: float, exposure: float, **values: Any) -> int:
        """A hazard with a class of its own."""
        number = len(self.rows["processes"])
        name = f"process {number}"
        facts: dict[str, Any] = {"chance": Chance.ATTACKS, "attack": True, "delay": 0.0, "vehicles": 0.0, "rise": 1.0}
        facts |= {"casualties": (0.0,), "hazard": number, "per": per, "events": (events,), "exposure": exposure}
        self.rows["processes"].append(Process(name, key_of("process", name), **{**facts, **values}))
        self.rows["hazards"].append(HazardFacts(name, key_of("hazard", name), (number,), -1, ()))
        return number

    # Acts and steps

    def move(self, day: int, what: dict[str, int], start: str, end: str, *, leg: int, **values: Any) -> int:
        """A move over one leg. A flight has ``flies=(lift, sorties)``; who takes a site's last people says ``last``."""
        leg_row = self.rows["legs"][leg]
        exact = leg_row.nominal[0]
        days = max(1, -int(-exact // 1))
        way = Way(leg_row.air, (Passage(leg, 0, 0),), values.pop("classes", ()), days, exact)
        flies = values.pop("flies", None)
        carriers = [(name, n) for name, n in what.items() if self.things[name][0] == Kind.LIFT]
        carriers += [flies] if flies else []
        facts = {
            "way": way,
            "exit": 0 if end == PORT else -1,
            "destination": -1 if end == PORT else self.sites.index(end),
            "carriers": tuple(Carrier(self.things[name][1], n) for name, n in carriers),
            "asked": day,
            "give_up": EVER,
        }
        return self._act(ActKind.MOVE, day, what, start, end, {**facts, **values})

    def dispose(self, day: int, what: dict[str, int], at: str) -> int:
        return self._act(ActKind.DISPOSE, day, what, at, None, {})

    def separate(self, day: int, what: dict[str, int], at: str, **values: Any) -> int:
        return self._act(ActKind.SEPARATE, day, what, at, None, values)

    def _act(  # noqa: PLR0913, PLR0917 - what it does, when, with what, where and how
        self, kind: ActKind, day: int, what: dict[str, int], start: str, end: str | None, values: dict[str, Any]
    ) -> int:
        number = len(self.rows["acts"])
        name = f"act {number}"
        origin = self.sites.index(start) if start in self.sites else -1
        driven, lag = values.pop("driven", ()), values.pop("lag", 0)
        final = origin if values.pop("last", False) else -1
        first = len(self.rows["takes"])
        ready = day + (values["way"].days if "way" in values else 1) + values.get("slack", 0) - 1
        for thing, count in what.items():
            of = self.things[thing][0]
            late = lag if of == Kind.LIFT else 0
            target = self.pile(thing, end) if end and (of != Kind.GUARD or (thing, end) in self.piles) else -1
            row = Take(number, of, self.pile(thing, start), target, count, late, ready + late, 0, thing in driven)
            self.rows["takes"].append(row)
        heads = {thing: count for thing, count in what.items() if self.things[thing][0] == Kind.PEOPLE}
        units = [self.rows["units"][self.things[thing][1]] for thing in heads]
        facts: dict[str, Any] = {
            "destination": -1,
            "exit": -1,
            "final": final,
            "takes": tuple(range(first, len(self.rows["takes"]))),
            "people": sum(heads.values()),
            "armed": sum(n for n, unit in zip(heads.values(), units, strict=True) if unit[2]),
            "medical": sum(n for n, unit in zip(heads.values(), units, strict=True) if unit[3]),
            "holds_out": (origin,) if origin >= 0 and final < 0 else (),
            "holds_in": (),
            "after": (),
            "give_up": EVER,
        }
        self.rows["acts"].append(Act(kind, name, key_of("act", name), day, origin, **{**facts, **values}))
        return number

    def change(self, act: int, **values: Any) -> None:
        self.rows["acts"][act] = replace(self.rows["acts"][act], **values)

    def run(self, day: int, days: int = 1, site: str = "camp", **values: Any) -> int:
        number = len(self.rows["runs"])
        facts: dict[str, Any] = {"crew": -1, "crews": 0, "after": (), "stock_share": 1.0, "before_last_out": False}
        facts |= {"after_last_out": False, "handover": False, "skippable": False, "holds_acts": ()}
        row = Run(f"step {number}", self.sites.index(site), day, days, **{**facts, **values})
        self.rows["runs"].append(row)
        return number

    # All of it

    def script(self) -> Script:
        takes = self.rows["takes"]
        inflow: dict[int, list[int]] = defaultdict(list)
        for n in sorted(range(len(takes)), key=lambda n: (takes[n].planned, n)):
            inflow[takes[n].target].append(n)
        acts = self.rows["acts"]
        assert [act.day for act in acts] == sorted(act.day for act in acts), "acts are added by their planned day"
        before = [sum(takes[n].planned < acts[take.act].day for n in inflow[take.source]) for take in takes]
        facts: dict[str, Any] = {
            "deadline": self.days,
            "pace": 0.5,
            "pace_spread": 0.0,
            "pace_shared": 0.5,
            "turn_in_spread": 0.0,
            "supply_days": 0.0,
            "person_day_usd": 0.0,
            "capable_force": 1,
            "fields": (),
            "crews": (),
            "towns": (),
            "protecting": (False,) * (self.days + 1),
        }
        tables = ("acts", "runs", "lots", "legs", "classes", "processes", "hazards", "lift", "units")
        return Script(
            mission_hash="",
            plan_hash="",
            days=self.days,
            piles=tuple(replace(p, inflow=tuple(inflow[n])) for n, p in enumerate(self.piles.values())),
            takes=tuple(replace(take, before=n) for take, n in zip(takes, before, strict=True)),
            sites=tuple(self._site(name) for name in self.sites),
            exits=(self.port,),
            **{**facts, **{name: tuple(self.rows[name]) for name in tables}, **self.values},
        )

    def _site(self, name: str) -> SiteFacts:
        here = [(n, pile) for n, pile in enumerate(self.piles.values()) if pile.place == name]
        lots = tuple(n for n, pile in here if pile.kind == Kind.LOT)
        last = [act.day for act in self.rows["acts"] if act.final == self.sites.index(name)]
        facts: dict[str, Any] = {
            "last_out": max(last, default=EVER),
            "handover": EVER,
            "liquidation": False,
            "guard": 0,
            "running_usd": 0.0,
            "no_handover": 0.0,
            "lots": lots,
            "own": lots,
            "handed": (),
            "people": tuple(n for n, pile in here if pile.kind == Kind.PEOPLE),
            "bases": (),
            "always": False,
            "dependants": (),
            "processes": (),
        }
        return SiteFacts(name, key_of("site", name), **{**facts, **self.site_values[name]})
