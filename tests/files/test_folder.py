"""A mission's folder: what is read, what is refused, and where a person is sent to mend it."""

from __future__ import annotations

import pytest

from drawdown.files import read_mission, write_mission
from drawdown.files.findings import SHOWN
from drawdown.mission.faults import Spot
from kit.missions import small_mission


@pytest.fixture
def folder(tmp_path):
    write_mission(small_mission(), tmp_path / "mission")
    return tmp_path / "mission"


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def told(folder):
    """Everything found, as (place, message, value, remedy); the same whether or not it spoils the mission."""
    return [(fault.where, fault.message, fault.value, fault.remedy) for fault in read_mission(folder).faults]


def places(folder):
    return [fault.where for fault in read_mission(folder).faults]


def test_every_fault_is_told_at_once_with_file_line_value_and_remedy(folder):
    (folder / "sites.csv").write_text(
        'id,name,kind,lat,lon,note\nbase,Base,headquarters,"12,6",-8,"two\nlines"\nGao,Gao,camp,16.2,0,\n',
        encoding="utf-8",
    )
    change(folder / "legs.csv", ",road,", ",raod,")
    change(folder / "mission.yaml", "host: MLI", "host: Mali")
    code = "write its ISO 3166-1 alpha-3 code, such as MLI"
    assert told(folder) == [
        ("mission.yaml:4", "`host` is not a country code of three capital letters", "Mali", code),
        ("sites.csv:2", "`lat` is not a number", "12,6", "write 12.6"),
        ("sites.csv:4", "`id` is not an id", "Gao", "write `gao`"),
        ("legs.csv:2", "`mode` is not one of the words that this column knows", "raod", "did you mean `road`?"),
    ]
    assert read_mission(folder).mission is None


def test_a_check_is_sent_to_the_right_line(folder):
    change(folder / "sites.csv", "\n", "\n\n,,,\n")
    reading = read_mission(folder)
    first = reading.mission.sites[0]
    assert (folder / "sites.csv").read_text().split("\n")[3].startswith(first.id)
    assert reading.locate(Spot("sites", 0, "lat")) == "sites.csv:4"
    assert reading.locate(Spot("sites")) == "sites.csv:1"
    assert reading.locate(Spot("mission", 0, "deadline")) == "mission.yaml:6"
    assert reading.locate(Spot("phases", 0, "to_date")).startswith("mission.yaml:")
    assert reading.locate(Spot("nowhere", 3, "x")) == "nowhere[3].x"


@pytest.mark.parametrize(("mark", "name"), [(";", "semicolons"), ("\t", "tabs")])
def test_the_csv_of_a_european_excel_is_read_with_a_note(folder, mark, name):
    path = folder / "exits.csv"
    path.write_text(
        path.read_text().replace(";", "|").replace(",", mark).replace("people|equipment", '"people;equipment"')
    )
    reading = read_mission(folder)
    assert reading.mission == small_mission()
    assert [fault.message for fault in reading.faults] == [f"has its cells separated by {name}: read as such"]
    assert reading.faults[0].severity == "note"


