"""Let things vanish, appear, or be in two places."""

from kit.breakers.spoilt import Spoilt, first_move, outward, spoil, surface
from kit.lawful import changed, insert, remove


def break_people_conserved(mission, plan):
    """More people leave than the unit ever had."""
    move = first_move(plan, lambda m: m.people)
    unit = next(iter(move.people))
    return spoil(mission, plan, "moves", move, unit, people={unit: mission.unit[unit].strength + 1})


def break_equipment_conserved(mission, plan):
    """More items leave than there are."""
    move = first_move(plan, lambda m: m.lots)
    lot = next(iter(move.lots))
    return spoil(mission, plan, "moves", move, lot, lots={lot: mission.lot[lot].count + 1})


def break_lift_where_used(mission, plan):
    """A convoy has more lorries than there are at its origin."""
    move = first_move(plan, lambda m: any(surface(mission, name) for name in m.lift))
    lift = next(iter(move.lift))
    return spoil(mission, plan, "moves", move, lift, lift={lift: mission.lift_by_id[lift].count + 1})


def break_nothing_left_behind(mission, plan):
    """The convoy with a lot never leaves."""
    move = first_move(plan, lambda m: m.lots)
    return Spoilt(mission, remove(plan, "moves", [move]), next(iter(move.lots)))


def break_what_left_stays_out(mission, plan):
    """Somebody comes back from an exit."""
    out = next(move for move in outward(mission, plan) if move.people)
    back = changed(out, id="comes-back", origin=out.destination, destination=out.origin, legs=out.legs[::-1])
    return Spoilt(mission, insert(plan, "moves", back), "comes-back")


def break_detachments_in_strength(mission, plan):
    """A unit sends more platoons than its people can fill."""
    move = first_move(plan, lambda m: m.escorts)
    unit = next(iter(move.escorts))
    total = mission.unit[unit].escort_platoons + mission.unit[unit].eod_teams
    return spoil(mission, plan, "moves", move, unit, escorts={unit: total + 1})
