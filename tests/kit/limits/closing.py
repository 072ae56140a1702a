"""The shortest step, the tightest order, the last crew."""

from datetime import timedelta

from kit.lawful import alter, day, step
from kit.missions import change


def limit_closure_steps(mission, plan, over):
    """Cleaning up takes four days."""
    end = day("07-16") - timedelta(days=over)
    return mission, alter(plan, "steps", step(plan, "post", "clean"), end=end)


def limit_closure_order(mission, plan, over):
    """The inspectors come on the morning after the clean-up."""
    start = day("07-17") - timedelta(days=over)
    return mission, alter(plan, "steps", step(plan, "post", "certify"), start=start)


def limit_closure_crews(mission, plan, over):
    """Two crews pack at two sites."""
    return change(mission, "crews", "closing", count=2 - over), plan


def limit_clean_up_after_emptying(mission, plan, over):
    """When the clean-up starts, 14 of the camp's own 86 TEU are left."""
    return change(mission, "closure_steps", "clean", max_stock_share=14 / 86 - over / 100), plan


def limit_enabling_units(mission, plan, over):
    """The engineers fly home on the last day of their work."""
    end = day("08-05") + timedelta(days=over)
    return mission, alter(plan, "steps", step(plan, "camp", "clean"), end=end)


def limit_clearance_before_handover(mission, plan, over):
    """The post is signed over on the morning after its certificate."""
    handover = day("07-19") - timedelta(days=over)
    return mission, alter(plan, "closures", plan.closure["post"], handover=handover)


def limit_handover_to_civilians(mission, plan, over):
    """The post goes back to the owner of the land."""
    to = "civilian_authority" if over else "landowner"
    return mission, alter(plan, "closures", plan.closure["post"], handed_to=to)


def limit_handover_near_last_out(mission, plan, over):
    """The post is signed over on the eve of last-out."""
    handover = day("07-18") - timedelta(days=over)
    return mission, alter(plan, "closures", plan.closure["post"], handover=handover)
