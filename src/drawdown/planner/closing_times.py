"""When each site's closure steps run, if crews were all that sites shared: the closures that weigh least.

Only what the steps and crews say is in it, and what a caller adds as windows: who is needed where, lift and convoys are
left out. So its last-outs are a start for a planner, not a plan; and what holds for a site alone bounds every plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from drawdown.mandate.authority import TO_MOVE, applies
from drawdown.mission.mission import Mission
from drawdown.mission.tables import ClosureStep, Course, Site
from drawdown.plan.measures import rates
from drawdown.planner.engines.scheduling import schedule
from drawdown.planner.engines.scheduling_bounds import lower_bound
from drawdown.planner.engines.scheduling_network import build_network
from drawdown.planner.engines.scheduling_problem import After, Crew, Limits, Mode, Status, Task


@dataclass(frozen=True)
class Windows:
    """What a caller knows of days beyond the steps (day numbers; what is not named is free).

    ``emptied``: the first day that can be a site's last-out; ``latest``: the last that may be; ``ready``: the first day
    on which a step of a site can start, for instance because little enough equipment is left by then.
    """

    emptied: Mapping[str, int] = field(default_factory=dict)
    latest: Mapping[str, int] = field(default_factory=dict)
    ready: Mapping[tuple[str, str], int] = field(default_factory=dict)


@dataclass(frozen=True)
class ClosingTimes:
    """First day of each step by site and step, last-outs by site, and how good they are.

    ``earliest`` is, by site, a day before which it cannot be left, whatever the others do. ``objective`` and ``bound``
    are USD-equivalents of the site-days from cessation to last-out. Where nothing is found (``infeasible``,
    ``unknown``) there are no days but ``earliest``.
    """

    starts: Mapping[tuple[str, str], int]
    last_out: Mapping[str, int]
    earliest: Mapping[str, int]
    objective: float
    bound: float
    status: Status


def closing_times(
    mission: Mission, course: Course, limits: Limits | None = None, windows: Windows | None = None
) -> ClosingTimes:
    """Schedule all sites' closure steps under the crews so that the weighted sum of last-outs is least.

    A site-day weighs what running the site costs, what the course of action pays for closing a day earlier, and the
    casualties expected there. A hole in the authority to close a site is not seen; rules judge it.
    """
    windows = windows or Windows()
    crews = [Crew(crew.id, crew.count) for crew in mission.crews]
    weight = site_day_weights(mission, course)
    tasks = [task for site in mission.sites for task in _site_tasks(mission, site, weight[site.id], windows)]
    found = schedule(tasks, crews, objective="weighted_ends", limits=limits)
    earliest = {site.id: earliest_last_out(mission, site, windows) for site in mission.sites}
    overhead = sum(weight.values())  # a last-out event on day t means that the last day with people was t - 1
    return ClosingTimes(
        starts={
            (site.id, step.id): found.starts[_name(site, step)]
            for site in mission.sites
            for step in mission.steps_for(site)
            if _name(site, step) in found.starts
        },
        last_out={site.id: found.starts[_last(site)] - 1 for site in mission.sites if found.starts},
        earliest=earliest,
        objective=found.objective - overhead,
        bound=max(found.bound - overhead, sum(weight[site] * day for site, day in earliest.items())),
        status=found.status,
    )


def site_day_weights(mission: Mission, course: Course) -> dict[str, float]:
    """What one more day of each site with people on it weighs (USD-equivalents)."""
    rate = rates(mission)
    return {
        site.id: course.cost * site.running_usd_per_day
        + course.time
        + course.risk * (rate[site.hazard_class, "site_days"][1] if site.hazard_class else 0.0)
        for site in mission.sites
    }


def earliest_last_out(mission: Mission, site: Site, windows: Windows | None = None) -> int:
    """A day before which no plan can have a site's last-out: by its steps' order and lengths and by the crews.

    Steps of other roles than work are left out: a site that is never handed over needs none of them.
    """
    windows = windows or Windows()
    steps = {step.id: step for step in mission.steps_for(site) if step.role == "work"}
    needed, waiting = set(), [step.id for step in steps.values() if step.moment == "before_last_out"]
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed.add(name)
            waiting += [before for before in steps[name].after if before in steps]
    tasks = [_step_task(mission, site, step, windows, needed) for step in steps.values() if step.id in needed]
    crews = [Crew(crew.id, crew.count) for crew in mission.crews]
    by_work = int(lower_bound(build_network(tasks, crews), "makespan")) - 1
    return max(1, windows.emptied.get(site.id, 1), by_work)


# ---- tasks -------------------------------------------------------------------------------------------------------


def _name(site: Site, step: ClosureStep) -> str:
    return f"{site.id}/{step.id}"


def _last(site: Site) -> str:
    """The event after the last day with anyone there: its day is last-out plus one."""
    return f"{site.id}/"


def _site_tasks(mission: Mission, site: Site, weight: float, windows: Windows) -> Iterator[Task]:
    """The steps of a site and its last-out, tied to each other as the rules of closing demand."""
    steps = [s for s in mission.steps_for(site) if s.role != "handover" or site.becomes != "closed"]
    known = {step.id for step in steps}
    for step in steps:
        task = _step_task(mission, site, step, windows, known)
        yield Task(task.name, task.modes, (*task.after, *_around_last_out(site, step, steps)), task.release, task.due)
    latest = windows.latest.get(site.id)
    yield Task(
        name=_last(site),
        modes=(Mode(0),),
        after=tuple(After(_name(site, step)) for step in steps if step.moment == "before_last_out"),
        release=max(1, windows.emptied.get(site.id, 1)) + 1,
        due=None if latest is None else latest + 1,
        weight=weight,
    )


def _around_last_out(site: Site, step: ClosureStep, steps: list[ClosureStep]) -> Iterator[After]:
    """What a step waits for beside the steps before it."""
    if step.moment == "after_last_out":
        yield After(_last(site), -1)  # it may start on the day of last-out
    if step.role == "handover":
        yield After(_last(site), -1 - step.days)  # people stay no more than a day after it
        for other in steps:
            if other.role == "environmental_clearance":
                yield After(_name(site, other), 1 - step.days)  # it has ended before the day of handover


def _step_task(mission: Mission, site: Site, step: ClosureStep, windows: Windows, known: set[str]) -> Task:
    """A step with its crew, the steps of ``known`` that it waits for, and the days on which it is allowed."""
    first, last = _authorised(mission, site)
    needs = {step.crew: step.crews} if step.crew and step.crews else {}
    return Task(
        name=_name(site, step),
        modes=(Mode(step.days, needs),),
        after=tuple(After(f"{site.id}/{before}") for before in step.after if before in known),
        release=max(1, first, windows.ready.get((site.id, step.id), 1)),
        due=last + 1,
    )


def _authorised(mission: Mission, site: Site) -> tuple[int, int]:
    """First and last day on which the mandate allows work on closing a site."""
    days = [
        day
        for row in mission.authorities
        if row.function in TO_MOVE
        for day in (row.from_date, row.to_date)
        if applies(row, day, site.id)
    ]
    if not days:
        return 1, 0
    return mission.day(min(days)), min(mission.day(max(days)), mission.days)
