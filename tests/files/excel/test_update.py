"""A planner's own workbook, brought up to date: what is theirs stays theirs."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from drawdown.files import read_mission, update_workbook, write_mission
from drawdown.mission import tables as t
from drawdown.mission.faults import MissionError
from drawdown.mission.mission import Mission
from drawdown.mission.vocabulary import TABLES
from kit.anything import missions
from kit.missions import change, small_mission

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)


@pytest.fixture
def path(tmp_path):
    """The small mission as a planner's workbook: with a budget of their own, colours, remarks and a chart."""
    path = tmp_path / "mission.xlsx"
    write_mission(small_mission(), path)
    book = openpyxl.load_workbook(path)
    budget = book.create_sheet("Budget", 0)
    budget.append(["item", "usd"])
    budget.append(["fuel", 1200.5])
    budget["B3"] = "=B2*2"
    chart = BarChart()
    chart.add_data(Reference(budget, min_col=2, min_row=1, max_row=3))
    budget.add_chart(chart, "D2")
    book["sites"]["B2"].fill = PatternFill("solid", fgColor="FFEE00")
    book["sites"]["B2"].comment = Comment("ask the camp manager", "me")
    book["sites"].column_dimensions["B"].width = 33
    book.save(path)
    return path


def parts(path):
    archive = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    return {name: archive.read(name) for name in archive.namelist()}


def test_a_workbook_that_says_the_same_is_not_touched(path):
    before = path.read_bytes()
    update_workbook(small_mission(), path)
    assert path.read_bytes() == before


def test_only_the_cells_that_differ_change(path):
    before = parts(path)
    mission = change(small_mission(), "sites", small_mission().sites[0].id, name="New <name> &\nof it", lat=0.1 + 0.2)
    update_workbook(mission, path)
    assert read_mission(path).mission == mission

    after = parts(path)
    changed = [name for name in before if before[name] != after[name]]
    assert len(changed) <= 2, "the sheet, and the workbook's wish to calculate again"
    assert before.keys() == after.keys()
    book = openpyxl.load_workbook(path)
    cell = book["sites"]["B2"]
    assert (cell.value, cell.fill.fgColor.rgb, cell.comment.text) == (
        "New <name> &\nof it", "00FFEE00", "ask the camp manager")  # fmt: skip
    assert book["sites"].column_dimensions["B"].width == 33
    assert book["sites"].data_validations.dataValidation
    assert (book["Budget"]["B3"].value, book["Budget"]["B2"].value) == ("=B2*2", 1200.5)


def test_rows_come_and_go(path):
    mission = small_mission()
    added = mission.settlements[0].model_copy(update={"id": "newtown", "name": "New Town", "extras": (("x_by", "me"),)})
    mission = mission.model_copy(update={"settlements": (*mission.settlements[1:], added), "hazards": ()})
    update_workbook(mission, path)
    reading = read_mission(path)
    assert reading.faults == ()
    assert reading.mission == mission
    sheet = openpyxl.load_workbook(path)["settlements"]
    assert sheet["A2"].value is None, "a row that went stays blank, so that nothing else moves"
    assert sheet.tables["table_settlements"].ref == f"A1:F{sheet.max_row}"


def test_dates_stay_dates_and_the_header_changes_too(path):
    mission = small_mission()
    header = mission.mission.model_copy(
        update={"deadline": date(2026, 1, 15), "note": "moved", "extras": (("x_a", "b"),)}
    )
    phase = mission.phases[0].model_copy(update={"to_date": date(2025, 9, 1)})
    mission = mission.model_copy(update={"mission": header, "phases": (phase, *mission.phases[1:])})
    update_workbook(mission, path)
    assert read_mission(path).mission == mission
    book = openpyxl.load_workbook(path)
    assert book["mission"]["B7"].is_date
    assert book["phases"]["D2"].is_date


