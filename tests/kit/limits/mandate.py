"""The last day to ask, and the last day of an authority."""

from datetime import timedelta

from kit.lawful import alter, day, move
from kit.missions import change


def limit_clearance(mission, plan, over):
    """The convoy of the 12th is asked for five days before."""
    asked = day("07-07") + timedelta(days=over)
    return mission, alter(plan, "moves", move(plan, "post-convoy"), clearance_asked=asked)


def limit_authority(mission, plan, over):
    """The authority to liquidate ends when the last convoy is at the port."""
    return change(mission, "authorities", "liquidate", to_date=day("2026-01-17") - timedelta(days=over)), plan


def limit_authority_to_stay(mission, plan, over):
    """Every authority to be there ends with the last night at the base."""
    for name in ("liquidate", "guard_liquidation", "rear_party"):
        mission = change(mission, "authorities", name, to_date=day("2026-01-15") - timedelta(days=over))
    return mission, plan
