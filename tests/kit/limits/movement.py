"""The last seat, the shortest headway, the quickest journey."""

from datetime import timedelta

from kit.lawful import alter, changed, day, insert, move
from kit.missions import change


def limit_route_joins(mission, plan, over):
    """Two legs join, in the order in which they are travelled."""
    legs = ("camp_base", "base_airport")[:: -1 if over else 1]
    through = changed(move(plan, "camp-convoy-2"), id="through", destination="airport", legs=legs)
    return mission, insert(plan, "moves", through)


def limit_travel_time(mission, plan, over):
    """Two days become three in the rains."""
    arrive = day("07-14") - timedelta(days=over)
    return mission, alter(plan, "moves", move(plan, "post-convoy"), arrive=arrive)


def limit_turnaround(mission, plan, over):
    """Lorries that come on the 9th load on the 10th and 11th and leave on the 12th."""
    depart = day("07-12") - timedelta(days=over)
    return mission, alter(plan, "moves", move(plan, "post-convoy"), depart=depart)


def limit_capacity(mission, plan, over):
    """Half the cabin for the kitchen, half of it for sixteen people."""
    return mission, alter(plan, "moves", move(plan, "post-flight-2"), people={"company": 16 + over})


def limit_drivers(mission, plan, over):
    """Six carriers have six drivers."""
    return mission, alter(plan, "moves", move(plan, "post-convoy"), people={"company": 6 - over})


def limit_lift_in_service(mission, plan, over):
    """The lorries' contract ends on the day on which they arrive."""
    return change(mission, "lift", "trucks", available_to=day("08-07") - timedelta(days=over)), plan


def limit_convoy_size(mission, plan, over):
    """Sixteen lorries and twenty unit trucks are 36 vehicles."""
    return change(mission, "legs", "camp_base", convoy_limit=36 - over), plan


def limit_headway(mission, plan, over):
    """The next convoy from the post follows two days later."""
    first = move(plan, "post-convoy")
    return mission, insert(plan, "moves", changed(first, id="next", depart=day("07-14") - timedelta(days=over)))


def limit_escort(mission, plan, over):
    """One platoon is enough where one is asked for."""
    return change(mission, "legs", "camp_base", escort_platoons=1 + over), plan


def limit_ordnance_team(mission, plan, over):
    """A mined road needs a team besides the platoon."""
    escorts = {"battalion": 1} if over else {"battalion": 1, "ordnance": 1}
    return mission, alter(plan, "moves", move(plan, "post-convoy"), escorts=escorts)
