"""Small changes to a guide: the operators of the search."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from random import Random
from typing import Any

from drawdown.mission.mission import Mission
from drawdown.planner.search.guide import Guide, Numbers
from drawdown.planner.search.tuning import TUNING

Change = Callable[[Guide, Mission, Random], Guide]

#: Numbers that stand for all sites, and those that may differ by site.
FOR_ALL = ("fill", "fetch", "patience", "upstream", "convoys", "pull", "worth", "detour", "at_hand", "send_home",
           "platoon_people", "drivers", "queue_gap")  # fmt: skip
BY_SITE = ("fill", "fetch", "patience", "upstream", "convoys", "pull")


def _near(value: float, name: str, rng: Random) -> float:
    """Another value near one, or (one time in four) anywhere within the bounds."""
    low, high = TUNING.bounds[name]
    anywhere = rng.random() < TUNING.anywhere
    step = TUNING.step * rng.random()  # small steps are as frequent as large ones: plans answer to either
    new = rng.uniform(low, high) if anywhere else value + rng.gauss(0, step) * (high - low)
    return round(min(max(new, low), high), 3)


def _with(table: Numbers, key: str, value: float | None) -> Numbers:
    rows = {name: number for name, number in table if name != key}
    if value is not None:
        rows[key] = value
    return tuple(sorted(rows.items()))


def _fields(values: Mapping[str, object]) -> dict[str, Any]:
    """Fields of a guide by name, of whatever type each is."""
    return dict(values)


def _site(mission: Mission, rng: Random) -> str:
    """A site: one that costs twice as much is drawn twice as often."""
    sites = mission.sites
    return rng.choices(sites, [site.running_usd_per_day + 1.0 for site in sites])[0].id


def mix(one: Guide, other: Guide, rng: Random) -> Guide:
    """A guide whose numbers for all sites lie between those of two others, or a little beside them."""
    drawn = dict[str, object]()
    for name in FOR_ALL:
        low, high = TUNING.bounds[name]
        ends = getattr(one, name), getattr(other, name)
        value = rng.choice((*ends, rng.uniform(*ends))) * (1 + rng.gauss(0, TUNING.beside))
        drawn[name] = round(min(max(value, low), high), 3)
    return Guide(**_fields(drawn))


def change_number(guide: Guide, mission: Mission, rng: Random) -> Guide:  # noqa: ARG001
    """Change a number for all sites."""
    name = rng.choice(FOR_ALL)
    return replace(guide, **_fields({name: _near(getattr(guide, name), name, rng)}))


def change_at_site(guide: Guide, mission: Mission, rng: Random) -> Guide:
    """Change a number for one site."""
    name, site = rng.choice(BY_SITE), _site(mission, rng)
    table: Numbers = getattr(guide, f"{name}_at")
    return replace(guide, **_fields({f"{name}_at": _with(table, site, _near(guide.at(name, site), name, rng))}))


def change_rank(guide: Guide, mission: Mission, rng: Random) -> Guide:
    """Serve a site sooner or later."""
    site, (low, high) = _site(mission, rng), TUNING.bounds["rank"]
    value = dict(guide.rank).get(site, 1.0) * 2.0 ** rng.gauss(0, 1)
    return replace(guide, rank=_with(guide.rank, site, round(min(max(value, low), high), 3)))


def change_target(guide: Guide, mission: Mission, rng: Random) -> Guide:
    """Let a site be left no sooner than some day, or as soon as it can be."""
    site, before = _site(mission, rng), dict(guide.not_before)
    if site in before and rng.random() < 0.5:  # noqa: PLR2004
        return replace(guide, not_before=_with(guide.not_before, site, None))
    last = max(mission.day(mission.mission.deadline), 2)
    near = site in before or rng.random() < TUNING.anywhere
    day = before.get(site, 1.0) + rng.randint(-TUNING.days, TUNING.days) if near else rng.randint(2, last)
    return replace(guide, not_before=_with(guide.not_before, site, float(min(max(day, 1), last))))


def change_service(guide: Guide, mission: Mission, rng: Random) -> Guide:
    """Send lift and escorts to a site from some day on, or from the first."""
    site, before = _site(mission, rng), dict(guide.serve)
    if site in before and rng.random() < 0.3:  # noqa: PLR2004
        return replace(guide, serve=_with(guide.serve, site, None))
    last = max(mission.day(mission.mission.deadline) // 2, 2)
    day = before.get(site, 1.0) + rng.randint(-TUNING.days, TUNING.days)
    return replace(guide, serve=_with(guide.serve, site, float(min(max(day, 1), last))))


def change_offers(guide: Guide, mission: Mission, rng: Random) -> Guide:
    """Let a site take what is on offer along to its hub, or sell it where it is."""
    sites = [site.id for site in mission.sites if site.hub]
    return replace(guide, carry=guide.carry ^ {rng.choice(sites)}) if sites else guide


def change_order(guide: Guide, mission: Mission, rng: Random) -> Guide:
    """Change how sites are planned one after the other, and the place of one of them in that order."""
    moved = change_rank(guide, mission, rng)
    return replace(moved, margin=rng.choice((0.3, 1.0, 2.0)), anywhere=rng.random() < 0.5)  # noqa: PLR2004


def change_liquidation(guide: Guide, mission: Mission, rng: Random) -> Guide:
    """Keep people for liquidation at a site, or not."""
    sites = [site.id for site in mission.sites if site.liquidation]
    return replace(guide, liquidate=guide.liquidate ^ {rng.choice(sites)}) if sites else guide


def forget_site(guide: Guide, mission: Mission, rng: Random) -> Guide:
    """Treat a site like the others again."""
    site = _site(mission, rng)
    tables = [f.name for f in fields(guide) if f.name.endswith("_at") or f.name in {"rank", "serve", "not_before"}]
    return replace(guide, **_fields({name: _with(getattr(guide, name), site, None) for name in tables}))


#: What can be changed in a guide that plans all sites together.
CHANGES: dict[str, Change] = {
    f.__name__: f
    for f in (
        change_number,
        change_at_site,
        change_rank,
        change_target,
        change_service,
        change_offers,
        change_liquidation,
        forget_site,
    )
}

#: What can be changed in one that plans them one after the other.
SERIAL_CHANGES: dict[str, Change] = {f.__name__: f for f in (change_order, change_rank, change_liquidation)}
