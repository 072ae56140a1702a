"""Files that would eat the machine are refused quickly, with the limit in the message, and nothing ever raises."""

from __future__ import annotations

import csv
import os
import resource
import subprocess
import sys
import zipfile

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drawdown.files import read_mission, read_plan, write_mission
from drawdown.files.limits import Allowance, TooMuch
from kit.missions import small_mission

JUNK = 200 * 1024 * 1024
GIBIBYTE = 1024 * 1024 * 1024


@pytest.fixture(scope="module")
def forms(tmp_path_factory):
    """The small mission in each of its forms."""
    place = tmp_path_factory.mktemp("forms")
    for name in ("folder", "mission.xlsx", "mission.json"):
        write_mission(small_mission(), place / name)
    return place


@pytest.fixture
def folder(tmp_path):
    write_mission(small_mission(), tmp_path / "mission")
    return tmp_path / "mission"


def junk(path):
    with path.open("wb") as file:
        file.truncate(JUNK)


def messages(path):
    return [fault.message for fault in read_mission(path).faults]


@pytest.mark.parametrize("name", ["mission.xlsx", "mission.json"])
def test_200_mb_of_junk_is_refused_by_its_size(tmp_path, name):
    junk(tmp_path / name)
    assert messages(tmp_path / name) == ["is 200 MiB; the limit is 64 MiB"]


def test_200_mb_of_junk_in_a_folder_do_not_hide_other_faults(folder):
    junk(folder / "sites.csv")
    junk(folder / "mission.yaml")
    (folder / "legs.csv").write_text("id\na b\n")
    found = messages(folder)
    assert "is 200 MiB; the limit is 64 MiB" in found
    assert "is 200 MiB; the limit is 1 MiB" in found
    assert "`id` is not an id" in found


def test_reading_junk_takes_little_memory(tmp_path):
    for name in ("a.xlsx", "a.json"):
        junk(tmp_path / name)
    (tmp_path / "folder").mkdir()
    junk(tmp_path / "folder" / "sites.csv")
    code = (
        "import sys; from drawdown.files import read_mission\n"
        "for path in sys.argv[1:]: assert read_mission(path).mission is None"
    )
    paths = [str(path) for path in tmp_path.iterdir()]
    limit = (GIBIBYTE, GIBIBYTE)
    run = subprocess.run(
        [sys.executable, "-c", code, *paths], check=False, capture_output=True, text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, limit),
    )  # fmt: skip
    assert run.returncode == 0, run.stderr


def test_more_than_two_million_cells_are_refused(folder):
    (folder / "claims.csv").write_bytes(b"id,basis\n" + b"," * 2_100_000)
    assert "brings the tables to more than the limit of 2,000,000 cells in all" in messages(folder)


def test_the_limits_hold_for_all_files_together():
    allowance = Allowance()
    allowance.take_cells(1_500_000)
    with pytest.raises(TooMuch, match="2,000,000 cells in all"):
        allowance.take_cells(1_500_000)
    allowance.take_bytes(40 * 1024 * 1024)
    with pytest.raises(TooMuch, match="64 MiB in all"):
        allowance.take_bytes(40 * 1024 * 1024)


