"""The rows that each constraint family makes of the smallest mission that needs it, as golden files.

DRAWDOWN_GOLDEN=1 pytest tests/planner/relaxation/test_golden.py    writes them anew: read what has changed
"""

import os
from pathlib import Path

import pytest

from drawdown.mission import tables as t
from drawdown.planner.relaxation.bound import relax
from drawdown.planner.relaxation.families import families
from drawdown.planner.relaxation.listing import family_text
from kit.five_lines import BASE, GUARDS, LORRY, PORT, ROAD, day, five_lines, lot

GOLDEN = Path(__file__).parent / "golden"

THREE_DAYS = {"mission": {"deadline": day(3), "liquidation_end": day(3)}}
FOR_SALE = lot("beds", owner="un", unit=None, asset_group="III", dispositions=("sell", "destroy"))
OFFERED = t.DisposalGroup(id="III", name="III", dispositions=("sell", "destroy"), offer_days=2)
CAR = lot("car", kind="light_vehicle", self_propelled=True, seats_each=4)
PACK = {"id": "pack", "name": "Pack", "days": 1, "moment": "before_last_out"}
NARROW = ROAD.model_copy(update={"convoy_limit": 3, "headway_days": 2})
FIELD = {"runway_surface": "paved", "runway_m": 2000, "flights_per_day": 4}
PLANE = LORRY.model_copy(update={"id": "plane", "kind": "aeroplane", "mode": "air", "sorties_per_day": 2, "teu": 1})
FLYING = {
    "sites": (BASE.model_copy(update=FIELD),), "exits": (PORT.model_copy(update=FIELD),), "lift": (PLANE, LORRY),
    "legs": (ROAD, ROAD.model_copy(update={"id": "sky", "mode": "air"})),
}  # fmt: skip
STORES = {"equipment": (lot("stores"),)}
DRIVEN = {"equipment": (lot("stores"), CAR)}

#: What each family needs beyond the smallest mission, of three days.
NEEDS = {
    "closes_once": {},
    "closure_crews": {
        "crews": (t.Crew(id="packers", name="Packers", count=1),),
        "closure_steps": (t.ClosureStep(**PACK, crew="packers"),),
    },
    "people_conserved": {"units": (GUARDS, GUARDS.model_copy(update={"id": "clerks", "separates": True}))},
    "exit_capacity_people": {"exits": (PORT.model_copy(update={"open_from": day(2)}),)},
    "exit_capacity_equipment": STORES,
    "equipment_conserved": {"equipment": (FOR_SALE,), "disposal_groups": (OFFERED,)},
    "nothing_left_behind": STORES,
    "clean_up_after_emptying": {**STORES, "closure_steps": (t.ClosureStep(**PACK, max_stock_share=0.5),)},
    "transit_conserved": STORES,
    "travel_time": {**STORES, "legs": (ROAD.model_copy(update={"nominal_days": 2}),)},
    "yards": {**STORES, "sites": (BASE.model_copy(update={"yard_teu": 2}),)},
    "way_out_of_site": {**DRIVEN, "legs": (NARROW, NARROW.model_copy(update={"id": "track"}))},
    "somewhere": DRIVEN,
    "on_the_road": DRIVEN,
    "no_longer_than_it_takes": DRIVEN,
    "flows_join": {**FLYING, "equipment": (lot("stores"), FOR_SALE, CAR), "disposal_groups": (OFFERED,)},
    "capacity": {**FLYING, **STORES},
    "lift_where_used": STORES,
    "convoy_size": {**DRIVEN, "legs": (NARROW,)},
    "drivers_leave": DRIVEN,
    "guard": {**STORES, "sites": (BASE.model_copy(update={"guard": 3}),)},
    "rear_party": {**STORES, "units": (GUARDS.model_copy(update={"rear_party": 2}),)},
    "protection": {
        "sites": (BASE.model_copy(update={"protection_radius_km": 10}),),
        "settlements": (t.Settlement(id="town", name="Town", lat=14.0, lon=-5.0, population=1_000),),
        "authorities": tuple(
            t.Authority(id=f, function=f, from_date=day(0), to_date=day(2), area="everywhere", reference="1")
            for f in ("withdraw", "protect_un", "protect_civilians")
        ),
    },
}  # fmt: skip


def test_every_family_has_its_golden_file():
    names = [family.name for family in families()]
    assert list(NEEDS) == names
    assert sorted(path.stem for path in GOLDEN.glob("*.lp")) == sorted(names)


@pytest.mark.parametrize("name", NEEDS)
def test_the_rows_of_a_family_are_those_of_its_golden_file(name):
    mission = five_lines(**THREE_DAYS, **NEEDS[name])
    text, path = family_text(relax(mission, mission.courses[0]), name), GOLDEN / f"{name}.lp"
    if os.environ.get("DRAWDOWN_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text.count("\n") > 5, "the mission is too small for the family: it has no rows"
    assert text == path.read_text(encoding="utf-8")


def test_rows_and_columns_of_the_largest_families_have_each_their_own_name():
    mission = five_lines(**THREE_DAYS, **NEEDS["flows_join"])
    model = relax(mission, mission.courses[0])
    for name, columns in model.x.items():
        assert tuple(len(axis) for axis in model.program.axes[name]) == columns.shape
        assert all(len(set(axis)) == len(axis) for axis in model.program.axes[name])
