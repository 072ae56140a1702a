"""What chance needs in the MINUSMA mission: its spreads and counts have a basis, and its what-ifs can be asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import drawdown
from drawdown.files import read_mission
from drawdown.mission.basis import value_bases
from drawdown.mission.checks import check_mission
from drawdown.mission.mission import Mission
from drawdown.mission.what_if import changed_mission, plan_shift, what_ifs

FOLDER = Path(drawdown.__file__).parent / "missions" / "minusma"
KIDAL_REGION = ("tessalit", "aguelhok", "kidal")


@pytest.fixture(scope="module")
def minusma() -> Mission:
    mission = read_mission(FOLDER).mission
    assert mission is not None
    return mission


def basis(mission: Mission, table: str, row: str, column: str) -> str | None:
    number = [vars(one)["id"] for one in mission.rows(table)].index(row)
    return next(found for spot, found in value_bases(mission) if spot == (table, number, column))


def test_blocks_are_those_that_documents_name(minusma: Mission) -> None:
    """Counted over 914 days, 1 July 2021 to 31 December 2023, with the length that their dates give."""
    over = (date(2023, 12, 31) - date(2021, 7, 1)).days + 1
    counted = [row for row in minusma.clearances if row.blocks]
    assert {row.blocks_over_days for row in counted} == {over}
    mean = {row.clearance_class: row.block_days for row in counted}
    rotations = (date(2022, 8, 15) - date(2022, 7, 14)).days + 1
    lorries = next(row for row in minusma.clearances if row.id == "block-road-kidal-2023-09")
    assert lorries.from_date is not None
    assert lorries.to_date is not None
    held = (lorries.to_date - lorries.from_date).days + 1
    assert (mean["rotation"], mean["road-kidal"], mean["air-east"]) == (rotations, held, 2.5)
    assert {basis(minusma, "clearances", row.id, "block_days") for row in counted} == {"derived"}


def test_the_corridor_of_niger_closed_once_in_the_days_of_the_mission(minusma: Mission) -> None:
    (closing,) = [row for row in minusma.hazards if row.kind == "closing"]
    assert (closing.events, closing.exposure_unit, closing.delay_days) == (1, "days", 120)
    assert closing.exposure == (closing.to_date - closing.from_date).days + 1
    users = {leg.id for leg in minusma.legs if leg.hazard_class == closing.hazard_class}
    assert users == {"gao-niamey-road", "ansongo-labbezanga-road"}


def test_two_of_the_three_camps_of_the_kidal_region_had_no_handover(minusma: Mission) -> None:
    """Jeffreys' mean of a share: half an event more on either side than was counted."""
    for site in minusma.sites:
        left, out_of = (2, 3) if site.id in KIDAL_REGION else (0, 10)
        assert site.no_handover == pytest.approx((left + 0.5) / (out_of + 1), abs=0.006)
    assert basis(minusma, "sites", "kidal", "no_handover") == "derived"


def test_figures_on_which_sources_differ_are_claims_on_their_cells(minusma: Mission) -> None:
    def figures(table: str, row: str, column: str) -> tuple[set[str], set[str]]:
        about = [c for c in minusma.claims if (c.table, c.row, c.column) == (table, row, column) and c.value]
        return {c.value or "" for c in about if c.adopted}, {c.value or "" for c in about if not c.adopted}

    assert figures("legs", "kidal-gao-road", "km") == ({"350"}, {"352", "400"})
    assert figures("legs", "kidal-gao-road", "nominal_days") == ({"1.5"}, {"1"})
    assert figures("hazards", "ied-kidal-2023", "events") == ({"10"}, {"6"})
    assert figures("hazards", "ied-kidal-2023", "casualties") == ({"4.1"}, {"3"})


def test_roads_of_the_north_are_resupplied_by_the_flights_of_their_sector(minusma: Mission) -> None:
    flights = {leg.hazard_class: leg.resupply_class for leg in minusma.legs if leg.resupply_class}
    assert flights == {
        "road-kidal": "air-east", "road-gao": "air-east", "road-border": "air-east", "road-timbuktu": "air-west",
        "road-mopti": "air-centre",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("what_if", "tables", "shift"),
    [
        ("cleared-24-september", {"clearances"}, 0),
        ("helicopters", {"lift"}, 0),
        ("niger-open", {"legs", "exits", "hazards"}, 0),
        ("two-weeks-earlier", {"mission", "authorities"}, -14),
        ("more-lorries", {"lift"}, 0),
        ("air-cleared", {"clearances"}, 0),
        ("protection-to-december", {"authorities"}, 0),
    ],
)
def test_what_might_be_otherwise(minusma: Mission, what_if: str, tables: set[str], shift: int) -> None:
    changed = changed_mission(minusma, what_if)
    differ = {table for table in Mission.model_fields if getattr(changed, table) != getattr(minusma, table)}
    assert differ - {"claims"} == tables
    assert plan_shift(minusma, what_if) == shift
    assert not [fault for fault in check_mission(changed) if fault.severity == "fault"]


def test_every_what_if_of_the_mission_is_shown_above(minusma: Mission) -> None:
    assert what_ifs(minusma) == {
        "cleared-24-september": "200 lorries cleared on 24 September",
        "helicopters": "Two more helicopters at Gao",
        "niger-open": "Niger stays open",
        "two-weeks-earlier": "Start two weeks earlier",
        "more-lorries": "A company of 60 more lorries at Gao",
        "air-cleared": "Every flight in the east cleared",
        "protection-to-december": "Protection of civilians to 31 December",
    }


def test_the_road_of_the_lorries_is_open_from_the_day_on_which_they_stood_by(minusma: Mission) -> None:
    changed = changed_mission(minusma, "cleared-24-september")
    row = next(row for row in changed.clearances if row.id == "block-road-kidal-2023-09")
    assert (row.state, row.from_date, row.to_date) == ("open", date(2023, 9, 24), date(2023, 10, 31))
    assert row.known_on is None
    assert not [r for r in changed.clearances if r.clearance_class == "road-kidal" and r.state == "blocked"]


def test_no_flight_in_the_east_is_refused_late_or_blocked(minusma: Mission) -> None:
    changed = changed_mission(minusma, "air-cleared")
    east = [row for row in changed.clearances if row.clearance_class == "air-east" and row.state == "ask"]
    assert {(row.refusal, row.asked, row.refused, row.late, row.blocks) for row in east} == {(0, 0, 0, 0, 0)}