def test_a_byte_order_mark_and_windows_line_ends_are_read(folder):
    for path in folder.glob("*.csv"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    reading = read_mission(folder)
    assert reading.mission == small_mission()
    assert {fault.message for fault in reading.faults} == {"begins with a byte-order mark, which was skipped"}


@pytest.mark.parametrize(
    ("data", "where", "message"),
    [
        ("id,name\nb\u00e9,x".encode("latin-1"), "sites.csv:2", "is not in UTF-8"),
        ("id,name\n".encode("utf-16"), "sites.csv", "is in UTF-16, not in UTF-8"),
        (b"id,na\0me\n", "sites.csv", "holds NUL bytes: it is not a text file in UTF-8"),
        (b"", "sites.csv", "is empty"),
        (b"\n\n ,,\n", "sites.csv", "is empty"),
        (b'id,name\na,"open\n\n', "sites.csv:2", "opens a double quote that is never closed"),
        (b'id,name\na,"b"c\n', "sites.csv:2", "cannot be read on: ',' expected after '\"'"),
    ],
)
def test_a_file_that_is_no_csv_in_utf8_is_refused(folder, data, where, message):
    (folder / "sites.csv").write_bytes(data)
    first = next(fault for fault in read_mission(folder).faults if fault.message == message)
    assert (first.where, first.severity) == (where, "fault")


def test_a_cell_that_is_much_too_long_is_refused(folder):
    (folder / "sites.csv").write_bytes(b"id,name,kind,lat,lon\na," + b"x" * 200_000 + b",camp,1,2\n")
    found = [fault for fault in read_mission(folder).faults if fault.where == "sites.csv:2"]
    assert found, "whatever other users of the csv module have made its limit"
    assert all("too long" in fault.message or "longer than" in fault.message for fault in found)


def test_columns_are_checked_by_name(folder):
    (folder / "crews.csv").write_text("id\n")
    change(folder / "sites.csv", "id,name,", "id,nmae,")
    change(folder / "exits.csv", "id,name,", "id,id,")
    change(folder / "units.csv", ",note", ",x_mine,,X_Bad")
    change(folder / "legs.csv", "\n", ",\n")
    found = told(folder)
    assert ("sites.csv:1", "`name` is missing", "", "add the column: Name as it is printed") in found
    assert (
        "sites.csv:1",
        "is no column of this table",
        "nmae",
        "did you mean `name`?; a column of your own begins with `x_`",
    ) in found
    assert ("exits.csv:1", "is a column twice", "id", "delete one of the two") in found
    assert ("crews.csv", "is not a file of this format", "crews.csv",
            "put it into list `crews` of mission.yaml; a file of your own begins with `x_`") in found  # fmt: skip
    assert any(message == "is no good name for a column of your own" for _, message, _, _ in found)


def test_ones_own_columns_are_kept(folder):
    lines = (folder / "exits.csv").read_text().split("\n")
    lines[0] += ",x_gate,x_empty"
    lines[1] += ',"0012\nnorth",'
    (folder / "exits.csv").write_text("\n".join(lines[:2]) + "\n")
    assert read_mission(folder).mission.exits[0].extras == (("x_gate", "0012\nnorth"),)


def test_rows_of_another_length_are_told(folder):
    with (folder / "crews_note.txt").open("w") as other:
        other.write("not ours")
    path = folder / "settlements.csv"
    path.write_text("id,name,lat,lon,population\na,A,1,2,3,,\nb,B,1,2\nc,C,1,2,3,extra\n")
    ragged = [fault for fault in read_mission(folder).faults if "cells, but the header has" in fault.message]
    assert [(fault.where, fault.message) for fault in ragged] == [
        ("settlements.csv:3", "has 4 cells, but the header has 5"),
        ("settlements.csv:4", "has 6 cells, but the header has 5"),
    ]


def test_missing_and_misnamed_files_are_told(folder):
    (folder / "sites.csv").rename(folder / "Sites.csv")
    (folder / "mission.yaml").rename(folder / "mission.yml")
    (folder / "legs.csv").unlink()
    (folder / "legs.csv").mkdir()
    (folder / "equipmnt.csv").write_text("id\n")
    (folder / "x_notes.csv").write_text("anything")
    (folder / ".~lock.units.csv").write_text("anything")
    found = told(folder)
    assert ("sites.csv", "is missing", "", "rename `Sites.csv`") in found
    assert ("mission.yaml", "is missing", "", "rename `mission.yml`") in found
    assert ("legs.csv", "is a folder, not a file", "", "move it away, and put the file in its place") in found
    strangers = [place for place, message, _, _ in found if message == "is not a file of this format"]
    assert strangers == ["Sites.csv", "equipmnt.csv"]


def test_a_thousand_like_faults_are_told_as_fifty_and_a_count(folder):
    rows = "".join(f'p{n},Place {n},"1,5",2,3\n' for n in range(1000))
    (folder / "settlements.csv").write_text("id,name,lat,lon,population\n" + rows)
    faults = [fault for fault in read_mission(folder).faults if fault.spot.table == "settlements"]
    assert len(faults) == SHOWN + 1
    assert faults[-1].message == "... and 950 more like this: `lat` is not a number"


def test_a_blank_cell_is_the_default_and_a_lone_semicolon_is_an_empty_list(folder):
    change(folder / "exits.csv", "people", "")
    header = "id,name,kind,country,lat,lon,takes\n"
    (folder / "exits.csv").write_text(header + "a,A,port,SEN,1,2,\nb,B,port,SEN,1,2,;\n")
    one, other = read_mission(folder).mission.exits
    assert (one.takes, other.takes) == (("people", "equipment"), ())


def test_a_cell_that_would_fool_a_terminal_is_shown_harmless(folder):
    change(folder / "legs.csv", ",road,", ",\x1b[31mroad\u202e,")
    assert [fault.value for fault in read_mission(folder).faults] == ["\ufffd[31mroad\ufffd"]


@pytest.mark.parametrize("name", ["absent", "absent.xlsx", "absent.json", "a\0b"])
def test_what_does_not_exist_is_told(tmp_path, name):
    assert [fault.message for fault in read_mission(tmp_path / name).faults] == ["does not exist"]


def test_a_file_that_is_no_mission_is_told(tmp_path):
    (tmp_path / "mission.pdf").write_text("%PDF")
    assert [fault.message for fault in read_mission(tmp_path / "mission.pdf").faults] == ["is no mission"]


def test_an_unknown_name_is_told_beside_a_cell_that_cannot_be_read(folder):
    change(folder / "units.csv", ",post,", ",psot,")
    change(folder / "sites.csv", "12.65", '"12,65"')
    remedies = {fault.where.split(":")[0]: fault.remedy for fault in read_mission(folder).faults}
    assert remedies == {"sites.csv": "write 12.65", "units.csv": "did you mean `post`?"}
