"""The symbols of the relaxation, with their bounds and costs. `meanings` says what each is; so does `docs/model.md`."""

from __future__ import annotations

import numpy as np

from drawdown.planner.relaxation.model import Model


def add_symbols(model: Model) -> None:
    """Add every column of the relaxation, but for those of protection, which its family adds where they are needed."""
    for add in (_sites, _people, _ways_home, _stocks, _on_the_way, _on_the_road, _by_surface, _by_air):
        add(model)


def _sites(model: Model) -> None:
    facts, grid, course, sites = model.facts, model.grid, model.course, model.mission.sites
    per_day = np.array(
        [
            course.time + course.cost * s.running_usd_per_day + model.casualties(s.hazard_class, "site_days")
            for s in sites
        ]
    )
    low, high = np.zeros((len(sites), model.slots + 1)), np.ones((len(sites), model.slots + 1))
    for i, site in enumerate(sites):
        low[i, grid.evening < facts.soonest_out(site)] = float(facts.heads[site.id] > 0)
        high[i, -1] = 0
        if not site.liquidation:
            high[i, grid.evening >= facts.deadline] = 0
    peopled = np.array([facts.heads[s.id] > 0 for s in sites])
    costs, over = np.outer(per_day * peopled, model.mornings), model.over("S", "T+1")
    # Whole at every state: a site is open or closed.
    model.program.symbol("open", low.shape, low=low, high=high, cost=costs, whole=True, over=over)
    model.program.symbol("guarded", low.shape, high=1.0, over=over)


def _people(model: Model) -> None:
    mission, facts, grid, people = model.mission, model.facts, model.grid, model.facts.people
    strength = np.array([float(k.strength) for k in people]).reshape(-1, 1)
    high = np.broadcast_to(strength, (len(people), model.slots + 1)).copy()
    low = np.zeros_like(high)
    low[:, 0] = strength[:, 0]
    for i, k in enumerate(people):
        latest, earliest = k.units[0].latest, k.units[0].earliest
        from_day = min(facts.deadline, mission.day(latest) if latest else facts.deadline)
        high[i, (grid.evening >= from_day) & (grid.evening > 0)] = k.late
        if earliest:
            low[i, grid.evening < mission.day(earliest)] = k.strength
    high[:, -1] = 0
    costs = np.broadcast_to(model.mornings * model.course.cost * mission.mission.person_day_usd, high.shape)
    model.program.symbol("people", high.shape, low=low, high=high, cost=costs, over=model.over("K", "T+1"))


def _ways_home(model: Model) -> None:
    mission, facts, people = model.mission, model.facts, model.facts.people
    strength = np.array([float(k.strength) for k in people]).reshape(-1, 1)
    reach = {s.id: facts.arrivals(s.id) for s in mission.sites}
    may = np.zeros((len(people), len(mission.exits), model.slots), dtype=bool)
    for i, k in enumerate(people):
        for name in k.exits:
            opens = model.open_days(mission.exits[model.exit[name]]) > 0
            may[i, model.exit[name]] = opens & (model.grid.last >= reach[k.site].get(name, facts.end + 1))
    high, over = np.where(may, strength[:, :, None], 0.0), model.over("K", "X", "T")
    model.program.symbol("leave", may.shape, high=high, over=over)
    ends = np.array([[k.separates] for k in people], dtype=bool).reshape(-1, 1)
    shape = len(people), model.slots
    model.program.symbol("separate", shape, high=np.where(ends, strength, 0.0), over=model.over("K", "T"))


def _stocks(model: Model) -> None:
    facts, stocks, symbol = model.facts, model.facts.stocks, model.program.symbol
    teu = np.array([j.teu for j in stocks]).reshape(-1, 1)
    shape = len(stocks), model.slots
    start = np.where(model.T1 == 0, teu, 0.0)
    most = np.broadcast_to(teu, start.shape)
    symbol("stock", start.shape, low=start, high=most, over=model.over("J", "T+1"))
    over = model.over("J", "T")
    local = [model.grid.last >= (facts.end + 1 if j.local is None else j.local) for j in stocks]
    symbol("dispose", shape, high=np.where(np.array(local).reshape(shape), teu, 0.0), over=over)
    finite = np.array([np.isfinite(j.value) for j in stocks], dtype=bool).reshape(-1, 1)
    value = np.array([j.value if np.isfinite(j.value) else 0.0 for j in stocks]).reshape(-1, 1)
    may = np.broadcast_to(np.where(finite, teu, 0.0), shape)
    symbol("destroy", shape, high=may, cost=model.course.equipment * value, over=over)
    symbol("set_out", shape, high=np.broadcast_to(teu, shape), over=over)


def _on_the_way(model: Model) -> None:
    symbol, total = model.program.symbol, model.facts.teu
    both = (2, *model.takes.shape)
    symbol("ship", both, high=np.broadcast_to(model.takes, both), over=model.over("C", "X", "T"))
    ends = np.where((model.T1 == 0) | (model.slots == model.T1), 0.0, total)
    shape = 2, model.slots + 1
    symbol("transit", shape, high=np.broadcast_to(ends, shape), over=model.over("C", "T+1"))
    symbol("stored", (len(model.site), model.slots), high=total, over=model.over("S", "T"))


def _on_the_road(model: Model) -> None:
    for name in ("hauled", "at_wheel"):
        model.program.symbol(name, (model.slots,), high=model.facts.teu, over=model.over("T"))


def _by_surface(model: Model) -> None:
    facts, course, symbol = model.facts, model.course, model.program.symbol
    arcs, fleets, passes = facts.arcs, facts.fleets, facts.passes
    opens = np.array([float(a.first <= facts.end) for a in arcs])
    road = np.array([a.leg.mode == "road" for a in arcs], dtype=bool)
    teu = passes * facts.teu * opens
    symbol("load", (3, len(arcs)), high=np.broadcast_to(teu, (3, len(arcs))), over=model.over("C+1", "A"))
    symbol("drive", (len(arcs),), high=np.where(road, teu, 0.0), over=model.over("A"))
    size = len(fleets), len(arcs)
    fits = np.array([[h.mode == a.leg.mode for a in arcs] for h in fleets], dtype=bool).reshape(size)
    many = np.array([passes * sum(model.mission.in_service(x) for x in h.lifts) for h in fleets]).reshape(-1, 1)
    risk = [model.casualties(a.leg.hazard_class, "vehicle_km") * a.leg.km for a in arcs]
    price = np.array(
        [
            [
                course.cost * (h.usd_per_day * a.days + h.usd_per_km * a.leg.km) + r
                for a, r in zip(arcs, risk, strict=True)
            ]
            for h in fleets
        ]
    ).reshape(size)
    symbol("vehicles", size, high=np.where(fits, many * opens, 0.0), cost=price, over=model.over("H", "A"))
    per_convoy = np.array([model.casualties(a.leg.hazard_class, "convoy_km") * a.leg.km for a in arcs])
    most = passes * facts.vehicles * opens
    symbol("convoys", (len(arcs),), high=most, cost=per_convoy, whole=True, over=model.over("A"))


def _by_air(model: Model) -> None:
    mission, facts, flights = model.mission, model.facts, model.flights
    ever = np.array([float(mission.in_service(f.lift) * f.lift.sorties_per_day * facts.end) for f in flights])
    price = np.array([f.price for f in flights])
    model.program.symbol("sorties", (len(flights),), high=ever, cost=price, over=model.over("F"))
    most = facts.passes * facts.teu
    model.program.symbol("fly", (3, len(flights)), high=most, over=model.over("C+1", "F"))
