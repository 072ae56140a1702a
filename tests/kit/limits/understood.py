"""The last day of a mission."""

from datetime import timedelta

from kit.lawful import alter, move


def limit_understood(mission, plan, over):
    """The last bus goes on the last day of liquidation."""
    day = mission.mission.liquidation_end + timedelta(days=over)
    return mission, alter(plan, "moves", move(plan, "last-bus"), depart=day, arrive=day)
