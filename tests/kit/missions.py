"""A small sound mission that uses every table, and helpers to change one thing in it.

An outpost is drawn in to a camp, the camp to the base, and the base leaves by an airport (people) and a
port (equipment). Places lie in Mali because the base map knows it; everything else is invented.

    mission = small_mission()
    broken = change(mission, "legs", "post_camp", km=10)
    faults = faults_in(broken)
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from drawdown.mission import tables as t
from drawdown.mission.checks import check_mission
from drawdown.mission.faults import Fault
from drawdown.mission.mission import Mission
from drawdown.mission.row import Row
from drawdown.mission.vocabulary import TABLES

CESSATION, DEADLINE, LIQUIDATION_END = date(2025, 7, 1), date(2025, 12, 31), date(2026, 6, 30)
AFTER_DEADLINE = date(2026, 1, 1)

HEADER = t.Header(
    format=1,
    id="small",
    name="Small Mission",
    host="MLI",
    cessation=CESSATION,
    deadline=DEADLINE,
    liquidation_end=LIQUIDATION_END,
    capable_force=80,
    person_day_usd=90,
)
PHASES = (
    t.Phase(id="one", name="Phase one", from_date=CESSATION, to_date=date(2025, 9, 30)),
    t.Phase(id="two", name="Phase two", from_date=date(2025, 10, 1), to_date=DEADLINE),
)
SEASONS = (t.Season(id="rains", name="Rains", from_day="06-15", to_day="09-15"),)
COURSES = (
    t.Course(id="balanced", name="Balanced", time=20_000, risk=1_000_000, equipment=1, protection=0.5, cost=1),
    t.Course(id="fast", name="Fast", time=200_000, risk=1_000_000, equipment=0.5, protection=0, cost=0.5),
)
CREWS = (t.Crew(id="closing", name="Closing crew", count=2), t.Crew(id="environment", name="Inspectors", count=1))
DISPOSAL_GROUPS = (
    t.DisposalGroup(id="I", name="For other missions", dispositions=("repatriate", "redeploy", "scrap", "destroy")),
    t.DisposalGroup(
        id="V", name="Installed", dispositions=("repatriate", "hand_over", "scrap", "destroy"), offer_days=20
    ),
)
SITES = (
    t.Site(
        id="base",
        name="Base",
        kind="headquarters",
        lat=12.65,
        lon=-8.0,
        liquidation=True,
        runway_surface="paved",
        runway_m=3200,
        flights_per_day=8,
        airfield_unit=True,
        guard=50,
        environmental_work="fuel farm",
        protection_radius_km=20,
        hazard_class="calm",
        running_usd_per_day=20_000,
    ),
    t.Site(
        id="camp",
        name="Camp",
        kind="camp",
        lat=14.53,
        lon=-4.09,
        hub="base",
        phase="two",
        runway_surface="unpaved",
        runway_m=1900,
        flights_per_day=4,
        guard=60,
        protection_radius_km=20,
        hazard_class="risky",
        running_usd_per_day=10_000,
    ),
    t.Site(
        id="post",
        name="Post",
        kind="outpost",
        lat=15.0,
        lon=-2.95,
        hub="camp",
        phase="one",
        runway_surface="helipad",
        flights_per_day=2,
        guard=20,
        becomes="landowner",
        protection_radius_km=10,
        hazard_class="risky",
        running_usd_per_day=2_000,
    ),
)
EXITS = (
    t.Exit(
        id="airport",
        name="Airport",
        kind="airport",
        country="MLI",
        lat=12.53,
        lon=-7.95,
        takes=("people",),
        people_per_day=300,
        runway_surface="paved",
        runway_m=3200,
        runway_night=True,
        flights_per_day=10,
    ),
    t.Exit(
        id="port",
        name="Port",
        kind="port",
        country="SEN",
        lat=14.68,
        lon=-17.43,
        takes=("equipment",),
        teu_per_day=60,
    ),
)
UNITS = (
    t.Unit(id="company", name="Company", contributor="TGO", kind="infantry", site="post", strength=120, armed=True),
    t.Unit(
        id="battalion",
        name="Battalion",
        contributor="BGD",
        kind="infantry",
        site="camp",
        strength=400,
        armed=True,
        enables=("escort",),
        escort_platoons=4,
        rear_party=20,
    ),
    t.Unit(
        id="ordnance",
        name="Ordnance Disposal",
        contributor="NPL",
        kind="eod",
        site="camp",
        strength=30,
        enables=("eod",),
        eod_teams=2,
    ),
    t.Unit(
        id="engineers",
        name="Engineers",
        contributor="KHM",
        kind="engineers",
        site="camp",
        strength=80,
        enables=("engineering",),
    ),
    t.Unit(
        id="airfield",
        name="Airfield Unit",
        contributor="BGD",
        kind="airfield",
        site="base",
        strength=35,
        enables=("airfield",),
    ),
    t.Unit(
        id="hospital",
        name="Hospital",
        contributor="NGA",
        kind="medical",
        site="base",
        strength=40,
        enables=("medical",),
        stays=5,
        stays_at="base",
        exits=("airport",),
    ),
    t.Unit(
        id="guards",
        name="Guard Unit",
        contributor="SEN",
        kind="guard",
        site="base",
        strength=150,
        armed=True,
        enables=("guard",),
        stays=60,
        stays_at="base",
    ),
    t.Unit(
        id="staff",
        name="International Staff",
        contributor="UN",
        kind="civilian_international",
        site="base",
        strength=80,
        stays=20,
        stays_at="base",
    ),
    t.Unit(
        id="national",
        name="National Staff",
        contributor="UN",
        kind="civilian_national",
        site="base",
        strength=60,
        separates=True,
        earliest=date(2025, 9, 1),
        latest=DEADLINE,
    ),
)


_HOME = ("repatriate", "scrap", "destroy")
_UN: dict[str, Any] = {"owner": "un", "asset_group": "I", "dispositions": _HOME}
_INSTALLED: dict[str, Any] = {
    "owner": "un", "asset_group": "V", "dispositions": ("hand_over", "scrap"), "life_support": True, "priority": 5,
}  # fmt: skip
_DRIVEN: dict[str, Any] = {"self_propelled": True, "seats_each": 4}


def _of(unit: str) -> dict[str, Any]:
    site = next(row.site for row in UNITS if row.id == unit)
    return {"owner": "contingent", "unit": unit, "site": site, "dispositions": _HOME}


def _lots(*rows: dict[str, Any]) -> tuple[t.Lot, ...]:
    return tuple(t.Lot.model_validate(row) for row in rows)


EQUIPMENT = _lots(
    {
        **_of("company"), **_DRIVEN, "id": "post_carriers", "name": "Carriers", "kind": "armour", "count": 6,
        "priority": 1, "teu_each": 1.5, "tonnes_each": 12, "value_each": 200_000,
    },
    {
        **_of("company"), "id": "post_stores", "name": "Stores", "kind": "container", "count": 8,
        "teu_each": 1, "tonnes_each": 9, "value_each": 20_000,
    },
    {
        **_of("company"), "id": "post_kitchen", "name": "Kitchen", "kind": "generator", "count": 2,
        "life_support": True, "teu_each": 0.5, "tonnes_each": 3, "value_each": 15_000,
    },
    {
        **_of("battalion"), "id": "camp_weapons", "name": "Weapons", "kind": "weapons", "count": 4,
        "priority": 1, "sensitive": True, "teu_each": 1, "tonnes_each": 6, "value_each": 500_000,
    },
    {
        **_of("battalion"), **_DRIVEN, "id": "camp_trucks", "name": "Unit trucks", "kind": "heavy_vehicle", "count": 20,
        "teu_each": 2, "tonnes_each": 10, "value_each": 60_000,
    },
    {
        **_of("battalion"), "id": "camp_stores", "name": "Stores", "kind": "container", "count": 30,
        "teu_each": 1, "tonnes_each": 10, "value_each": 20_000,
    },
    {
        **_INSTALLED, "id": "camp_water", "name": "Water plant", "site": "camp", "kind": "water_plant", "count": 2,
        "teu_each": 1, "tonnes_each": 8, "value_each": 80_000,
    },
    {
        **_of("engineers"), "id": "plant", "name": "Engineering plant", "kind": "engineering_plant", "count": 5,
        "teu_each": 2, "tonnes_each": 18, "value_each": 150_000,
    },
    {
        **_UN, **_DRIVEN, "id": "base_cars", "name": "Cars", "site": "base", "kind": "light_vehicle", "count": 25,
        "teu_each": 0.8, "tonnes_each": 2.5, "value_each": 12_000,
    },
    {
        **_UN, "id": "base_stores", "name": "Stores", "site": "base", "kind": "container", "count": 60,
        "priority": 4, "teu_each": 1, "tonnes_each": 11, "value_each": 25_000,
    },
    {
        **_INSTALLED, "id": "base_power", "name": "Power station", "site": "base", "kind": "generator", "count": 4,
        "teu_each": 1, "tonnes_each": 12, "value_each": 120_000,
    },
)  # fmt: skip
LEGS = (
    t.Leg(
        id="post_camp",
        from_place="post",
        to_place="camp",
        mode="road",
        km=170,
        nominal_days=1,
        contested_days=3,
        convoy_limit=40,
        headway_days=2,
        escort_platoons=1,
        eod=True,
        season="rains",
        season_factor=1.5,
        clearance_class="north_road",
        hazard_class="north_road",
    ),
    t.Leg(
        id="camp_base",
        from_place="camp",
        to_place="base",
        mode="road",
        km=640,
        nominal_days=3,
        contested_days=5,
        convoy_limit=60,
        headway_days=1,
        escort_platoons=1,
        clearance_class="north_road",
        hazard_class="north_road",
    ),
    t.Leg(id="base_airport", from_place="base", to_place="airport", mode="road", km=18, nominal_days=0.1),
    t.Leg(id="base_port", from_place="base", to_place="port", mode="road", km=1390, nominal_days=6, convoy_limit=100),
    t.Leg(
        id="post_camp_air",
        from_place="post",
        to_place="camp",
        mode="air",
        km=135,
        nominal_days=0.1,
        clearance_class="flights",
    ),
    t.Leg(
        id="camp_base_air",
        from_place="camp",
        to_place="base",
        mode="air",
        km=475,
        nominal_days=0.2,
        clearance_class="flights",
    ),
    t.Leg(
        id="camp_airport_air",
        from_place="camp",
        to_place="airport",
        mode="air",
        km=480,
        nominal_days=0.2,
        clearance_class="flights",
    ),
)
LIFT = (
    t.Lift(
        id="trucks",
        name="Trucks",
        kind="truck",
        mode="road",
        base="camp",
        count=20,
        availability=0.8,
        teu=2,
        tonnes=20,
        seats=2,
        usd_per_km=2,
    ),
    t.Lift(
        id="hauliers",
        name="Hauliers",
        kind="haulier",
        mode="road",
        base="base",
        count=50,
        teu=2,
        tonnes=25,
        commercial=True,
        usd_per_km=3,
    ),
    t.Lift(
        id="buses",
        name="Buses",
        kind="bus",
        mode="road",
        base="base",
        count=6,
        seats=40,
        commercial=True,
        usd_per_km=1,
    ),
    t.Lift(
        id="helicopters",
        name="Helicopters",
        kind="helicopter",
        mode="air",
        base="camp",
        count=2,
        tonnes=3,
        teu=0.5,
        seats=16,
        sorties_per_day=2,
        range_km=500,
        runway_surfaces=("helipad", "unpaved", "paved"),
        casevac=True,
        usd_per_day=9_000,
    ),
    t.Lift(
        id="aeroplane",
        name="Aeroplane",
        kind="aeroplane",
        mode="air",
        base="base",
        count=1,
        teu=2,
        tonnes=15,
        seats=70,
        sorties_per_day=2,
        range_km=2000,
        runway_m=1500,
        runway_surfaces=("unpaved", "paved"),
        usd_per_day=20_000,
    ),
)
CLEARANCES = (
    t.Clearance(
        id="north_road_ask", clearance_class="north_road", mode="road", area="North", state="ask", lead_days=5,
        refusal=0.1,
    ),
    t.Clearance(id="flights_ask", clearance_class="flights", mode="air", area="All", state="ask", lead_days=2),
)  # fmt: skip
_COUNTED = {"from_date": date(2024, 7, 1), "to_date": date(2025, 6, 30)}
HAZARDS = (
    t.Hazard(
        id="north_ied", hazard_class="north_road", kind="ied", events=6, exposure=90_000, exposure_unit="vehicle_km",
        delay_days=1, vehicles_lost=0.5, casualties=0.8, **_COUNTED,
    ),
    t.Hazard(
        id="risky_fire", hazard_class="risky", kind="indirect_fire", events=3, exposure=700, exposure_unit="site_days",
        casualties=0.5, **_COUNTED,
    ),
    t.Hazard(
        id="calm_fire", hazard_class="calm", kind="indirect_fire", events=0, exposure=365, exposure_unit="site_days",
        **_COUNTED,
    ),
)  # fmt: skip


def _authority(function: str, first: date, last: date, area: str = "everywhere", **more: Any) -> t.Authority:
    row = {"id": function, "function": function, "from_date": first, "to_date": last, "area": area, **more}
    return t.Authority.model_validate(
        {**row, "reference": "Resolution 1, paragraph 2", "adopted": date(2025, 6, 30), "source": "resolution"}
    )


AUTHORITIES = (
    _authority("withdraw", CESSATION, DEADLINE),
    _authority("secure_movements", CESSATION, DEADLINE, area="along_routes"),
    _authority("protect_un", CESSATION, DEADLINE),
    _authority("protect_civilians", CESSATION, date(2025, 9, 30), area="immediate_vicinity"),
    _authority("liquidate", AFTER_DEADLINE, LIQUIDATION_END, places=("base", "port", "airport")),
    _authority("guard_liquidation", AFTER_DEADLINE, LIQUIDATION_END, places=("base",)),
    _authority("rear_party", AFTER_DEADLINE, LIQUIDATION_END),
)
OBLIGATIONS = (
    t.Obligation(
        id="transfer_plan", name="Plan for the transfer of tasks", kind="plan", due=date(2025, 8, 15),
        owed_by="Secretary-General", owed_to="Security Council", reference="Resolution 1, paragraph 3",
        source="resolution",
    ),
)  # fmt: skip
MANDATE_EVENTS = (
    t.MandateEvent(
        id="terminated", day=CESSATION, kind="terminated", name="The mandate is terminated",
        reference="Resolution 1, paragraph 1", votes="15 for", source="resolution",
    ),
    t.MandateEvent(
        id="withdrawal_by", day=DEADLINE, kind="withdrawal_by", name="The withdrawal is to be complete",
        reference="Resolution 1, paragraph 2", source="resolution",
    ),
    t.MandateEvent(
        id="liquidation", day=AFTER_DEADLINE, kind="liquidation_from", name="Liquidation begins",
        until=LIQUIDATION_END, reference="Resolution 1, paragraph 4", source="resolution",
    ),
)  # fmt: skip
SETTLEMENTS = (t.Settlement(id="village", name="Village", lat=15.05, lon=-2.94, population=8_000),)
_BEFORE = {"moment": "before_last_out", "crew": "closing"}
CLOSURE_STEPS = (
    t.ClosureStep(id="pack", name="Pack and mark", days=3, **_BEFORE),
    t.ClosureStep(
        id="clean", name="Clean up", site_kinds=("camp", "outpost"), after=("pack",), days=4, max_stock_share=0.5,
        needs="engineering", **_BEFORE,
    ),
    t.ClosureStep(
        id="certify", name="Environmental clearance", after=("pack", "clean"), days=2, crew="environment",
        max_stock_share=0.5, role="environmental_clearance",
    ),
    t.ClosureStep(id="hand", name="Handover", after=("certify",), days=1, role="handover"),
)  # fmt: skip
SOURCES = (
    t.Source(id="resolution", title="Resolution 1", kind="un_document", published=date(2025, 6, 30)),
    t.Source(id="briefing", title="Briefing to the Council", kind="un_document", published=date(2025, 7, 2)),
    t.Source(id="paper", title="A newspaper", kind="press", published=date(2025, 7, 4)),
)
_INVENTED = (
    "sites", "exits", "units", "equipment", "legs", "lift", "clearances", "hazards", "settlements", "closure_steps",
)  # fmt: skip


def _reported(**values: Any) -> t.Claim:
    return t.Claim.model_validate({"basis": "reported", "as_of": date(2025, 7, 1), **values})


CLAIMS = (
    t.Claim(id="mission_dates", table="mission", row="*", column="*", basis="assumed", reason="Invented for tests."),
    *(
        t.Claim(id=f"{table}_all", table=table, row="*", column="*", basis="assumed", reason="Invented for tests.")
        for table in _INVENTED
    ),
    _reported(
        id="company_strength", table="units", row="company", column="strength", value="120", source="briefing",
        reason="The briefing counts people.",
    ),
    _reported(
        id="company_strength_paper", table="units", row="company", column="strength", value="150", source="paper",
        adopted=False, reason="The newspaper rounds.",
    ),
    _reported(
        id="wounded", topic="Wounded in June", value="3", source="briefing", reason="The mission's own count.",
    ),
    _reported(id="wounded_paper", topic="Wounded in June", value="5", source="paper", adopted=False),
)  # fmt: skip
WHAT_IFS = (
    t.WhatIf(
        id="more_trucks", what_if="more_trucks", name="Ten more trucks", table="lift", row="trucks", column="count",
        value="30",
    ),
)  # fmt: skip
ACTUALS = (
    t.Actual(
        id="first_convoy", happened=date(2025, 7, 8), recorded=date(2025, 7, 9), kind="departure", place="post",
        unit="company", count=40, count_of="people", source="paper",
    ),
)  # fmt: skip


def small_mission(**tables: Any) -> Mission:
    """The small mission with whole tables replaced: ``small_mission(lift=(), mission={"pace": 1})``.

    Rows are row objects or dicts; ``mission`` changes single values of the header.
    """
    body = {table: globals()[table.upper()] for table in TABLES if table != "mission"}
    header = {**HEADER.values(), **tables.pop("mission", {})}
    return Mission(mission=t.Header(**header), **{**body, **tables})


def row_of(mission: Mission, table: str, name: str) -> Row:
    """A row of a table by its id."""
    return next(row for row in mission.rows(table) if vars(row)["id"] == name)


def change(mission: Mission, table: str, name: str, /, **values: Any) -> Mission:
    """The mission with some values of one row changed (of the header, if the table is ``mission``)."""
    row = row_of(mission, table, name)
    changed = type(row).model_validate({**dict(row), **values})
    rows = tuple(changed if other is row else other for other in mission.rows(table))
    return _with_rows(mission, table, rows)


def add(mission: Mission, table: str, like: str, /, **values: Any) -> Mission:
    """The mission with one row more: a copy of the row ``like`` with some values changed (its id among them)."""
    row = row_of(mission, table, like)
    return _with_rows(mission, table, (*mission.rows(table), type(row).model_validate({**dict(row), **values})))


def drop(mission: Mission, table: str, *ids: str) -> Mission:
    """The mission without some rows of a table."""
    return _with_rows(mission, table, (row for row in mission.rows(table) if vars(row)["id"] not in ids))


def _with_rows(mission: Mission, table: str, rows: Iterable[Row]) -> Mission:
    tables: dict[str, Any] = {name: mission.rows(name) for name in TABLES if name != "mission"}
    tables["mission"] = mission.mission
    rows = tuple(rows)
    tables[table] = rows[0] if table == "mission" else rows
    return Mission(**tables)


def faults_in(mission: Mission, *severities: str) -> list[Fault]:
    """What ``check_mission`` finds, of all severities or of some."""
    return [fault for fault in check_mission(mission) if not severities or fault.severity in severities]
