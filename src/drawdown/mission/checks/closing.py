"""The steps of closing a site have an order, crews enough, and time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import reduce

from drawdown.mission.checks.finding import Check, a_few, fault, listed, warning
from drawdown.mission.faults import Fault
from drawdown.mission.mission import Mission
from drawdown.mission.tables import ClosureStep


def _order(steps: tuple[ClosureStep, ...]) -> tuple[list[ClosureStep], set[str]]:
    """Steps in an order in which each comes after those before it, and the ids of those in a circle."""
    waiting = {step.id: step for step in steps}
    ordered: list[ClosureStep] = []
    done: set[str] = set()
    while True:
        ready = [s for s in waiting.values() if not {a for a in s.after if a in waiting} - done]
        if not ready:
            return ordered, set(waiting)
        for step in ready:
            ordered.append(waiting.pop(step.id))
            done.add(step.id)


def _before(mission: Mission) -> dict[str, set[str]]:
    """For each step, every step that must have ended before it (a circle is left out)."""
    found: dict[str, set[str]] = {}
    for step in _order(mission.closure_steps)[0]:
        found[step.id] = reduce(set.union, ({a} | found.get(a, set()) for a in step.after), set())
    return found


def _chain_days(steps: tuple[ClosureStep, ...], moments: set[str]) -> int:
    """Days that the longest chain of steps takes, counting up to the last one of these moments."""
    ends: dict[str, int] = {}
    longest = 0
    for step in _order(steps)[0]:
        ends[step.id] = step.days + max((ends.get(a, 0) for a in step.after), default=0)
        if step.moment in moments:
            longest = max(longest, ends[step.id])
    return longest


def steps_have_an_order(mission: Mission) -> Iterator[Fault]:
    """No closure step has to wait for itself, not even by way of others."""
    circle = _order(mission.closure_steps)[1]
    for number, step in enumerate(mission.closure_steps):
        if step.id in circle:
            message = f"the steps wait for each other: {listed(sorted(circle))}"
            yield fault("closure_steps", number, "after", message, "remove the step that closes the circle")


def steps_wait_for_steps_of_their_site(mission: Mission) -> Iterator[Fault]:
    """A step waits for steps that the same kinds of site need, and not for one after last-out to end before it."""
    for number, step in enumerate(mission.closure_steps):
        for name in step.after:
            earlier = mission.step.get(name)
            if earlier is None:
                continue
            shared = not earlier.site_kinds or not step.site_kinds or set(earlier.site_kinds) & set(step.site_kinds)
            if not shared:
                message = f"waits for `{name}`, which no site of its kinds needs"
                yield warning("closure_steps", number, "after", message, "correct site_kinds or after")
            if earlier.moment == "after_last_out" and step.moment == "before_last_out":
                message = f"must end before last-out, but waits for `{name}`, which starts after it"
                yield fault("closure_steps", number, "moment", message, "change the moment of one of them")


def crews_are_many_enough(mission: Mission) -> Iterator[Fault]:
    """No step needs more crews of a kind than the mission has."""
    count = {crew.id: crew.count for crew in mission.crews}
    for number, step in enumerate(mission.closure_steps):
        if step.crew in count and step.crews > count[step.crew]:
            message = f"needs {a_few(step.crews, 'crew')} of `{step.crew}`, there are {count[step.crew]}"
            yield fault("closure_steps", number, "crews", message, "raise the count of crews, or need fewer")
        if step.crew is not None and not step.crews:
            message = f"names the crew `{step.crew}` but needs none of it"
            yield warning("closure_steps", number, "crews", message, "give the number of crews")


def crews_have_time(mission: Mission) -> Iterator[Fault]:
    """The crews of a kind can do all their steps at all sites between cessation and the end of liquidation."""
    work: dict[str, int] = defaultdict(int)
    for site in mission.sites:
        for step in mission.steps_for(site):
            work[step.crew or ""] += step.days * step.crews
    for number, crew in enumerate(mission.crews):
        most = crew.count * mission.days
        if work[crew.id] > most:
            message = f"all sites together need {work[crew.id]} crew-days, there are {most} to the end of liquidation"
            yield fault("crews", number, "count", message, "more crews, or shorter steps")


def enabling_units_exist(mission: Mission) -> Iterator[Fault]:
    """Some unit enables what a closure step needs."""
    enabled = {function for unit in mission.units for function in unit.enables}
    for number, step in enumerate(mission.closure_steps):
        if step.needs and step.needs not in enabled:
            message = f"needs {step.needs}, but no unit enables it"
            yield fault("closure_steps", number, "needs", message, f"add {step.needs} to what a unit enables")


def sites_can_be_handed_over(mission: Mission) -> Iterator[Fault]:
    """A site that somebody takes over has one handover step, after an environmental clearance."""
    if mission.sites and not mission.closure_steps:
        yield warning("closure_steps", None, None, "no steps: sites close without work", "describe their closure")
        return
    before, seen = _before(mission), set()
    number = {step.id: n for n, step in enumerate(mission.closure_steps)}
    for row, site in enumerate(mission.sites):
        steps = mission.steps_for(site)
        handovers = [step for step in steps if step.role == "handover"]
        all_steps = mission.steps_for(site.model_copy(update={"steps_done": ()}))
        clear = {step.id for step in all_steps if step.role == "environmental_clearance"}
        if site.becomes != "closed" and not handovers:
            message = f"goes to its {site.becomes.replace('_', ' ')}, but no handover step is for a {site.kind}"
            yield warning("sites", row, "becomes", message, "add a step with role handover, or set becomes to closed")
        if len(handovers) > 1:
            message = f"a {site.kind} has several handover steps: {listed(step.id for step in handovers)}"
            yield fault("sites", row, "kind", message, "keep one of them")
        for step in handovers:
            if not clear & before.get(step.id, set()) and (step.id, site.kind) not in seen:
                seen.add((step.id, site.kind))
                message = f"no environmental clearance comes before it at a {site.kind}"
                remedy = "add a step with role environmental_clearance, and name it in after"
                yield fault("closure_steps", number[step.id], "after", message, remedy)


def sites_can_close_in_time(mission: Mission) -> Iterator[Fault]:
    """The steps that must end before last-out fit into the days to a site's phase end and to the deadline."""
    header, phases = mission.mission, {phase.id: phase for phase in mission.phases}
    for number, site in enumerate(mission.sites):
        end = header.liquidation_end if site.liquidation else header.deadline
        need = _chain_days(mission.steps_for(site), {"before_last_out"})
        phase = phases.get(site.phase or "")
        message = f"its closure steps before last-out take {need} days, "
        if need > mission.day(end):
            message += f"{mission.day(end)} are left to {end}"
            yield fault("sites", number, "kind", message, "shorten the steps")
        elif phase and need > mission.day(phase.to_date) >= 0:
            message += f"its phase ends on day {mission.day(phase.to_date)}"
            yield warning("sites", number, "phase", message, "choose a later phase, or shorten the steps")


CHECKS: tuple[Check, ...] = (
    steps_have_an_order,
    steps_wait_for_steps_of_their_site,
    crews_are_many_enough,
    crews_have_time,
    enabling_units_exist,
    sites_can_be_handed_over,
    sites_can_close_in_time,
)
