"""The deadline is met if it is met in its evening."""

from datetime import timedelta

from kit.lawful import day
from kit.missions import change


def limit_deadline_people(mission, plan, over):
    """The last who are not named for liquidation leave on the day of the deadline."""
    return change(mission, "mission", "small", deadline=day("12-15") - timedelta(days=over)), plan


def limit_deadline_equipment(mission, plan, over):
    """The camp's water plants are handed over on the day of the deadline."""
    return change(mission, "mission", "small", deadline=day("08-08") - timedelta(days=over)), plan


def limit_liquidation_end(mission, plan, over):
    """The last convoy is at the port on the last day of liquidation."""
    return change(mission, "mission", "small", liquidation_end=day("2026-01-17") - timedelta(days=over)), plan
