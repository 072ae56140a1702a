"""Workbooks as people and programs make them: what is accepted, what is told, and at which cell."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime, time

import openpyxl
import pytest
import xlsxwriter

from drawdown.files import read_mission, write_mission
from drawdown.mission.faults import Spot
from kit.missions import small_mission


@pytest.fixture
def book(tmp_path):
    """The small mission's workbook, to be changed with openpyxl and read again."""
    path = tmp_path / "mission.xlsx"
    write_mission(small_mission(), path)

    def changed(change):
        workbook = openpyxl.load_workbook(path)
        change(workbook)
        workbook.save(path)
        return read_mission(path)

    return changed


def told(reading):
    return [(fault.severity, fault.where, fault.message, fault.value) for fault in reading.faults]


def cell(book, sheet, column, row=2):
    """The cell of a column by its name."""
    names = [header.value for header in book[sheet][1]]
    return book[sheet].cell(row, names.index(column) + 1)


def test_a_fault_names_sheet_and_cell(book):
    def spoil(workbook):
        cell(workbook, "sites", "lat").value = "12,6"
        cell(workbook, "legs", "mode", 3).value = "raod"
        workbook["mission"]["B6"].value = "soon"

    reading = book(spoil)
    assert told(reading) == [
        ("fault", "mission!B6", "`cessation` is not a date", "soon"),
        ("fault", "sites!E2", "`lat` is not a number", "12,6"),
        ("fault", "legs!D3", "`mode` is not one of the words that this column knows", "raod"),
    ]
    assert reading.mission is None
    assert reading.locate(Spot("units", 1, "site")) == "units!E3"
    assert reading.locate(Spot("units")) == "units!A1"


def test_what_excel_makes_of_dates_numbers_and_truths_is_accepted_and_told_once(book):
    def type_carelessly(workbook):
        for row in (2, 3):
            cell(workbook, "units", "contributor", row).value = 12
            cell(workbook, "units", "latest", row).value = 45108
            cell(workbook, "units", "latest", row).number_format = "General"
        cell(workbook, "sites", "region").value = True
        cell(workbook, "sites", "liquidation").value = True
        cell(workbook, "seasons", "from_day").value = datetime(2024, 6, 15)  # noqa: DTZ001
        cell(workbook, "phases", "name").value = date(2024, 3, 1)

    reading = book(type_carelessly)
    assert told(reading) == [
        ("note", "phases!B2", "`name` holds dates: 2024-03-01 was read as 2024-03-01", "2024-03-01"),
        ("note", "seasons!C2", "`from_day` holds dates: 2024-06-15 was read as 06-15", "06-15"),
        ("note", "sites!D2", "`region` holds TRUE or FALSE: read as text", "TRUE"),
        ("note", "units!C2", "`contributor` holds numbers: 12 was read as text", "12"),
        ("note", "units!O2", "`latest` holds day numbers of a spreadsheet: 45108 was read as 2023-07-01", "2023-07-01"),
    ]
    mission = reading.mission
    assert mission.sites[0].liquidation is True
    assert (mission.units[0].contributor, mission.units[1].latest) == ("12", date(2023, 7, 1))


def test_serial_dates_of_an_old_macintosh_are_counted_from_1904(book):
    def from_1904(workbook):
        workbook.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
        workbook["mission"]["B6"].value = 45108 - 1462
        workbook["mission"]["B6"].number_format = "General"

    reading = book(from_1904)
    assert reading.mission.mission.cessation == date(2023, 7, 1)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (datetime(2023, 7, 1, 12, 30, tzinfo=UTC).replace(tzinfo=None), "`latest` has a time of day"),
        (time(12, 30), "`latest` is a time of day or a length of time"),
        (45108.5, "`latest` has a time of day"),
        (1e300, "`latest` is not a date"),
        ("#REF!", "`latest` holds an error of the spreadsheet"),
    ],
)
def test_a_cell_that_is_no_day_is_refused(book, value, message):
    reading = book(lambda workbook: setattr(cell(workbook, "units", "latest"), "value", value))
    assert [(fault.where, fault.message) for fault in reading.faults] == [("units!O2", message)]


