"""The workbook that we write, seen by another program that knows workbooks."""

from __future__ import annotations

from datetime import datetime

import openpyxl
import pytest

from drawdown.files import read_mission, write_mission, write_template
from drawdown.mission.faults import MissionError
from drawdown.mission.vocabulary import TABLES, columns
from kit.missions import change, small_mission


@pytest.fixture
def book(tmp_path):
    write_mission(small_mission(), tmp_path / "mission.xlsx")
    return openpyxl.load_workbook(tmp_path / "mission.xlsx")


def test_every_table_has_a_sheet_with_its_columns(book):
    assert book.sheetnames == [*TABLES, "choices"]
    for table in TABLES:
        if table != "mission":
            assert [cell.value for cell in book[table][1]] == [column.name for column in columns(table)]
            assert book[table].freeze_panes == "B2"
            assert list(book[table].tables) == [f"table_{table}"]
    assert [cell.value for cell in book["mission"]["A"]] == ["key", *(column.name for column in columns("mission"))]


def test_a_column_says_what_it_means_and_in_which_unit(book):
    assert book["legs"]["E1"].comment.text == "Length.\nUnit: km.\nRequired."
    assert "Separate words by semicolons." in book["exits"]["G1"].comment.text


def test_words_are_chosen_from_a_list(book):
    rules = {str(rule.sqref): rule.formula1 for rule in book["legs"].data_validations.dataValidation}
    words = book["choices"][rules["D2:D1048576"].removeprefix("choices!").replace("$", "")]
    assert [cell.value for (cell,) in words] == ["road", "air", "river", "rail", "sea"]
    assert book["choices"].sheet_state == "hidden"


def test_cells_have_the_format_that_keeps_them_as_they_are(book):
    assert (book["sites"]["A2"].number_format, book["sites"]["A2"].data_type) == ("@", "s")
    assert book["phases"]["C2"].number_format == "yyyy-mm-dd"
    assert isinstance(book["phases"]["C2"].value, datetime)
    assert book["sites"]["E2"].data_type == "n"


def test_the_template_lacks_only_what_must_be_filled_in(tmp_path):
    write_template(tmp_path / "template.xlsx")
    faults = read_mission(tmp_path / "template.xlsx").faults
    assert {fault.spot.table for fault in faults} == {"mission"}
    required = [column.name for column in columns("mission") if column.required and column.name != "format"]
    assert [fault.spot.column for fault in faults] == required
    with pytest.raises(FileExistsError):
        write_template(tmp_path / "template.xlsx")


def test_a_list_that_no_cell_can_hold_is_refused_not_cut(tmp_path):
    exits = tuple(f"{n:064d}" for n in range(600))
    mission = small_mission()
    mission = change(mission, "units", mission.units[0].id, exits=exits)
    with pytest.raises(MissionError, match="too long for a workbook"):
        write_mission(mission, tmp_path / "mission.xlsx")
    assert not list(tmp_path.iterdir())
