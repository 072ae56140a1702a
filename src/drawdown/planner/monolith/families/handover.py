"""The handover of a site."""

from __future__ import annotations

from collections.abc import Iterator

from drawdown.planner.monolith.families.closing import started
from drawdown.planner.monolith.model import Key, Model, Row, family


def _by(site: str, day: int) -> list[Key]:
    return [(site, d) for d in range(1, day + 1)]


@family("sum_d handover[s,d] <= 1", "closes_once", "handover_to_civilians")
def handed_over_once(model: Model) -> Iterator[Row]:
    """A site is signed over once at most, to whom it goes, and only if it goes to anybody."""
    for site in model.mission.sites:
        yield Row((site.id,), model.sum("handover", _by(site.id, model.end)), high=1)


@family(
    "handover[s,d] = start[s,k, d - days[k] + 1] for the handover step k;  sum(handover[s,d'], d' <= "
    "d) <= sum(start[s,c,d'], d' <= d - days[c]) for the clearance c",
    "clearance_before_handover",
)
def clearance_before_handover(model: Model) -> Iterator[Row]:
    """A site is signed over on the last day of its handover step, after its environmental clearance."""
    for site in model.mission.sites:
        if site.id not in model.ends.handed:
            continue
        for step in model.ends.steps(site):
            for day in model.days if step.role != "work" else ():
                if step.role == "handover":
                    start = model.column("start", site.id, step.id, day - step.days + 1)
                    terms = [(model.column("handover", site.id, day), 1.0), (start, -1.0)]
                    yield Row((site.id, step.id, day), terms, 0, 0)
                else:
                    signed = model.sum("handover", _by(site.id, day))
                    cleared = started(model, site, step, range(1, day - step.days + 1), -1.0)
                    yield Row((site.id, step.id, day), [*signed, *cleared], high=0)


@family("held[s,d] + sum(handover[s,d'], d' < d) <= 1", "handover_near_last_out")
def handover_near_last_out(model: Model) -> Iterator[Row]:
    """Nobody stays at a site for more than a day after it has been signed over."""
    for site in model.mission.sites:
        if site.id in model.ends.handed:
            for day in model.days:
                terms = [(model.column("held", site.id, day), 1.0), *model.sum("handover", _by(site.id, day - 1))]
                yield Row((site.id, day), terms, high=1)


@family("hand[l,s,d] <= count[l] handover[s,d]", "handed_over_with_site")
def handed_over_with_site(model: Model) -> Iterator[Row]:
    """A lot that is handed over goes on the day of its site's handover."""
    for (lot, site, day), column in model.known["hand"].items():
        signed = (model.column("handover", site, day), -float(model.mission.lot[str(lot)].count))
        yield Row((lot, site, day), [(column, 1.0), signed], high=0)
