"""Move as no convoy or aircraft can."""

from kit.breakers.spoilt import Spoilt, first_move, spoil_move, surface
from kit.lawful import changed, insert


def break_route_joins(mission, plan):
    """A move says that it ends where its legs do not."""
    move = plan.moves[0]
    elsewhere = next(name for name in mission.place if name not in {move.origin, move.destination})
    return spoil_move(mission, plan, move, destination=elsewhere)


def break_travel_time(mission, plan):
    """A journey of days is done in one."""
    move = first_move(plan, lambda m: m.arrive > m.depart)
    return spoil_move(mission, plan, move, arrive=move.depart)


def break_turnaround(mission, plan):
    """Lorries turn round on the morning after they have come."""
    came = first_move(plan, lambda m: any((x := surface(mission, i)) and x.base != m.destination for i in m.lift))
    lift = next(iter(came.lift))
    back = first_move(plan, lambda m: m.origin == came.destination and lift in m.lift)
    return spoil_move(mission, plan, back, depart=came.arrive)


def break_capacity(mission, plan):
    """A load is a thousand times too heavy."""
    move = first_move(plan, lambda m: m.lots)
    return spoil_move(mission, plan, move, lots={lot: 1000 * count for lot, count in move.lots.items()})


def break_drivers(mission, plan):
    """Vehicles drive themselves, literally."""
    move = first_move(plan, lambda m: m.driven)
    return spoil_move(mission, plan, move, people={})


def break_lift_in_service(mission, plan):
    """A helicopter drives in a convoy."""
    move = first_move(plan, lambda m: m.mode == "road")
    flies = next(lift.id for lift in mission.lift if lift.mode == "air")
    return spoil_move(mission, plan, move, lift={flies: 1})


def break_convoy_size(mission, plan):
    """A convoy is one vehicle longer than its road allows."""
    limits = {m.id: min((n for i in m.legs if (n := mission.leg[i].convoy_limit)), default=0) for m in plan.moves}
    move = first_move(plan, lambda m: m.mode == "road" and m.lift and limits[m.id])
    return spoil_move(mission, plan, move, lift={next(iter(move.lift)): limits[move.id] + 1})


def break_headway(mission, plan):
    """A second convoy follows on the same day."""
    move = first_move(plan, lambda m: any(mission.leg[i].headway_days for i in m.legs))
    return Spoilt(mission, insert(plan, "moves", changed(move, id="zz-follows")), "zz-follows")


def break_escort(mission, plan):
    """A convoy goes without its escort."""
    move = first_move(plan, lambda m: any(mission.unit[u].escort_platoons for u in m.escorts))
    return spoil_move(mission, plan, move, escorts={})


def break_ordnance_team(mission, plan):
    """A convoy goes down a mined road behind infantry alone."""
    move = first_move(plan, lambda m: any(mission.unit[u].eod_teams for u in m.escorts))
    infantry = {u: n for u, n in move.escorts.items() if not mission.unit[u].eod_teams}
    return spoil_move(mission, plan, move, escorts=infantry)
