"""The shortest runway, the last open day, the busiest day at an exit."""

from datetime import timedelta

from kit.lawful import alter, day, move
from kit.missions import change


def limit_runway(mission, plan, over):
    """The camp's runway is 1900 m long."""
    return change(mission, "lift", "aeroplane", runway_m=1900 + over), plan


def limit_sorties(mission, plan, over):
    """One aeroplane flies twice a day."""
    return mission, alter(plan, "moves", move(plan, "camp-2"), lift={"aeroplane": 2 + over})


def limit_airfield_slots(mission, plan, over):
    """The post's helipad is used twice a day."""
    return change(mission, "sites", "post", flights_per_day=2 - over), plan


def limit_airfield_unit(mission, plan, over):
    """On the morning on which it leaves, the airfield unit has still run the airfield."""
    on = day("08-11") + timedelta(days=over)
    return mission, alter(plan, "moves", move(plan, "rear-party"), depart=on, arrive=on)


def limit_season(mission, plan, over):
    """The convoy leaves on the eve of the rains."""
    closed = change(mission, "legs", "post_camp", season_closed=True)
    return change(closed, "seasons", "rains", from_day=f"07-{13 - over}"), plan


def limit_open_days(mission, plan, over):
    """The port's last day is the day on which the last convoy arrives."""
    return change(mission, "exits", "port", open_to=day("2026-01-17") - timedelta(days=over)), plan


def limit_exit_capacity(mission, plan, over):
    """The port takes sixty TEU a day."""
    port = move(plan, "port-3")
    return mission, alter(plan, "moves", port, lots={**port.lots, "base_stores": 30 + over})


def limit_exit_for(mission, plan, over):
    """Everyone who uses the airport may."""
    contributors = ("BGD", "KHM", "NPL", "SEN", "TGO", "UN", "NGA")[: 7 - over]
    return change(mission, "exits", "airport", contributors=contributors), plan


def limit_way_home(mission, plan, over):
    """The hospital leaves by the exit that its contributor has named."""
    return change(mission, "units", "hospital", exits=("port",) if over else ("airport",)), plan
