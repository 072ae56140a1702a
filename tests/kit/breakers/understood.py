"""Speak of something that the mission does not have."""

from kit.breakers.spoilt import spoil_move


def break_understood(mission, plan):
    """A move goes to a place that nobody knows."""
    return spoil_move(mission, plan, plan.moves[0], destination="atlantis")
