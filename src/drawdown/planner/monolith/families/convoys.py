"""A convoy has room for its load, drivers, escorts, and its distance to the next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from drawdown.mission.tables import Lift
from drawdown.plan.replay import detachments
from drawdown.planner.monolith.model import Key, Model, Row, Terms, family
from drawdown.planner.monolith.ways import Way


def _lift(model: Model, way: Way) -> Iterator[tuple[int, Lift]]:
    for h in way.lift:
        yield model.column("vehicles", way.name, h), model.mission.lift_by_id[h]


def _riders(model: Model, way: Way) -> Terms:
    return model.sum("ride", ((way.name, u.id) for u in model.mission.units))


def _driven(model: Model, way: Way, factor: float = 1.0) -> Terms:
    return model.sum("drive", ((way.name, i) for i in way.drivable), factor)


def _escorts(model: Model, way: Way) -> Terms:
    return model.sum("escorts", ((way.name, u.id) for u in model.helpers))


@family(
    "vehicles[w,h] <= most[h] convoy[w];  drive[w,l] <= count[l] convoy[w];  escorts[w,u] <= detachments[u] convoy[w]",
    "(what a convoy is)",
)
def goes_with_convoy(model: Model) -> Iterator[Row]:
    """Vehicles, driven items and escorts go only where a convoy or flight goes."""
    for way in model.ways:
        convoy = model.column("convoy", way.name)
        loads: list[tuple[str, str, int]] = [("vehicles", h, model.reach(h)) for h in way.lift]
        loads += [("drive", i, model.mission.lot[i].count) for i in way.drivable]
        loads += [("escorts", u.id, detachments(u)) for u in model.helpers]
        for symbol, what, most in loads:
            column = model.column(symbol, way.name, what)
            if column >= 0:
                yield Row((way.name, what), [(column, 1.0), (convoy, -float(most))], high=0)


@family("convoy[w] <= sum_h vehicles[w,h] + sum_l drive[w,l] + sum_u escorts[w,u]", "(what a convoy is)")
def convoy_of_something(model: Model) -> Iterator[Row]:
    """A convoy has a vehicle or an escort at least."""
    for way in model.ways:
        terms = [(column, -1.0) for column, _ in _lift(model, way)] + _driven(model, way, -1.0)
        terms += [(column, -1.0) for column, _ in _escorts(model, way)]
        yield Row((way.name,), [(model.column("convoy", way.name), 1.0), *terms], high=0)


@family("convoy[w] >= convoy[w']   for w' the next convoy of the same way", "(symmetry)")
def convoys_in_order(model: Model) -> Iterator[Row]:
    """The second convoy of a way goes only if the first does, as they are alike (this cuts no plan off)."""
    names: dict[Key, str] = {}
    for way in model.ways:
        if way.route.mode == "air":
            continue
        alike: Key = (way.route.name, way.depart, way.arrive)
        if way.number > 1:
            columns = [(model.column("convoy", names[alike]), 1.0), (model.column("convoy", way.name), -1.0)]
            yield Row((way.name,), columns, low=0)
        names[alike] = way.name


@family("sum_u ride[w,u] <= sum_h seats[h] vehicles[w,h] + sum_l seats[l] drive[w,l]", "capacity", "lift_in_service")
def seats(model: Model) -> Iterator[Row]:
    """People have seats on the lift and in the vehicles that they drive."""
    for way in model.ways:
        riders = _riders(model, way)
        if riders:
            lift = [(column, -float(row.seats)) for column, row in _lift(model, way)]
            own = [(model.column("drive", way.name, i), -float(model.mission.lot[i].seats_each)) for i in way.drivable]
            yield Row((way.name,), [*riders, *lift, *own], high=0)


@family("sum_l teu[l] carry[w,l] <= sum_h teu[h] vehicles[w,h];  and so with tonnes", "capacity")
def room_and_weight(model: Model) -> Iterator[Row]:
    """What is carried fits on its lift by room and by weight."""
    for way in model.ways:
        lots = [(model.column("carry", way.name, x.id), x) for x in model.mission.equipment]
        lots = [(column, x) for column, x in lots if column >= 0]
        if not lots:
            continue
        lift = list(_lift(model, way))
        for what, terms in (
            ("teu", [(c, x.teu_each) for c, x in lots] + [(c, -h.teu) for c, h in lift]),
            ("tonnes", [(c, x.tonnes_each) for c, x in lots] + [(c, -h.tonnes) for c, h in lift]),
        ):
            yield Row((way.name, what), terms, high=0)


@family("carry[w,l] <= count[l] sum(vehicles[w,h], h with room for one item of l)", "capacity", "lift_in_service")
def item_on_one_vehicle(model: Model) -> Iterator[Row]:
    """An item is carried only where a vehicle goes on which it fits whole."""
    for way in model.ways:
        for lot in model.mission.equipment:
            column = model.column("carry", way.name, lot.id)
            if column >= 0:
                fits = model.sum("vehicles", ((way.name, h.id) for h in model.rooms(lot)), -float(lot.count))
                yield Row((way.name, lot.id), [(column, 1.0), *fits], high=0)


@family("sum_l drive[w,l] <= sum_u ride[w,u]", "drivers")
def drivers(model: Model) -> Iterator[Row]:
    """Every item that drives itself has a driver aboard."""
    for way in model.ways:
        driven = _driven(model, way)
        if driven:
            yield Row((way.name,), [*driven, *((c, -f) for c, f in _riders(model, way))], high=0)


@family("sum_h vehicles[w,h] + sum_l drive[w,l] <= convoy_limit[w] convoy[w]   (not for flights)", "convoy_size")
def convoy_size(model: Model) -> Iterator[Row]:
    """A convoy has no more vehicles than the smallest limit of its legs."""
    for way in model.ways:
        limits = [leg.convoy_limit for leg in way.route.legs if leg.convoy_limit]
        if limits and way.route.mode != "air":
            vehicles = [(column, 1.0) for column, _ in _lift(model, way)] + _driven(model, way)
            yield Row((way.name,), [*vehicles, (model.column("convoy", way.name), -float(min(limits)))], high=0)


@family("sum(convoy[w], w entering leg g from q on days d..d+headway-1) <= 1", "headway")
def headway(model: Model) -> Iterator[Row]:
    """Convoys in one direction enter a leg at least its headway apart."""
    entering: dict[tuple[str, str], dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for way in model.ways:
        for leg, place, day in way.entries:
            if model.mission.leg[leg].headway_days:
                entering[leg, place][day].append(way.name)
    for (leg, place), by_day in entering.items():
        apart = model.mission.leg[leg].headway_days
        for day in range(1, max(by_day) + 1):
            names = [(name,) for d in range(day, day + apart) for name in by_day.get(d, ())]
            if len(names) > 1:
                yield Row((leg, place, day), model.sum("convoy", names), high=1)


@family("sum_u escorts[w,u] >= escort_platoons[w] convoy[w]   for departures until the deadline", "escort")
def escort(model: Model) -> Iterator[Row]:
    """Until the deadline a convoy has the escorts that its legs need."""
    for way in model.ways:
        need = max(leg.escort_platoons for leg in way.route.legs)
        if need and way.depart <= model.due:
            platoons = model.sum("escorts", ((way.name, u.id) for u in model.helpers if u.escort_platoons))
            yield Row((way.name,), [*platoons, (model.column("convoy", way.name), -float(need))], low=0)


@family("sum_u escorts[w,u] >= convoy[w]   for departures on mined legs until the deadline", "ordnance_team")
def ordnance_team(model: Model) -> Iterator[Row]:
    """Until the deadline a convoy on a mined leg has an explosive-ordnance team."""
    for way in model.ways:
        if any(leg.eod for leg in way.route.legs) and way.depart <= model.due:
            teams = model.sum("escorts", ((way.name, u.id) for u in model.helpers if u.eod_teams))
            yield Row((way.name,), [*teams, (model.column("convoy", way.name), -1.0)], low=0)
