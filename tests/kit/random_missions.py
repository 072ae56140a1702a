"""Random missions: sound by `check_mission`, of 2 to 40 sites, the same for the same seed.

    mission = random_mission(7)
    large = random_mission(7, sites=40)

Over a few hundred seeds everything that the tables can say is said: trees of hubs one to three deep, several roots,
sites that only aircraft or boats reach, seasons that slow or close a leg, corridors that close overnight, clearances
with blocks that the plan knows or does not know, mined roads, units of every kind, lots of every owner, closure steps
with crews and conditions. Lift and exits are cut to size for what has to move, so that most missions have time to
spare, some are tight, and some cannot be done at all. Three in four have some chance in them for the futures. Places
lie in real States because the base map knows those; everything else is invented.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from drawdown.mission import tables as t
from drawdown.mission.mission import Mission
from kit.random_chance import add_chance
from kit.random_equipment import add_equipment
from kit.random_forces import add_lift, add_units
from kit.random_making import Making
from kit.random_places import add_places

SIZES = ((2, 5, 58), (6, 12, 30), (13, 22, 9), (23, 40, 3))  # from, to, how often


def random_mission(seed: int, sites: int | None = None) -> Mission:
    """The mission of a seed, with a given number of sites if one is given."""
    making = Making(seed)
    count = sites or _size(making)
    add_places(making, count)
    add_units(making)
    add_equipment(making)
    add_lift(making)
    _add_closing(making)
    _add_mandate(making)
    if making.chance(0.08):
        making.rng.choice((_long_block, _early_homecoming))(making)
    chance = add_chance(making)
    return Mission(
        mission=_header(making, chance), **_fixed(making), **{name: tuple(rows) for name, rows in making.rows.items()}
    )


def _size(making: Making) -> int:
    low, high, _ = making.rng.choices(SIZES, weights=[often for *_, often in SIZES])[0]
    return making.whole(low, high)


def _header(making: Making, chance: dict[str, Any]) -> t.Header:
    return t.Header(
        format=1,
        id=f"random-{making.seed}",
        name=f"Random mission {making.seed}",
        host=making.host,
        cessation=making.cessation,
        deadline=making.date(making.deadline),
        liquidation_end=making.date(making.end),
        pace=making.pace,
        turnaround_days=making.turnaround,
        capable_force=making.whole(40, 120),
        casevac_km=making.casevac_km,
        person_day_usd=making.whole(60, 140),
        last_resort_days=making.whole(5, 30),
        **chance,
    )


def _fixed(making: Making) -> dict[str, Any]:
    """The tables that hardly differ from mission to mission."""
    half = making.deadline // 2
    offers = sorted(making.whole(0, half // 2) for _ in range(3))
    groups = (
        ("I", ("repatriate", "redeploy", "scrap", "destroy"), 0),
        ("II", ("redeploy", "sell", "destroy"), 0),
        ("III", ("redeploy", "sell", "donate", "destroy"), offers[0]),
        ("IV", ("sell", "scrap", "destroy"), offers[1]),
        ("V", ("redeploy", "hand_over", "scrap", "destroy"), offers[2]),
    )
    return {
        "phases": (
            t.Phase(id="first", name="First phase", from_date=making.cessation, to_date=making.date(half)),
            t.Phase(
                id="second", name="Second phase", from_date=making.date(half), to_date=making.date(making.deadline)
            ),
        ),
        "seasons": (making.season,),
        "courses": (t.Course(id="balanced", name="Balanced", time=2e4, risk=1e6, equipment=1, protection=0.1, cost=1),),
        "disposal_groups": tuple(
            t.DisposalGroup.model_validate({"id": i, "name": f"Group {i}", "dispositions": allowed, "offer_days": days})
            for i, allowed, days in groups
        ),
        "sources": (t.Source(id="text", title="An invented resolution", kind="un_document"),),
    }


def _add_closing(making: Making) -> None:
    """Steps of closing a site, quick enough for the deadline, and crews enough for the strain."""
    pace = making.deadline / 180
    large, small = ("headquarters", "super_camp", "camp"), ("outpost", "temporary_base")
    steps: list[t.ClosureStep] = []

    def step(name: str, days: float, **more: Any) -> str:
        row = {"id": name, "name": name.replace("-", " ").capitalize(), "days": max(1, round(days * pace)), **more}
        steps.append(t.ClosureStep.model_validate(row))
        return name

    early = {"moment": "before_last_out"}
    first = step("notify", 1, **early)
    needs = "engineering" if making.chance(0.6) else None
    for kinds, size in ((large, making.whole(3, 8)), (small, making.whole(1, 4))):
        word = "large" if kinds is large else "small"
        common = {"site_kinds": kinds}
        last = step(f"inventory-{word}", size, after=(first,), crew="property", **common, **early)
        if making.chance(0.8):
            share = making.share(0.4, 0.9)
            work = {"crew": "environment", "max_stock_share": share, "needs": needs, **early}
            last = step(f"clean-up-{word}", size, after=(last,), **work, **common)
        if making.chance(0.5):
            share, moment = making.share(0.3, 0.8), making.rng.choice(("before_last_out", "any"))
            last = step(f"inspection-{word}", 1, after=(last,), max_stock_share=share, moment=moment, **common)
        if making.chance(0.2):
            last = step(f"sweep-{word}", 1, after=(last,), moment="after_last_out", **common)
        last = step(f"certificate-{word}", size / 3, after=(last,), role="environmental_clearance", **common)
        step(f"handover-{word}", 1, after=(last,), role="handover", **common)
    making.rows["closure_steps"] = steps
    making.rows["crews"] = [_crew(making, steps, crew) for crew in ("property", "environment")]


def _crew(making: Making, steps: list[t.ClosureStep], crew: str) -> t.Crew:
    work = sum(
        step.days for site in making.sites for step in steps if step.crew == crew and site.kind in step.site_kinds
    )
    count = 1 + int(work / (0.5 * making.deadline))
    return t.Crew(id=crew, name=f"{crew.capitalize()} teams", count=count)


def _long_block(making: Making) -> None:
    """The host announces that nothing of one class moves from some day on to the deadline."""
    asked = [row for row in making.rows["clearances"] if row.state == "ask"]
    if asked:
        like = making.rng.choice(asked)
        first = making.date(making.whole(5, making.deadline // 2))
        dates = {"from_date": first, "to_date": making.date(making.deadline), "state": "blocked", "lead_days": 0}
        making.add("clearances", t.Clearance, **{**dict(like), **dates, "id": "long-block"})


def _early_homecoming(making: Making) -> None:
    """One contributor calls its units home early, whatever they guard and escort."""
    contributor = making.rng.choice([unit.contributor for unit in making.rows["units"] if unit.armed])
    day = making.date(making.whole(making.deadline // 4, making.deadline // 2))
    for unit in making.rows["units"]:
        if unit.contributor == contributor and not unit.stays:
            making.change("units", unit.id, latest=day, earliest=None)


def _add_mandate(making: Making) -> None:
    """Authorities for the drawdown and for liquidation, an obligation, and villages around some sites."""
    start, deadline, end = making.cessation, making.date(making.deadline), making.date(making.end)

    def authority(function: str, first: date, last: date, area: str = "everywhere", **more: Any) -> t.Authority:
        row = {"id": f"{function}-{first}", "function": function, "from_date": first, "to_date": last, "area": area}
        text = {"reference": "Paragraph 2", "adopted": min(start, first), "source": "text"}
        return t.Authority.model_validate({**row, **text, **more})

    rows = [
        authority("withdraw", start, deadline),
        authority("secure_movements", start, deadline, "along_routes"),
        authority("protect_un", start, deadline),
        authority("protect_civilians", start, making.date(making.deadline // 2), "immediate_vicinity"),
    ]
    after = deadline + timedelta(days=1)
    stays = tuple(site.id for site in making.sites if site.liquidation)
    if stays and after <= end:
        places = (*stays, *(way_out.id for way_out in making.exits)) if making.chance(0.7) else ()
        rows += [
            authority("liquidate", after, end, "sites", places=places),
            authority("guard_liquidation", after, end, "sites", places=stays),
            authority("rear_party", after, end, "sites", places=stays),
        ]
    making.rows["authorities"] = rows
    making.rows["obligations"] = [
        t.Obligation(id="transfer", name="Transfer plan", kind="plan", due=making.date(30), reference="Paragraph 3")
    ]
    making.rows["settlements"] = [
        t.Settlement(id=f"village-{s.id}", name=f"Village of {s.name}", lat=s.lat, lon=s.lon, population=5000)
        for s in making.sites
        if s.protection_radius_km
    ]
