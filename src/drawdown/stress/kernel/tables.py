"""A script as tables of numbers, for compiled code.

One structured array a kind of thing, its fields as in `drawdown.stress.script`. A list of indices is a slice of
``pool``: fields ``x_from`` and ``x_to`` say which.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from drawdown.stress.script import Act, Chance, ClassFacts, Kind, Script, Take, Way

# Small numbers make small rows, and more of them fit into the cache of a processor; keys need all of 32 bits.
_I, _F, _K = np.int32, np.float64, np.int64

HEADER = np.dtype(
    [
        ("days", _I),
        ("force", _I),
        ("pace", _F),
        ("spread", _F),
        ("shared", _F),
        ("turn_in", _F),
        ("supply", _F),
        ("person_day", _F),
    ],
    align=True,
)
PILE = np.dtype(
    [(n, _I) for n in ("kind", "site", "owner", "initial", "inflow_from", "inflow_to", "counted")], align=True
)
TAKE = np.dtype(
    [(n, _I) for n in ("act", "kind", "source", "target", "count", "lag", "before", "driven", "position", "last")]
)
WAY = np.dtype(
    [*((n, _I) for n in ("air", "from_", "to", "class_from", "class_to", "days")), ("key", _K), ("exact", _F)],
    align=True,
)
PASSAGE = np.dtype([(n, _I) for n in ("leg", "direction", "offset")], align=True)
ACT = np.dtype(
    [
        *(
            (n, _I)
            for n in (
                "kind",
                "day",
                "origin",
                "exit",
                "final",
                "take_from",
                "take_to",
                "people",
                "medical",
                "out_from",
                "out_to",
                "in_from",
                "in_to",
                "after_from",
                "after_to",
                "run_from",
                "run_to",
                "give_up",
                "way",
                "slack",
                "asked",
                "carrier_from",
                "carrier_to",
                "vehicles",
                "start_field",
                "end_field",
                "other",
                "sorties",
                "loads",
                "driven",
                "group_from",
                "group_to",
            )
        ),
        ("key", _K),
        ("room_teu", _F),
        ("room_tonnes", _F),
    ],
    align=True,
)
CARRIER = np.dtype([("lift", _I), ("count", _I)], align=True)
OTHER = np.dtype(
    [
        (n, _I)
        for n in (
            "way",
            "exit",
            "start_field",
            "end_field",
            "lift",
            "sorties",
            "pile",
            "vehicles",
            "escort_pile",
            "escorts",
        )
    ],
    align=True,
)
RUN = np.dtype(
    [
        *(
            (n, _I)
            for n in ("site", "day", "days", "crew", "crews", "after_from", "after_to", "before", "later", "handover")
        ),
        ("skippable", _I),
        ("share", _F),
    ],
    align=True,
)
SITE = np.dtype(
    [
        *(
            (n, _I)
            for n in (
                "liquidation",
                "lot_from",
                "lot_to",
                "own_from",
                "own_to",
                "hand_from",
                "hand_to",
                "base_from",
                "base_to",
                "always",
                "dep_from",
                "dep_to",
                "proc_from",
                "proc_to",
                "outs",
                "ins",
                "medics",
                "group_from",
                "group_to",
            )
        ),
        ("key", _K),
        ("running", _F),
        ("no_handover", _F),
    ],
    align=True,
)
LOT = np.dtype(
    [
        *((n, _I) for n in ("destroy", "forecast", "claims_from", "claims_to")),
        ("key", _K),
        *((n, _F) for n in ("teu", "tonnes", "usd")),
    ],
    align=True,
)
LEG = np.dtype(
    [
        *((n, _I) for n in ("air", "headway", "hazard", "resupply")),
        ("key", _K),
        *((n, _I) for n in ("km_from", "km_to", "nom_from", "nom_to", "con_from", "con_to")),
        ("factor", _F),
    ],
    align=True,
)
CLASS = np.dtype([("key", _K), ("blocks", _F), ("over", _F), ("length", _F), ("claims", _I)], align=True)
PROCESS = np.dtype(
    [
        *((n, _I) for n in ("hazard", "per", "chance", "attack", "event_from", "event_to", "hurt_from", "hurt_to")),
        ("key", _K),
        *((n, _F) for n in ("exposure", "delay", "vehicles", "rise")),
    ],
    align=True,
)
HAZARD = np.dtype(
    [("key", _K), *((n, _I) for n in ("proc_from", "proc_to", "closing", "site_from", "site_to"))], align=True
)
LIFT = np.dtype(
    [
        *((n, _I) for n in ("air", "count", "in_service", "sorties", "late")),
        ("key", _K),
        *((n, _F) for n in ("availability", "no_show", "day", "km")),
    ],
    align=True,
)
EXIT = np.dtype([("people", _I), ("teu", _F), ("first", _I), ("last", _I)], align=True)
UNIT = np.dtype([(n, _I) for n in ("strength", "armed", "medical", "may_stay")], align=True)
TOWN = np.dtype([(n, _I) for n in ("population", "site_from", "site_to")], align=True)

Table = NDArray[Any]


class Tables(NamedTuple):
    """Everything that a future reads."""

    header: Table
    piles: Table
    takes: Table
    ways: Table
    passages: Table
    acts: Table
    carriers: Table
    others: Table
    runs: Table
    sites: Table
    lots: Table
    legs: Table
    classes: Table
    processes: Table
    hazards: Table
    lift: Table
    exits: Table
    units: Table
    towns: Table
    pool: Table  # whole numbers: lists of indices
    figures: Table  # real numbers: lists of claims
    fields: Table
    crews: Table
    protecting: Table  # (day,)
    leg_open: Table  # (leg, day)
    leg_season: Table  # (leg, day)
    state: Table  # (class, day)
    lead: Table
    asked: Table
    refused: Table
    late: Table
    late_days: Table
    refusal: Table  # (class, day, claim)


class _Pool:
    """Lists, one after the other."""

    def __init__(self, kind: type) -> None:
        self.values: list[Any] = []
        self.kind = kind

    def add(self, values: Iterable[Any]) -> tuple[int, int]:
        start = len(self.values)
        self.values.extend(values)
        return start, len(self.values)

    def array(self) -> Table:
        return np.array(self.values or [0], dtype=self.kind)


def _table(dtype: np.dtype[Any], rows: Sequence[dict[str, Any]]) -> Table:
    """Rows as a structured array."""
    table = np.zeros(len(rows), dtype=dtype)
    for name in dtype.names or ():
        if rows:
            table[name] = [row[name] for row in rows]
    return table


def _span(name: str, span: tuple[int, int]) -> dict[str, int]:
    return {f"{name}_from": span[0], f"{name}_to": span[1]}


def prepare(script: Script) -> Tables:
    """The tables of a script."""
    return _Maker(script).tables()


class _Maker:
    def __init__(self, script: Script) -> None:
        self.script = script
        self.pool, self.figures = _Pool(np.int64), _Pool(np.float64)
        self.ways: list[dict[str, Any]] = []
        self.passages: list[dict[str, Any]] = []
        self.carriers: list[dict[str, Any]] = []
        self.others: list[dict[str, Any]] = []
        self.held: dict[int, list[int]] = {}  # runs by the acts that they hold
        for n, run in enumerate(script.runs):
            for act in run.holds_acts:
                self.held.setdefault(act, []).append(n)
        ways = [act.alternative for act in script.acts if act.alternative is not None]
        self.lent = {pile for way in ways for pile in (way.pile, way.escort_pile)}
        self.groups: dict[int, list[int]] = {}  # last acts by site
        for n, last in enumerate(script.acts):
            if last.final >= 0:
                self.groups.setdefault(last.final, []).append(n)

    def tables(self) -> Tables:
        script = self.script
        acts = [self._act(n, act) for n, act in enumerate(script.acts)]
        by_day = self._by_day
        return Tables(
            header=self._header(),
            piles=self._piles(),
            takes=self._takes(),
            acts=_table(ACT, acts),
            runs=self._runs(),
            sites=self._sites(),
            lots=self._lots(),
            legs=self._legs(),
            classes=self._classes(),
            processes=self._processes(),
            hazards=self._hazards(),
            lift=self._lift(),
            exits=_table(
                EXIT, [dict(zip(("people", "teu", "first", "last"), x[1:], strict=True)) for x in script.exits]
            ),
            units=_table(
                UNIT,
                [dict(zip(("strength", "armed", "medical", "may_stay"), x[1:], strict=True)) for x in script.units],
            ),
            towns=_table(TOWN, [{"population": n, **_span("site", self.pool.add(near))} for n, near in script.towns]),
            ways=_table(WAY, self.ways),
            passages=_table(PASSAGE, self.passages),
            carriers=_table(CARRIER, self.carriers),
            others=_table(OTHER, self.others),
            pool=self.pool.array(),
            figures=self.figures.array(),
            fields=np.array(script.fields or [0], dtype=np.int64),
            crews=np.array(script.crews or [0], dtype=np.int64),
            protecting=np.array(script.protecting, dtype=np.bool_),
            leg_open=self._days([leg.open for leg in script.legs], np.bool_),
            leg_season=self._days([leg.in_season for leg in script.legs], np.bool_),
            state=by_day("state", np.int64),
            lead=by_day("lead", np.int64),
            asked=by_day("asked", np.int64),
            refused=by_day("refused", np.int64),
            late=by_day("late", np.float64),
            late_days=by_day("late_days", np.float64),
            refusal=self._refusal(),
        )

    def _header(self) -> Table:
        s = self.script
        values = (s.days, s.capable_force, s.pace, s.pace_spread, s.pace_shared, s.turn_in_spread)
        return np.array([(*values, s.supply_days, s.person_day_usd)], dtype=HEADER)

    def _piles(self) -> Table:
        counted: dict[int, int] = {}
        for take in self.script.takes:
            counted[take.source] = counted.get(take.source, 0) + take.count
        return _table(
            PILE,
            [
                {
                    "kind": int(pile.kind),
                    "site": pile.site,
                    "owner": pile.owner,
                    "initial": pile.initial,
                    "counted": counted.get(n, 0),
                    **_span("inflow", self.pool.add(pile.inflow)),
                }
                for n, pile in enumerate(self.script.piles)
            ],
        )

    def _takes(self) -> Table:
        place = {take: at for pile in self.script.piles for at, take in enumerate(pile.inflow)}
        last = {take.source: n for n, take in enumerate(self.script.takes)}
        rows = [
            {**vars(t), "kind": int(t.kind), "position": place.get(n, -1), "last": self._is_last(n, t, last[t.source])}
            for n, t in enumerate(self.script.takes)
        ]
        return _table(TAKE, rows)

    def _is_last(self, n: int, take: Take, last: int) -> bool:
        """Whether nobody takes from a pile after this take, so that nothing need be kept for it."""
        return n == last and take.source not in self.lent

    def _way(self, way: Way, key: int) -> int:
        start = len(self.passages)
        self.passages += [vars(p) for p in way.passages]
        span = {"from_": start, "to": len(self.passages), **_span("class", self.pool.add(way.classes))}
        self.ways.append({"air": way.air, **span, "days": way.days, "exact": way.exact, "key": key})
        return len(self.ways) - 1

    def _act(self, n: int, act: Act) -> dict[str, Any]:
        start = len(self.carriers)
        self.carriers += [vars(c) for c in act.carriers]
        flown = sum(c.count for c in act.carriers if self.script.lift[c.lift].air)
        takes = [self.script.takes[t] for t in act.takes]
        lots = [t for t in takes if t.kind == Kind.LOT]
        row = {
            **vars(act),
            "kind": int(act.kind),
            **_span("take", (act.takes[0], act.takes[-1] + 1) if act.takes else (0, 0)),
            **_span("out", self.pool.add(act.holds_out)),
            **_span("in", self.pool.add(act.holds_in)),
            **_span("after", self.pool.add(act.after)),
            **_span("run", self.pool.add(self.held.get(n, ()))),
            **_span("carrier", (start, len(self.carriers))),
            **_span("group", self.pool.add(self.groups.get(act.final, ()))),
            "way": self._way(act.way, act.key) if act.way else -1,
            "start_field": act.origin_field,
            "end_field": act.destination_field,
            "sorties": flown,
            "loads": len(lots) > 0,
            "driven": any(t.driven for t in lots),
            "other": -1,
        }
        if act.alternative is not None:
            other = act.alternative
            way = self._way(other.way, (act.key + 1) % 2**32)
            fields = {"start_field": other.origin_field, "end_field": other.destination_field}
            self.others.append({**vars(other), **fields, "way": way})
            row["other"] = len(self.others) - 1
        return row

    def _loads(self, act: Act) -> bool:
        return any(self.script.takes[t].kind == Kind.LOT for t in act.takes)

    def _runs(self) -> Table:
        return _table(
            RUN,
            [
                {
                    **vars(run),
                    **_span("after", self.pool.add(run.after)),
                    "before": run.before_last_out,
                    "later": run.after_last_out,
                    "share": run.stock_share,
                }
                for run in self.script.runs
            ],
        )

    def _sites(self) -> Table:
        acts, rows = [act for act in self.script.acts if act.people or self._loads(act)], []
        for n, site in enumerate(self.script.sites):
            rows.append(
                {
                    **vars(site),
                    **_span("lot", self.pool.add(site.lots)),
                    **_span("own", self.pool.add(site.own)),
                    **_span("hand", self.pool.add(site.handed)),
                    **_span("base", self.pool.add(site.bases)),
                    **_span("dep", self.pool.add(site.dependants)),
                    **_span("proc", self.pool.add(site.processes)),
                    **_span("group", self.pool.add(self.groups.get(n, ()))),
                    "running": site.running_usd,
                    "outs": sum(n in act.holds_out for act in acts),
                    "ins": sum(n in act.holds_in for act in acts),
                    "medics": sum(n in act.holds_out and act.medical > 0 and act.origin == n for act in acts),
                }
            )
        return _table(SITE, rows)

    def _lots(self) -> Table:
        rows = [{**vars(x), **_span("claims", self.figures.add(x.counts))} for x in self.script.lots]
        return _table(LOT, rows)

    def _legs(self) -> Table:
        return _table(
            LEG,
            [
                {
                    **vars(leg),
                    **_span("km", self.figures.add(leg.km)),
                    **_span("nom", self.figures.add(leg.nominal)),
                    **_span("con", self.figures.add(leg.contested)),
                    "factor": leg.season_factor,
                }
                for leg in self.script.legs
            ],
        )

    def _classes(self) -> Table:
        def row(c: ClassFacts) -> dict[str, Any]:
            claims = max(len(day) for day in c.refusal)
            return {"key": c.key, "blocks": c.blocks, "over": c.blocks_over, "length": c.block_days, "claims": claims}

        return _table(CLASS, [row(c) for c in self.script.classes])

    def _processes(self) -> Table:
        return _table(
            PROCESS,
            [
                {
                    **vars(p),
                    "chance": int(p.chance),
                    **_span("event", self.figures.add(p.events)),
                    **_span("hurt", self.figures.add(p.casualties)),
                }
                for p in self.script.processes
            ],
        )

    def _hazards(self) -> Table:
        return _table(
            HAZARD,
            [
                {**vars(h), **_span("proc", self.pool.add(h.processes)), **_span("site", self.pool.add(h.sites))}
                for h in self.script.hazards
            ],
        )

    def _lift(self) -> Table:
        names = {"late": "no_show_days", "day": "usd_day", "km": "usd_km"}
        return _table(LIFT, [{**vars(x), **{k: getattr(x, v) for k, v in names.items()}} for x in self.script.lift])

    def _by_day(self, name: str, kind: type) -> Table:
        return self._days([getattr(c, name) for c in self.script.classes], kind)

    def _days(self, rows: list[Any], kind: type) -> Table:
        return np.array(rows, dtype=kind).reshape(len(rows), self.script.days + 1)

    def _refusal(self) -> Table:
        width = max((len(day) for c in self.script.classes for day in c.refusal), default=1)
        table = np.zeros((len(self.script.classes), self.script.days + 1, width))
        for i, c in enumerate(self.script.classes):
            for day, claims in enumerate(c.refusal):
                table[i, day, :] = [*claims, *claims[:1] * (width - len(claims))]
        return table


#: All chance, as compiled code reads it.
ALL = int(sum(Chance))
