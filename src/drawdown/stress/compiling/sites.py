"""Sites as a future sees them."""

from __future__ import annotations

from drawdown.mission.geography import great_circle_km
from drawdown.mission.tables import Site
from drawdown.stress.compiling.facts import EVER
from drawdown.stress.compiling.index import Index
from drawdown.stress.compiling.piles import Piles
from drawdown.stress.draws import key_of
from drawdown.stress.script import Kind, SiteFacts


def sites(index: Index, piles: Piles) -> tuple[SiteFacts, ...]:
    """Every site."""
    bases = {site.id: _bases(index, site) for site in index.mission.sites}
    return tuple(_site(index, piles, site, bases) for site in index.mission.sites)


def _bases(index: Index, site: Site) -> tuple[list[str], bool]:
    """Sites with aircraft that evacuate casualties from a site, and whether an aircraft at an exit does."""
    mission = index.mission
    found, always = [], False
    for lift in mission.lift:
        base = mission.place[lift.base]
        near = great_circle_km(site.lat, site.lon, base.lat, base.lon) <= mission.mission.casevac_km
        if lift.casevac and near and mission.in_service(lift):
            always = always or lift.base in mission.exit
            found += [lift.base] if lift.base in mission.site else []
    return list(dict.fromkeys(found)), always


def _site(index: Index, piles: Piles, site: Site, bases: dict[str, tuple[list[str], bool]]) -> SiteFacts:
    mission, closure = index.mission, index.plan.closure.get(site.id)
    here = {(kind, what): n for (kind, what, place), n in piles.number.items() if place == site.id}
    lots = [(what, n) for (kind, what), n in here.items() if kind == Kind.LOT]
    handed = {r.lot for r in index.plan.disposals if r.disposition == "hand_over" and r.place == site.id}
    last = index.last_out(site.id)
    mine, always = bases[site.id]
    return SiteFacts(
        name=site.id,
        key=key_of("site", site.id),
        last_out=last,
        handover=mission.day(closure.handover) if closure and closure.handover else EVER,
        liquidation=site.liquidation,
        guard=site.guard,
        running_usd=site.running_usd_per_day,
        no_handover=site.no_handover,
        lots=tuple(n for _, n in lots),
        own=tuple(n for what, n in lots if mission.lot[what].site == site.id),
        handed=tuple(n for what, n in lots if what in handed),
        people=tuple(n for (kind, _), n in here.items() if kind == Kind.PEOPLE),
        bases=tuple(index.site[b] for b in mine),
        always=always,
        dependants=tuple(
            index.site[other]
            for other, (of, _) in bases.items()
            if site.id in of and other != site.id and index.last_out(other) < last
        ),
        processes=tuple(
            i for name, i in index.process.items() if name[0] == site.hazard_class and name[2] == "site_days"
        ),
    )
