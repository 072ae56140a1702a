"""The steps of closing a site, and its crews."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from drawdown.mission.tables import ClosureStep, Site
from drawdown.planner.monolith.model import Model, Row, Terms, family


def started(model: Model, site: Site, step: ClosureStep, days: Iterable[int], factor: float = 1.0) -> Terms:
    """Whether a step starts on one of some days, times a factor."""
    return model.sum("start", ((site.id, step.id, day) for day in days), factor)


def running(model: Model, site: Site, step: ClosureStep, day: int, factor: float = 1.0) -> Terms:
    """Whether a step runs on a day, times a factor."""
    return started(model, site, step, range(day - step.days + 1, day + 1), factor)


@family("sum_d start[s,k,d] = 1 for work;  = sum_d handover[s,d] for the clearance and the handover", "closure_steps")
def closure_steps(model: Model) -> Iterator[Row]:
    """Every step that a site's closing needs is planned once, those of its handover if it is handed over.

    A step takes its own length: a longer one holds its crew longer and ends no earlier. A handover step, which must
    end on the day of handover, may start later instead.
    """
    for site in model.mission.sites:
        for step in model.ends.steps(site):
            terms = started(model, site, step, model.days)
            if step.role == "work":
                yield Row((site.id, step.id), terms, 1, 1)
            else:
                signed = model.sum("handover", ((site.id, day) for day in model.days), -1.0)
                yield Row((site.id, step.id), [*terms, *signed], 0, 0)


@family(
    "sum(start[s,k,d'], d' <= d) <= sum(start[s,b,d'], d' <= d - days[b])   for b before k, if b is planned",
    "closure_order",
)
def closure_order(model: Model) -> Iterator[Row]:
    """A closure step starts after the steps before it have ended."""
    for site in model.mission.sites:
        steps = {step.id: step for step in model.ends.steps(site)}
        for step in steps.values():
            for before in (steps[name] for name in step.after if name in steps):
                # Where the step before need not be planned, the rule asks nothing if it is not.
                unless = started(model, site, before, model.days) if before.role != "work" else []
                for day in model.days:
                    terms = started(model, site, step, range(1, day + 1))
                    terms += started(model, site, before, range(1, day - before.days + 1), -1.0)
                    yield Row((site.id, step.id, before.id, day), [*terms, *unless], high=1.0 if unless else 0.0)


@family(
    "sum(start[s,k,d'], d' >= d) <= held[s, d + days[k] - 2] before last-out;  sum(start[s,k,d'], d' <= "
    "d) <= 1 - held[s,d] after it",
    "closure_order",
)
def closure_moments(model: Model) -> Iterator[Row]:
    """Steps that belong before last-out end by it, and those that belong after it start on it or later."""
    for site in model.mission.sites:
        for step in model.ends.steps(site):
            for day in model.days if step.moment != "any" else ():
                if step.moment == "after_last_out":
                    held = (model.column("held", site.id, day), 1.0)
                    yield Row((site.id, step.id, day), [*started(model, site, step, range(1, day + 1)), held], high=1)
                    continue
                terms = started(model, site, step, range(day, model.end + 1))
                eve = day + step.days - 2
                if terms:
                    held = (model.column("held", site.id, eve), -1.0)
                    yield Row((site.id, step.id, day), [*terms, held], high=0)


@family("sum_s,k crews[k] running[s,k,d] <= count[c]   for the steps k of crew c", "closure_crews")
def closure_crews(model: Model) -> Iterator[Row]:
    """No more crews of a kind work on a day than the mission has."""
    for crew in model.mission.crews:
        for day in model.days:
            terms: Terms = []
            for site in model.mission.sites:
                for step in model.ends.steps(site):
                    if step.crew == crew.id:
                        terms += running(model, site, step, day, float(step.crews))
            yield Row((crew.id, day), terms, high=crew.count)


@family(
    "sum_l teu[l] stock[l,s,d-1] <= share teu[s] + (1 - share) teu[s] (1 - start[s,k,d])   for the lots l of s",
    "clean_up_after_emptying",
)
def clean_up_after_emptying(model: Model) -> Iterator[Row]:
    """A step that needs an emptied site starts only when little enough of the site's own equipment is left."""
    for site in model.mission.sites:
        own = [lot for lot in model.mission.equipment if lot.site == site.id]
        total = sum(lot.count * lot.teu_each for lot in own)
        for step in model.ends.steps(site):
            if step.max_stock_share >= 1 or not total:
                continue
            rest = (1 - step.max_stock_share) * total
            for day in model.days:
                start = model.column("start", site.id, step.id, day)
                if start >= 0:
                    stock = [(model.column("stock", lot.id, site.id, day - 1), lot.teu_each) for lot in own]
                    yield Row((site.id, step.id, day), [*stock, (start, rest)], high=total)


@family("running[s,k,d] <= sum(people[u,s,d-1] + people[u,hub of s,d-1], u enabling what k needs)", "enabling_units")
def enabling_units(model: Model) -> Iterator[Row]:
    """A step that needs an enabling unit has one at the site or its hub on each of its days."""
    for site in model.mission.sites:
        places = [place for place in (site.id, site.hub) if place]
        for step in model.ends.steps(site):
            if step.needs is None:
                continue
            units = [u.id for u in model.mission.units if step.needs in u.enables]
            for day in model.days:
                terms = running(model, site, step, day)
                people = model.sum("people", ((u, place, day - 1) for u in units for place in places), -1.0)
                if terms:
                    yield Row((site.id, step.id, day), [*terms, *people], high=0)
