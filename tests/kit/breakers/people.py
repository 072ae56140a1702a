"""Let people leave too early, too late, or by the wrong door."""

from drawdown.plan.model import Separation
from kit.breakers.spoilt import Spoilt, first_move, last_day
from kit.lawful import changed, insert


def break_unit_dates(mission, plan):
    """Nobody of a unit leaves, though its contributor wants it home by its latest day."""
    unit = next(unit.id for unit in mission.units if unit.latest)
    moves = [changed(m, people={u: n for u, n in m.people.items() if u != unit}) for m in plan.moves]
    separations = [row for row in plan.separations if row.unit != unit]
    update = {"moves": tuple(moves), "separations": tuple(separations)}
    return Spoilt(mission, plan.model_copy(update=update), unit)


def break_rear_party(mission, plan):
    """The last of a unit's equipment is still there when its rear party is long at home."""

    def owner(move):
        owners = {mission.lot[lot].unit for lot in move.lots} if move.destination in mission.exit else ()
        return next((u for u in owners if u and mission.unit[u].rear_party), None)

    move = first_move(plan, owner)
    end = last_day(mission)
    moves = [changed(m, depart=end, arrive=end) if m is move else m for m in plan.moves]
    return Spoilt(mission, plan.model_copy(update={"moves": tuple(moves)}), owner(move))


def break_separations(mission, plan):
    """Soldiers end their contracts in the field."""
    unit = next(unit for unit in mission.units if not unit.separates)
    row = Separation(unit=unit.id, count=1, place=unit.site, day=mission.date(1))
    return Spoilt(mission, insert(plan, "separations", row), unit.id)