def test_a_formula_counts_with_the_value_that_excel_gave_it_and_is_told_without(tmp_path):
    path = tmp_path / "mission.xlsx"
    write_mission(small_mission(), path)
    rows = openpyxl.load_workbook(path)["crews"].values
    with xlsxwriter.Workbook(tmp_path / "formula.xlsx") as other:
        sheet = other.add_worksheet("crews")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        sheet.write_formula("C2", "=1+2", None, 3)
        sheet.write_formula("C3", "=1/0", None, "#DIV/0!")
    replace_sheet(path, "crews", tmp_path / "formula.xlsx")
    reading = read_mission(path)
    assert told(reading) == [("fault", "crews!C3", "`count` holds an error of the spreadsheet", "#DIV/0!")]

    never_calculated = openpyxl.load_workbook(path)
    never_calculated.save(path)
    assert told(read_mission(path)) == [
        ("fault", "crews!C2", "`count` holds a formula without a value", "formula"),
        ("fault", "crews!C3", "`count` holds a formula without a value", "formula"),
    ]


def replace_sheet(path, sheet, source):
    """Put the first sheet of another workbook in the place of a sheet, as XML with its strings written in."""
    names = openpyxl.load_workbook(path).sheetnames
    strings = openpyxl.load_workbook(source).active
    xml = zipfile.ZipFile(source).read("xl/worksheets/sheet1.xml").decode()
    for row in strings.iter_rows():
        for one in row:
            if one.data_type == "s":
                head = f'<c r="{one.coordinate}" t="s"><v>'
                start = xml.index(head)
                end = xml.index("</c>", start)
                xml = f'{xml[:start]}<c r="{one.coordinate}" t="inlineStr"><is><t>{one.value}</t></is>{xml[end:]}'
    edit_part(path, f"xl/worksheets/sheet{names.index(sheet) + 1}.xml", lambda _: xml.encode())


def edit_part(path, part, change):
    old = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))


def test_sheets_are_found_by_name(book):
    def rename(workbook):
        workbook["sites"].title = " Sites "
        workbook["legs"].title = "leggs"
        workbook["closure_steps"].title = "Closure Steps"
        workbook["crews"].title = "crew"
        workbook.create_sheet("Budget")["A1"] = "mine"
        workbook.create_sheet("x_crews")

    reading = book(rename)
    assert told(reading) == [
        ("warning", "crew", "is a sheet that was not read", "crew"),
        ("warning", "leggs", "is a sheet that was not read", "leggs"),
        ("fault", "mission.xlsx!legs", "is missing", ""),
    ]


def test_blank_rows_and_columns_do_not_matter(book):
    def spread(workbook):
        sheet = workbook["settlements"]
        sheet.insert_rows(2)
        sheet.insert_cols(2)
        sheet.insert_rows(1)
        sheet["Z40"] = " "

    reading = book(spread)
    assert reading.mission == small_mission()
    assert reading.locate(Spot("settlements", 0, "name")) == "settlements!C4"


def test_cells_beside_the_table_are_told(book):
    reading = book(lambda workbook: workbook["crews"].__setitem__("F2", "why?"))
    assert [fault.message for fault in reading.faults] == ["has cells in a column without a name"]


def test_the_header_sheet_is_checked_key_by_key(book):
    def spoil(workbook):
        sheet = workbook["mission"]
        sheet["A4"] = "nmae"
        sheet.append(["deadline", "2024-01-01"])
        sheet.append(["x_owner", 7])

    reading = book(spoil)
    assert [(fault.where, fault.message) for fault in reading.faults] == [
        ("mission!B4", "is no column of this table"),
        ("mission!A23", "is a key twice"),
        ("mission!A1", "`name` is missing"),
    ]


def test_an_empty_sheet_is_told(book):
    reading = book(lambda workbook: workbook["crews"].delete_rows(1, 10))
    assert [(fault.where, fault.message) for fault in reading.faults] == [("crews", "is empty")]
