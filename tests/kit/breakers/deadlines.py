"""Be there when everyone should have gone."""

from kit.breakers.spoilt import Spoilt, doomed, outward
from kit.lawful import changed, remove


def break_deadline_people(mission, plan):
    """Nobody of a unit goes home before the deadline."""
    unit = next(unit for unit in mission.units if unit.strength > unit.rear_party + unit.stays and not unit.separates)
    moves = [changed(m, people={u: n for u, n in m.people.items() if u != unit.id}) for m in plan.moves]
    return Spoilt(mission, plan.model_copy(update={"moves": tuple(moves)}), unit.id)


def break_deadline_equipment(mission, plan):
    """No equipment leaves a camp before the deadline."""
    site = doomed(mission)[0]
    moves = [changed(m, lots={}, driven={}) if m.origin == site else m for m in plan.moves]
    return Spoilt(mission, plan.model_copy(update={"moves": tuple(moves)}), site)


def break_liquidation_end(mission, plan):
    """The last bus never goes."""
    last = [move for move in outward(mission, plan) if move.people][-1]
    return Spoilt(mission, remove(plan, "moves", [last]), next(iter(last.people)))
