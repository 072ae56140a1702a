"""What an owner allows, and from which day until which."""

from datetime import timedelta

from kit.lawful import alter, day, disposal
from kit.missions import change


def limit_owner_allows(mission, plan, over):
    """Stores may be scrapped but not sold."""
    disposition = "sell" if over else "scrap"
    return mission, alter(plan, "disposals", disposal(plan, "base_stores"), disposition=disposition)


def limit_never_given(mission, plan, over):
    """A power station may be handed over if it is not sensitive."""
    return change(mission, "equipment", "base_power", sensitive=bool(over)), plan


def limit_last_resort(mission, plan, over):
    """A mission that allows destruction only on the day of last-out itself."""
    strict = change(mission, "mission", "small", last_resort_days=0)
    on = day("07-19") - timedelta(days=over)
    return strict, alter(plan, "disposals", disposal(plan, "post_kitchen"), day=on)


def limit_disposal_groups(mission, plan, over):
    """The water plants have been on offer for 38 days when the camp is handed over."""
    return change(mission, "disposal_groups", "V", offer_days=38 + over), plan


def limit_handed_over_with_site(mission, plan, over):
    """The water plants are signed over on the camp's day."""
    on = day("08-08") + timedelta(days=over)
    return mission, alter(plan, "disposals", disposal(plan, "camp_water"), day=on)


def limit_disposed_while_open(mission, plan, over):
    """The last people of the post destroy the kitchen on the day on which they leave."""
    on = day("07-19") + timedelta(days=over)
    return mission, alter(plan, "disposals", disposal(plan, "post_kitchen"), day=on)