def test_a_table_without_a_sheet_gets_one(tmp_path):
    path = tmp_path / "mission.xlsx"
    write_mission(small_mission(), path)
    book = openpyxl.load_workbook(path)
    for name in ("sources", "claims"):
        del book[name]
    book.save(path)
    source = t.Source(id="s", title="Report", kind="press", published=date(2023, 7, 1), extras=(("x_a", "b"),))
    claim = t.Claim(id="c", basis="reported", source="s", as_of=date(2023, 7, 1))
    mission = small_mission().model_copy(update={"sources": (source,), "claims": (claim,)})
    update_workbook(mission, path)
    assert read_mission(path).mission == mission
    assert openpyxl.load_workbook(path)["sources"]["B2"].value == "Report"


def test_a_formula_is_kept_where_it_agrees_and_never_written_over(path):
    book = openpyxl.load_workbook(path)
    crews = [row.count for row in small_mission().crews]
    archive = parts(path)
    part = f"xl/worksheets/sheet{book.sheetnames.index('crews') + 1}.xml"
    value = f"<v>{crews[0]}</v>".encode()
    assert archive[part].count(value) == 1
    archive[part] = archive[part].replace(value, b"<f>1+1</f>" + value)
    with zipfile.ZipFile(path, "w") as new:
        for name, data in archive.items():
            new.writestr(name, data)

    update_workbook(change(small_mission(), "crews", small_mission().crews[1].id, count=9), path)
    assert openpyxl.load_workbook(path)["crews"]["C2"].value == "=1+1"

    before = path.read_bytes()
    with pytest.raises(MissionError, match=r"crews!C2: holds a formula that gives another value"):
        update_workbook(change(small_mission(), "crews", small_mission().crews[0].id, count=9), path)
    assert path.read_bytes() == before


def test_pictures_stay(tmp_path):
    path = tmp_path / "mission.xlsx"
    write_mission(small_mission(), path)
    with xlsxwriter.Workbook(tmp_path / "picture.xlsx") as other:
        other.add_worksheet("sites").write_row(0, 0, ["id", "name", "kind", "lat", "lon"])
        other.add_worksheet("logo").insert_image("A1", "logo.png", {"image_data": io.BytesIO(PIXEL)})
    update_workbook(small_mission(), tmp_path / "picture.xlsx")
    assert read_mission(tmp_path / "picture.xlsx").mission == small_mission()
    assert parts(tmp_path / "picture.xlsx")["xl/media/image1.png"] == PIXEL


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(missions(), missions())
def test_any_workbook_becomes_any_mission(tmp_path_factory, old, new):
    path = tmp_path_factory.mktemp("any") / "mission.xlsx"
    write_mission(without_own_columns(old), path)
    update_workbook(new, path)
    reading = read_mission(path)
    assert reading.faults == ()
    assert reading.mission.hash == new.hash


def without_own_columns(mission):
    tables = {table: tuple(row.model_copy(update={"extras": ()}) for row in mission.rows(table)) for table in TABLES}
    return Mission(**tables | {"mission": tables["mission"][0]})


def test_columns_of_the_planners_own_stay(path):
    book = openpyxl.load_workbook(path)
    book["crews"]["D1"], book["crews"]["D2"] = "x_phone", "0012"
    book["mission"]["A17"], book["mission"]["B17"] = "x_clerk", "me"
    book.save(path)
    mission = change(small_mission(), "crews", small_mission().crews[0].id, count=9)
    update_workbook(mission, path)
    updated = read_mission(path).mission
    assert updated.crews[0].extras == (("x_phone", "0012"),)
    assert updated.mission.extras == (("x_clerk", "me"),)
    assert updated.crews[0].count == 9

    cleared = updated.crews[0].model_copy(update={"extras": ()})
    other = updated.crews[1].model_copy(update={"extras": (("x_phone", "0034"),)})
    mission = updated.model_copy(update={"crews": (cleared, other)})
    update_workbook(mission, path)
    assert read_mission(path).mission == mission


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no", b"\xd0\xcf\x11\xe0"])
def test_a_workbook_that_cannot_be_read_is_not_written(tmp_path, data):
    (tmp_path / "mission.xlsx").write_bytes(data)
    with pytest.raises(MissionError):
        update_workbook(small_mission(), tmp_path / "mission.xlsx")
    assert (tmp_path / "mission.xlsx").read_bytes() == data
