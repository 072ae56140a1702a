"""The MINUSMA mission says what its documents say: totals, known strengths, days, blocks and contradictions."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import drawdown
from drawdown.files import read_mission
from drawdown.mission.basis import conflicts, count_basis, rows_by_id, table_value, totals
from drawdown.mission.checks import check_mission
from drawdown.mission.geography import great_circle_km
from drawdown.mission.mission import Mission
from drawdown.mission.tables import Unit
from drawdown.mission.values import same_value

FOLDER = Path(drawdown.__file__).parent / "missions" / "minusma"
ALL_SITES = {
    "ogossagou", "ber", "goundam", "menaka", "douentza", "tessalit", "aguelhok", "kidal", "ansongo", "mopti",
    "bamako", "timbuktu", "gao",
}  # fmt: skip


@pytest.fixture(scope="module")
def minusma() -> Mission:
    reading = read_mission(FOLDER)
    assert reading.faults == ()
    assert reading.mission is not None
    return reading.mission


def people(mission: Mission, wanted: Callable[[Unit], bool]) -> int:
    return sum(unit.strength for unit in mission.units if wanted(unit))


def is_police(unit: Unit) -> bool:
    return unit.kind in {"formed_police", "individual_police"}


def is_civilian(unit: Unit) -> bool:
    return unit.kind.startswith("civilian_")


def is_military(unit: Unit) -> bool:
    return not is_police(unit) and not is_civilian(unit)


def test_it_is_sound_and_warns_only_of_the_guard_that_timbuktu_lacks(minusma: Mission) -> None:
    found = check_mission(minusma)
    assert [fault for fault in found if fault.severity == "fault"] == []
    warned = [fault.spot for fault in found if fault.severity == "warning"]
    assert [(spot.table, spot.column) for spot in warned] == [("sites", "guard")]
    assert minusma.sites[warned[0].row or 0].id == "timbuktu"


def test_totals_are_those_published(minusma: Mission) -> None:
    size = totals(minusma)
    assert (size.sites, size.uniformed, size.civilians) == (13, 12_947, 1_786)
    assert size.teu == pytest.approx(5_500, abs=25)
    assert size.vehicles == pytest.approx(4_000, abs=25)
    assert {site.id for site in minusma.sites} == ALL_SITES


def test_those_who_must_leave_the_country_are_13871(minusma: Mission) -> None:
    assert people(minusma, lambda u: not u.separates) == 13_871
    assert people(minusma, lambda u: u.kind == "civilian_international") == 924
    assert people(minusma, lambda u: u.kind == "civilian_national" and u.separates) == 862


@pytest.mark.parametrize(("contributor", "strength"), [("SEN", 1_295), ("CIV", 900), ("DEU", 700), ("CHN", 395 + 25)])
def test_known_contingents(minusma: Mission, contributor: str, strength: int) -> None:
    assert people(minusma, lambda u: u.contributor == contributor) == strength


def test_timbuktu_region_and_kidal_add_up(minusma: Mission) -> None:
    west = {"timbuktu", "ber", "goundam"}
    assert people(minusma, lambda u: u.site in west and is_military(u)) == 1_867
    assert people(minusma, lambda u: u.site in west and is_police(u)) == 173
    assert people(minusma, lambda u: u.site in west and is_civilian(u)) == 226
    troops = people(minusma, lambda u: u.site == "kidal" and is_military(u) and u.kind != "staff_officers")
    assert (troops, people(minusma, lambda u: u.site == "kidal")) == (850, 1_000)


def test_known_units(minusma: Mission) -> None:
    assert minusma.unit["gao-egypt-bn"].strength == 460
    assert minusma.unit["gao-egypt-bn"].latest == date(2023, 7, 28)
    assert minusma.unit["douentza-togo-bn"].strength == 650
    assert minusma.unit["goundam-bangladesh-fpu"].strength == 125
    assert people(minusma, lambda u: u.kind == "staff_officers") == 97
    assert people(minusma, lambda u: u.kind == "individual_police") >= 184
    assert {u.stays_at for u in minusma.units if u.kind == "guard" and u.stays} == {"bamako", "gao"}


def test_every_kind_of_enabling_unit_is_there(minusma: Mission) -> None:
    there = {word for unit in minusma.units for word in unit.enables}
    assert there == {"escort", "eod", "airfield", "engineering", "medical", "transport", "guard"}


def test_contingents_have_about_5000_containers_and_germany_350_vehicles(minusma: Mission) -> None:
    own = [lot for lot in minusma.equipment if lot.owner == "contingent"]
    assert sum(lot.count * lot.teu_each for lot in own if not lot.self_propelled) == pytest.approx(5_000, rel=0.03)
    german = [lot for lot in own if lot.unit and minusma.unit[lot.unit].contributor == "DEU"]
    assert sum(lot.count for lot in german if lot.self_propelled) == 350
    assert {lot.owner for lot in minusma.equipment} == {"contingent", "un", "contractor"}


def test_arms_go_home_or_are_destroyed_and_installed_assets_stay(minusma: Mission) -> None:
    for lot in minusma.equipment:
        if lot.owner == "contingent" and (lot.kind in {"weapons", "ammunition", "armour", "aircraft"} or lot.sensitive):
            assert set(lot.dispositions) == {"repatriate", "destroy"}
        if lot.asset_group == "V":
            assert (lot.teu_each, "hand_over" in lot.dispositions) == (0, True)


def test_hubs_phases_and_liquidation_sites(minusma: Mission) -> None:
    hub = {site.id: site.hub for site in minusma.sites}
    assert {s for s in hub if hub[s] == "gao"} == {"menaka", "ansongo", "tessalit", "aguelhok", "kidal"}
    assert {s for s in hub if hub[s] == "timbuktu"} == {"ber", "goundam"}
    assert {s for s in hub if hub[s] == "mopti"} == {"ogossagou", "douentza"}
    assert hub["bamako"] is None
    assert {site.id for site in minusma.sites if site.liquidation} == {"bamako", "gao", "timbuktu"}
    assert {site.id for site in minusma.sites if site.phase == "phase-1"} == {"ogossagou", "ber", "goundam", "menaka"}
    assert {site.becomes for site in minusma.sites} == {"civilian_authority"}


def test_legs_are_no_shorter_than_the_great_circle(minusma: Mission) -> None:
    for leg in minusma.legs:
        ends = minusma.place[leg.from_place], minusma.place[leg.to_place]
        assert leg.km >= great_circle_km(ends[0].lat, ends[0].lon, ends[1].lat, ends[1].lon)


def test_roads_that_documents_measure(minusma: Mission) -> None:
    km = {leg.id: leg.km for leg in minusma.legs if leg.mode == "road"}
    assert (km["ber-timbuktu-road"], km["kidal-gao-road"], km["mopti-bamako-road"]) == (57, 350, 646)
    assert km["mopti-bamako-road"] + km["douentza-mopti-road"] + km["douentza-gao-road"] == 1_222
    assert (km["bamako-dakar-road"], km["bamako-abidjan-road"]) == (1_387, 1_238)


def test_niger_closes_overnight(minusma: Mission) -> None:
    assert minusma.exit["niamey"].open_to == date(2023, 7, 26)
    assert minusma.leg["gao-niamey-road"].open_to == date(2023, 7, 26)
    users = {unit.contributor for unit in minusma.units if "labbezanga" in unit.exits}
    assert users == {"NER"}


def test_refusals_and_the_block_of_the_lorries(minusma: Mission) -> None:
    flights = [row for row in minusma.clearances if row.id in {"ask-air-east", "ask-air-west", "ask-air-centre"}]
    assert [row.refused for row in flights] == [245, 50, 2]
    assert sum(row.asked for row in flights) == 1_231
    block = next(row for row in minusma.clearances if row.id == "block-road-kidal-2023-09")
    assert (block.state, block.known_on) == ("blocked", date(2023, 9, 24))
    assert minusma.lift_by_id["gao-hauliers"].count == 200


def test_mine_events_and_strikes(minusma: Mission) -> None:
    assert sum(row.events for row in minusma.hazards if row.source == "r04") == 98
    strikes = next(row for row in minusma.hazards if row.id == "ied-kidal-2023")
    assert (strikes.events, round(strikes.events * strikes.casualties)) == (10, 41)


def test_the_mandate_has_two_windows_and_a_past(minusma: Mission) -> None:
    ends = {row.function: row.to_date for row in minusma.authorities if row.id.startswith("2690")}
    assert ends["respond_to_imminent_threats"] == ends["support_humanitarian_delivery"] == date(2023, 9, 30)
    for function in ("protect_un", "secure_movements", "extract_in_danger", "medical_evacuation", "withdraw"):
        assert ends[function] == date(2023, 12, 31)
    before = [row for row in minusma.authorities if row.id.startswith("2100")]
    assert {row.from_date for row in before} == {date(2013, 7, 1)}
    assert max(row.to_date for row in before) == minusma.mission.cessation
    plan = next(row for row in minusma.obligations if row.id == "transfer-plan")
    assert (plan.due, plan.met_on) == (date(2023, 8, 15), date(2023, 8, 18))


@pytest.mark.parametrize("number", range(1, 14))
def test_each_of_the_thirteen_contradictions_is_settled_with_a_reason(minusma: Mission, number: int) -> None:
    found = [c for c in conflicts(minusma) if re.match(rf"C{number}\b", c.topic)]
    assert found
    for conflict in found:
        assert sum(claim.adopted for claim in conflict.claims) == 1
        assert conflict.adopted
        assert conflict.reason
        assert all(claim.source and claim.as_of for claim in conflict.claims if claim.basis == "reported")


def test_the_sign_error_of_the_gazetteer_is_kept_but_not_used(minusma: Mission) -> None:
    claims = [c for c in minusma.claims if (c.table, c.row, c.column) == ("sites", "menaka", "lon")]
    assert {(c.value, c.adopted) for c in claims} == {("2.402", True), ("-2.40", False)}
    assert minusma.site["menaka"].lon == 2.402


def test_every_value_rests_on_something_and_reports_agree_with_the_tables(minusma: Mission) -> None:
    assert count_basis(minusma).unfounded == ()
    rows = rows_by_id(minusma)
    for claim in minusma.claims:
        held = table_value(rows, claim)
        if claim.adopted and claim.value is not None and held is not None:
            assert same_value(claim.value, held), claim.id


def test_what_happened_is_in_order(minusma: Mission) -> None:
    last_out = {a.place: a.happened for a in minusma.actuals if a.kind == "last_out"}
    assert set(last_out) == ALL_SITES
    late = ["tessalit", "aguelhok", "kidal", "ansongo", "mopti", "timbuktu", "gao", "bamako"]
    assert sorted(late, key=lambda site: last_out[site]) == late
    handed = {a.place for a in minusma.actuals if a.kind == "handover"}
    assert ALL_SITES - handed == {"aguelhok", "kidal"}
    gone = [a.count or 0 for a in minusma.actuals if a.kind == "headcount" and a.count_of == "people"]
    assert gone == sorted(gone)
    assert all(a.source for a in minusma.actuals)


def test_wounded_on_the_road_from_kidal(minusma: Mission) -> None:
    days = [a for a in minusma.actuals if a.count_of == "wounded" and a.id.startswith("ied-kidal-2023-11")]
    assert sum(a.count or 0 for a in days) == 37
    strikes = [a for a in minusma.actuals if a.count_of == "events" and a.id.startswith("ied-kidal")]
    assert sum(a.count or 0 for a in strikes) == 6