def zipped(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def test_zip_bombs_are_refused_by_their_directory(tmp_path):
    zipped(tmp_path / "ratio.xlsx", {"xl/workbook.xml": b"0" * 50_000_000})
    zipped(tmp_path / "size.xlsx", {f"xl/{n}": os.urandom(1000) * 50_000 for n in range(5)})
    assert messages(tmp_path / "ratio.xlsx")[0].endswith("times its size; the limit is 200 times")
    assert messages(tmp_path / "size.xlsx") == ["unpacks to 238 MiB; the limit is 200 MiB"]


def test_a_directory_that_understates_its_sizes_is_refused(forms, tmp_path):
    data = bytearray((forms / "mission.xlsx").read_bytes())
    entry = data.index(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
    (tmp_path / "lies.xlsx").write_bytes(data)
    assert messages(tmp_path / "lies.xlsx") == ["is no Excel workbook, or a damaged one"]


def test_one_stray_cell_in_the_last_corner_is_refused_before_it_is_laid_out(forms, tmp_path):
    book = openpyxl.load_workbook(forms / "mission.xlsx")
    book["crews"]["XFD1048576"] = "x"
    book.save(tmp_path / "corner.xlsx")
    assert messages(tmp_path / "corner.xlsx") == ["brings the tables to more than the limit of 2,000,000 cells in all"]


def test_cells_without_references_are_counted_in_their_rows(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet("sites").write(0, 0, "id")
    old = zipfile.ZipFile(tmp_path / "a.xlsx")
    parts = {name: old.read(name) for name in old.namelist()}
    rows = b'<row r="1048576">' + b"<c><v>1</v></c>" * 9000 + b"</row></sheetData>"
    part = "xl/worksheets/sheet1.xml"
    zipped(tmp_path / "b.xlsx", parts | {part: parts[part].replace(b"</sheetData>", rows)})
    assert "brings the tables to more than the limit of 2,000,000 cells in all" in messages(tmp_path / "b.xlsx")
    utf16 = parts[part].replace(b"UTF-8", b"UTF-16").decode().encode("utf-16")
    zipped(tmp_path / "c.xlsx", parts | {part: utf16})
    assert "holds a sheet that is not in UTF-8" in messages(tmp_path / "c.xlsx")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is no Excel workbook, or a damaged one"),
        (b"id,name\n", "is no Excel workbook, or a damaged one"),
        (b"\xd0\xcf\x11\xe0 old", "is in the old format of Excel 97 to 2003"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "is encrypted"),
    ],
)
def test_a_file_that_is_no_workbook_is_told(tmp_path, data, message):
    (tmp_path / "mission.xlsx").write_bytes(data)
    assert messages(tmp_path / "mission.xlsx") == [message]


def test_another_kind_of_zip_is_told(tmp_path):
    zipped(tmp_path / "report.xlsx", {"word/document.xml": b"<a/>"})
    assert messages(tmp_path / "report.xlsx") == ["is no Excel workbook (.xlsx)"]


def test_an_entity_bomb_in_a_workbook_is_refused(forms, tmp_path):
    old = zipfile.ZipFile(forms / "mission.xlsx")
    parts = {name: old.read(name) for name in old.namelist()}
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{entities}]><x>&a11;</x>'.encode()
    zipped(tmp_path / "bomb.xlsx", parts | {"xl/workbook.xml": bomb})
    assert messages(tmp_path / "bomb.xlsx") == ["is no Excel workbook, or a damaged one"]


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"mission": ' + '{"a":' * 100_000, '{"sites": [' * 3, "{}x", '{"a" 1}', "null"]
)
def test_broken_json_is_told_with_its_line(tmp_path, text):
    (tmp_path / "mission.json").write_text("\n" + text)
    (fault,) = read_mission(tmp_path / "mission.json").faults
    assert fault.where == "mission.json:2"
    assert fault.message.startswith(("is not JSON", "is nested too deep", "is not a JSON object"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_told(folder):
    (folder / "sites.csv").chmod(0)
    assert any("Permission denied" in message for message in messages(folder))


def test_a_device_is_no_file(folder):
    for name in ("claims.csv", "actuals.csv"):
        (folder / name).unlink()
    (folder / "claims.csv").symlink_to("/dev/zero")
    os.mkfifo(folder / "actuals.csv")
    found = {fault.where: fault.message for fault in read_mission(folder).faults}
    assert found == {"claims.csv": "is a device, not a file", "actuals.csv": "is a device, not a file"}


# ---- Fuzzing: whatever bytes are there, the answer is a list of faults. ----

often = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
_PIECES = b"\x00 \xff \n , ; ' { [ % < - \" -\t :\t &a *a !! ]]> \xef\xbb\xbf 1e400 -1 NaN 2023-13-45 null #REF! =1+1 "
_PIECES += b"\xed\xa0\x80 \x1b[0m"
PIECES = st.sampled_from([*_PIECES.split(b" "), b"9" * 400, "\u202e".encode(), b": ", b"- "])
EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), PIECES | st.binary(max_size=8)), min_size=1, max_size=5)


def mutated(data: bytes, edits) -> bytes:
    for share, length, piece in edits:
        at = int(share * len(data))
        data = data[:at] + piece + data[at + length :]
    return data


def well_told(reading) -> bool:
    """A mission without faults, or faults that each say where, what and what to do, printable as they are."""
    for fault in reading.faults:
        assert fault.message
        assert fault.remedy
        assert fault.where
        assert "".join(fault[2:]).isprintable()
    return (reading.mission is None) == any(fault.severity == "fault" for fault in reading.faults)


@often
@given(st.data(), EDITS)
def test_any_folder_is_read_or_told(forms, tmp_path_factory, data, edits):
    files = sorted((forms / "folder").iterdir())
    chosen = data.draw(st.sampled_from(files))
    place = tmp_path_factory.mktemp("fuzz")
    for file in files:
        (place / file.name).write_bytes(mutated(file.read_bytes(), edits) if file == chosen else file.read_bytes())
    assert well_told(read_mission(place))


@often
@given(EDITS)
def test_any_json_is_read_or_told(forms, tmp_path_factory, edits):
    path = tmp_path_factory.mktemp("fuzz") / "mission.json"
    path.write_bytes(mutated((forms / "mission.json").read_bytes(), edits))
    assert well_told(read_mission(path))


@often
@given(EDITS)
def test_any_bytes_of_a_workbook_are_read_or_told(forms, tmp_path_factory, edits):
    path = tmp_path_factory.mktemp("fuzz") / "mission.xlsx"
    path.write_bytes(mutated((forms / "mission.xlsx").read_bytes(), edits))
    assert well_told(read_mission(path))


@often
@given(st.data(), EDITS)
def test_any_part_of_a_workbook_is_read_or_told(forms, tmp_path_factory, data, edits):
    old = zipfile.ZipFile(forms / "mission.xlsx")
    parts = {name: old.read(name) for name in old.namelist()}
    chosen = data.draw(
        st.sampled_from(sorted(name for name in parts if "drawing" not in name and "comments" not in name))
    )
    path = tmp_path_factory.mktemp("fuzz") / "mission.xlsx"
    zipped(path, parts | {chosen: mutated(parts[chosen], edits)})
    assert well_told(read_mission(path))


@pytest.fixture(scope="module")
def tables(forms):
    """What stands in the sheets that every workbook must have, as text."""
    sheets = {
        "mission": [line.split(": ", 1) for line in (forms / "folder" / "mission.yaml").read_text().split("\n")[:7]]
    }
    for table in ("sites", "exits", "units", "legs", "lift"):
        with (forms / "folder" / f"{table}.csv").open(newline="") as file:
            sheets[table] = list(csv.reader(file))
    return sheets


CELLS = st.text(st.characters(codec="ascii", min_codepoint=32)) | st.floats(allow_nan=False, allow_infinity=False)
CELLS |= st.booleans() | st.integers() | st.datetimes() | st.times() | st.timedeltas()
CELLS |= st.sampled_from(["=1+", "#N/A", "_x0000_", "x" * 5000])


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_any_cell_of_a_workbook_is_read_or_told(tables, tmp_path_factory, data):
    book = openpyxl.Workbook()
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    sheet = book[data.draw(st.sampled_from(sorted(tables)))]
    for _ in range(3):
        sheet.cell(data.draw(st.integers(1, 4)), data.draw(st.integers(1, 9))).value = data.draw(CELLS)
    path = tmp_path_factory.mktemp("fuzz") / "mission.xlsx"
    book.save(path)
    assert well_told(read_mission(path))


@often
@given(st.binary(max_size=400), st.sampled_from(["plan.json", "folder/plan.yaml", "folder/moves.csv"]))
def test_any_plan_is_read_or_told(tmp_path_factory, data, name):
    path = tmp_path_factory.mktemp("fuzz") / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    reading = read_plan(path if path.suffix == ".json" else path.parent)
    assert reading.plan is None
    assert reading.faults
