"""What a site needs every day until its last person has left."""

from __future__ import annotations

from collections.abc import Iterator

from drawdown.mission.geography import great_circle_km
from drawdown.mission.tables import Lift, Site
from drawdown.planner.monolith.model import Model, Row, Terms, family


@family("held[s,t] >= held[s,t+1];  open[s,t] <= held[s,t];  open[s,t] >= open[s,t-1] + held[s,t] - 1", "closes_once")
def closes_once(model: Model) -> Iterator[Row]:
    """A site closes once: somebody is there until its last-out, and nobody after it."""
    for site in model.mission.sites:
        for t in model.evenings:
            held, here = model.column("held", site.id, t), model.column("open", site.id, t)
            yield Row((site.id, t, "closed"), [(here, 1.0), (held, -1.0)], high=0)
            if t:
                before = model.column("held", site.id, t - 1), model.column("open", site.id, t - 1)
                yield Row((site.id, t, "once"), [(before[0], 1.0), (held, -1.0)], low=0)
                yield Row((site.id, t, "until"), [(here, 1.0), (before[1], -1.0), (held, -1.0)], low=-1)


@family("open[s,t] <= sum_u people[u,s,t];  people[u,s,t] <= strength[u] open[s,t]", "closes_once")
def open_while_peopled(model: Model) -> Iterator[Row]:
    """A site is open on exactly those evenings on which somebody is there."""
    units = model.mission.units
    for site in model.mission.sites:
        for t in model.evenings:
            here = model.column("open", site.id, t)
            people = model.sum("people", ((u.id, site.id, t) for u in units), -1.0)
            yield Row((site.id, t), [(here, 1.0), *people], high=0)
            for unit in units:
                terms = [(model.column("people", unit.id, site.id, t), 1.0), (here, -float(unit.strength))]
                yield Row((unit.id, site.id, t), terms, high=0)


@family(
    "people[u,s,t] <= strength[u] guarded[s,t] for u unarmed;  stock[l,s,t] <= count[l] (guarded[s,t] + 1 - held[s,t])",
    "guard",
)
def something_to_guard(model: Model) -> Iterator[Row]:
    """A site with unarmed people or equipment has something to guard until its last-out."""
    for site in model.mission.sites:
        for t in model.evenings if site.guard else ():
            guarded, held = model.column("guarded", site.id, t), model.column("held", site.id, t)
            for unit in model.mission.units:
                if not unit.armed:
                    people = (model.column("people", unit.id, site.id, t), 1.0)
                    yield Row((unit.id, site.id, t), [people, (guarded, -float(unit.strength))], high=0)
            for lot in model.mission.equipment:
                n = float(lot.count)
                terms = [(model.column("stock", lot.id, site.id, t), 1.0), (guarded, -n), (held, n)]
                yield Row((lot.id, site.id, t), terms, high=n)


@family("sum(people[u,s,t], u armed) >= guard[s] guarded[s,t]", "guard")
def guard(model: Model) -> Iterator[Row]:
    """A site that has something to guard keeps its guard of armed people."""
    armed = [u.id for u in model.mission.units if u.armed]
    for site in model.mission.sites:
        for t in model.evenings if site.guard else ():
            people = model.sum("people", ((u, site.id, t) for u in armed))
            yield Row((site.id, t), [*people, (model.column("guarded", site.id, t), -float(site.guard))], low=0)


def _evacuators(model: Model, site: Site) -> list[Lift]:
    mission, found = model.mission, []
    for lift in mission.lift:
        base = mission.place[lift.base]
        far = great_circle_km(site.lat, site.lon, base.lat, base.lon)
        if lift.casevac and mission.in_service(lift) and far <= mission.mission.casevac_km:
            found.append(lift)
    return found


def _in_service(model: Model, lift: Lift, t: int) -> bool:
    when = model.mission.date(t)
    late = lift.available_to is not None and when > lift.available_to
    return not late and (lift.available_from is None or lift.available_from <= when)


@family("open[s,t] <= sum(people[u,s,t], u medical) + sum(held[base of h, t-1], h evacuating and in reach)", "casevac")
def casevac(model: Model) -> Iterator[Row]:
    """A site with people has a medical unit, or an evacuation aircraft in reach and in service."""
    medical = [u.id for u in model.mission.units if "medical" in u.enables]
    for site in model.mission.sites:
        aircraft = _evacuators(model, site)
        for t in model.evenings:
            terms: Terms = [(model.column("open", site.id, t), 1.0)]
            terms += model.sum("people", ((u, site.id, t) for u in medical), -1.0)
            able = [lift for lift in aircraft if _in_service(model, lift, t)]
            if any(lift.base in model.mission.exit for lift in able):
                continue
            # An aircraft works to the evening of the day on which its base is left.
            terms += [(model.column("held", lift.base, max(t - 1, 0)), -1.0) for lift in able]
            yield Row((site.id, t), terms, high=0)


@family(
    "heads[s] stock[l,s,t] >= count[l] people[s,t] - surplus crowded[l,t];  stock[l,s,t] >= count[l] crowded[l,t]",
    "life_support",
)
def life_support(model: Model) -> Iterator[Row]:
    """Life-support items stay at their site in proportion to the people still there, all of them if there are more."""
    total = sum(u.strength for u in model.mission.units)
    for lot in model.mission.equipment:
        heads = model.heads[lot.site]
        for t in model.evenings:
            crowded = model.column("crowded", lot.id, t)
            if crowded < 0:
                break
            stock, n = model.column("stock", lot.id, lot.site, t), float(lot.count)
            people = model.sum("people", ((u.id, lot.site, t) for u in model.mission.units), -n)
            surplus = (crowded, n * (total - heads))
            yield Row((lot.id, t, "share"), [(stock, float(heads)), *people, surplus], low=0)
            yield Row((lot.id, t, "all"), [(stock, 1.0), (crowded, -n)], low=0)


@family("sum_l teu[l] stock[l,s,t] <= yard_teu[s]", "yard")
def yard(model: Model) -> Iterator[Row]:
    """No more equipment stands at a site than its yards hold."""
    lots = [lot for lot in model.mission.equipment if lot.teu_each]
    for site in model.mission.sites:
        for t in model.evenings if site.yard_teu > 0 and lots else ():
            terms = [(model.column("stock", lot.id, site.id, t), lot.teu_each) for lot in lots]
            yield Row((site.id, t), terms, high=site.yard_teu)
