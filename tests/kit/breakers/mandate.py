"""Act without the host's word or the mandate's."""

from kit.breakers.spoilt import Spoilt, doomed, first_move, last_day, spoil_move
from kit.lawful import changed


def break_clearance(mission, plan):
    """Nobody has asked."""
    move = first_move(plan, lambda m: m.clearance_asked)
    return spoil_move(mission, plan, move, clearance_asked=None)


def break_authority(mission, plan):
    """A convoy leaves a camp of the north months after the mandate to withdraw has ended."""
    move = first_move(plan, lambda m: m.origin in doomed(mission))
    return spoil_move(mission, plan, move, depart=last_day(mission), arrive=last_day(mission))


def break_authority_to_stay(mission, plan):
    """Nobody leaves a camp, and the authority to be there ends."""
    site = doomed(mission)[0]
    moves = [changed(m, people={}) if m.origin == site else m for m in plan.moves]
    return Spoilt(mission, plan.model_copy(update={"moves": tuple(moves)}), site)
