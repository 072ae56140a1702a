"""Close a site out of order."""

from kit.breakers.spoilt import Spoilt, last_day, spoil
from kit.lawful import changed, remove


def _spoil_run(mission, plan, run, **values):
    return spoil(mission, plan, "steps", run, f"{run.site}/{run.step}", **values)


def _first_run(mission, plan, wanted):
    return next(run for run in plan.steps if wanted(mission.step[run.step]))


def break_closure_steps(mission, plan):
    """A step is forgotten."""
    run = plan.steps[0]
    return Spoilt(mission, remove(plan, "steps", [run]), f"{run.site}/{run.step}")


def break_closure_order(mission, plan):
    """A step starts together with the one before it."""
    run = _first_run(mission, plan, lambda step: step.after)
    planned = {(r.site, r.step): r for r in plan.steps}
    before = next(planned[run.site, name] for name in mission.step[run.step].after if (run.site, name) in planned)
    return _spoil_run(mission, plan, run, start=before.start)


def break_closure_crews(mission, plan):
    """All sites want the same crew on the same days."""
    crew = next(crew.id for crew in mission.crews)
    first = _first_run(mission, plan, lambda step: step.crew == crew)
    steps = [
        changed(run, start=first.start, end=first.end) if mission.step[run.step].crew == crew else run
        for run in plan.steps
    ]
    return Spoilt(mission, plan.model_copy(update={"steps": tuple(steps)}), crew)


def break_clean_up_after_emptying(mission, plan):
    """The clean-up starts on the first day, around the full stores."""
    run = _first_run(mission, plan, lambda step: step.max_stock_share < 1)
    return _spoil_run(mission, plan, run, start=mission.date(1))


def break_enabling_units(mission, plan):
    """A step goes on until the engineers have long gone home."""
    run = _first_run(mission, plan, lambda step: step.needs)
    return _spoil_run(mission, plan, run, end=last_day(mission))


def break_clearance_before_handover(mission, plan):
    """A site is signed over while the inspectors are still writing."""
    run = _first_run(mission, plan, lambda step: step.role == "environmental_clearance")
    return spoil(mission, plan, "closures", plan.closure[run.site], f"{run.site}/{run.step}", handover=run.end)


def break_handover_to_civilians(mission, plan):
    """A camp goes to the host's army."""
    closure = next(c for c in plan.closures if c.handover)
    return spoil(mission, plan, "closures", closure, closure.site, handed_to="host_military")


def break_handover_near_last_out(mission, plan):
    """A camp is signed over on the first day, and people live on in it."""
    closure = next(c for c in plan.closures if c.handover)
    return spoil(mission, plan, "closures", closure, closure.site, handover=mission.date(1))
