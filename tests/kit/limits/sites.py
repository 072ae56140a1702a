"""The smallest guard, the farthest evacuation, the last kitchen."""

import math
from datetime import timedelta

from drawdown.mission.geography import great_circle_km
from kit.lawful import alter, day, move
from kit.missions import change


def limit_closes_once(mission, plan, over):
    """Last-out is the day on which the last twenty leave."""
    last_out = day("07-19") + timedelta(days=over)
    return mission, alter(plan, "closures", plan.closure["post"], last_out=last_out)


def limit_guard(mission, plan, over):
    """Twenty are left to guard the post."""
    return change(mission, "sites", "post", guard=20 + over), plan


def limit_casevac(mission, plan, over):
    """The post is just in reach of the helicopters at the camp."""
    post, camp = mission.site["post"], mission.site["camp"]
    reach = math.ceil(great_circle_km(post.lat, post.lon, camp.lat, camp.lon))
    return change(mission, "mission", "small", casevac_km=reach - over), plan


def limit_life_support(mission, plan, over):
    """For 36 of 120 people one of two kitchens is enough, and no fewer."""
    return mission, alter(plan, "moves", move(plan, "post-flight-2"), lots={"post_kitchen": 1 + over})


def limit_yard(mission, plan, over):
    """Yards that hold what stands there on the first day are full, and not too full."""
    teu = sum(lot.count * lot.teu_each for lot in mission.equipment if lot.site == "post")
    return change(mission, "sites", "post", yard_teu=teu - 0.5 * over), plan
