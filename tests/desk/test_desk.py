"""The use cases as a notebook calls them."""

from datetime import date

import pytest

from drawdown import desk
from drawdown.desk.keys import as_json
from drawdown.files import write_mission
from drawdown.mission.faults import MissionError
from drawdown.planner.optimise import AT_ONCE
from kit.missions import small_mission


def test_bundled_missions_open_by_name():
    assert {"minusma", "tiny"} <= desk.bundled().keys()
    assert desk.open_mission("tiny").mission.id == "tiny"


def test_a_folder_of_ones_own_wins_over_a_bundled_name(tmp_path, monkeypatch):
    write_mission(small_mission(), tmp_path / "tiny")
    monkeypatch.chdir(tmp_path)
    assert desk.open_mission("tiny").mission.id == "small"
    assert desk.check("tiny").origin == "tiny"


def test_an_unsound_mission_is_refused_with_every_fault_in_its_place(tmp_path):
    write_mission(small_mission(), tmp_path / "mission")
    for name, old, new in (("units.csv", ",base,", ",bose,"), ("legs.csv", ",road,", ",rood,")):
        path = tmp_path / "mission" / name
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(MissionError) as refused:
        desk.open_mission(tmp_path / "mission")
    assert any(fault.where.startswith("legs.csv:") and fault.value == "rood" for fault in refused.value.faults)


def test_a_plan_is_a_result_and_a_file(tmp_path):
    doing = []
    result = desk.make_plan("tiny", out=tmp_path / "plan", effort=AT_ONCE, progress=doing.append)
    assert result.plan == tmp_path / "plan"
    mission, plan = desk.open_plan(tmp_path / "plan")
    assert plan.mission_hash == mission.hash
    assert result.last_out == {closure.site: closure.last_out for closure in plan.closures}
    assert any("Camp" in text for text in doing)


def test_results_become_json_with_dates_as_text_and_totals_worked_out(tmp_path):
    result = as_json(desk.make_plan("tiny", out=tmp_path / "plan", effort=AT_ONCE))
    assert isinstance(result, dict)
    last = max(result["last_out"].values())
    assert date.fromisoformat(last) == desk.open_plan(tmp_path / "plan")[1].last_out
    cost = result["measures"]["cost"]
    assert cost["usd"] == pytest.approx(cost["lift_usd"] + cost["sites_usd"] + cost["people_usd"])


def test_what_is_no_number_is_null_in_json():
    assert as_json({"a": float("nan"), "b": float("inf"), "c": 1.5}) == {"a": None, "b": None, "c": 1.5}


def test_a_started_mission_takes_its_name_from_its_folder(tmp_path):
    desk.start_mission(tmp_path / "Été 2030")
    mission = desk.open_mission(tmp_path / "Été 2030").mission
    assert (mission.id, mission.name) == ("ete-2030", "Été 2030")
