"""The day by which a unit has gone."""

from datetime import timedelta

from kit.lawful import alter, day, move
from kit.missions import change


def limit_unit_dates(mission, plan, over):
    """National staff separate on their latest day."""
    return change(mission, "units", "national", latest=day("12-15") - timedelta(days=over)), plan


def limit_rear_party(mission, plan, over):
    """The rear party leaves on the day on which the last of its unit's equipment leaves."""
    depart = day("2026-01-16") + timedelta(days=over)
    arrive = depart + timedelta(days=5)
    return mission, alter(plan, "moves", move(plan, "port-3"), depart=depart, arrive=arrive)


def limit_separations(mission, plan, over):
    """National staff separate where they serve."""
    return change(mission, "units", "national", separates=not over), plan
