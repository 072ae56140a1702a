"""Facts from a CSV, a workbook, lines of JSON and a command line: the same facts, and every fault at its place."""

import json
from datetime import date

import openpyxl
import pytest

from drawdown.files.fact_files import read_fact, read_facts
from kit.fact_files import DAY, DAY_CSV, write_sheet

VALUES = [
    {"happened": date(2025, 7, 20), "kind": "departure", "place": "post", "unit": "company", "count": 40.0},
    {"happened": date(2025, 7, 21), "kind": "last_out", "place": "post", "note": "At dawn; all well, no incident"},
]


@pytest.fixture
def forms(tmp_path):
    """The day of `DAY` in each form."""
    (tmp_path / "day.csv").write_text(DAY_CSV, "utf-8")
    write_sheet(tmp_path / "day.xlsx", DAY)
    keys, *rows = DAY
    records = [{key: value for key, value in zip(keys, row, strict=True) if value is not None} for row in rows]
    (tmp_path / "day.jsonl").write_text("\n".join(json.dumps(row) for row in records) + "\n\n", "utf-8")
    return tmp_path


def told(reading):
    """Where, what and what to do, of the file and then of its rows."""
    faults = [*reading.faults, *(fault for row in reading.rows for fault in row.faults)]
    return [(f.where, f.message, f.remedy) for f in faults]


@pytest.mark.parametrize("name", ["day.csv", "day.xlsx", "day.jsonl"])
def test_every_form_holds_the_same_facts(forms, name):
    reading = read_facts(forms / name)
    assert told(reading) == []
    assert [row.values for row in reading.rows] == VALUES


def test_a_fact_can_be_told_in_words():
    reading = read_fact({"kind": "last_out", "happened": "2025-07-21", "place": "post"}, {})
    assert reading.rows[0].values == {"kind": "last_out", "happened": date(2025, 7, 21), "place": "post"}


def test_words_that_cannot_be_read_are_told_at_their_option():
    words = {"kind": "last_out", "happened": "03/04/2025", "count": "1,200"}
    reading = read_fact(words, {"happened": "--happened", "count": "--count"})
    assert told(reading) == [
        ("--happened", "`happened` can be read as two different days", "write 2025-04-03 or 2025-03-04"),
        ("--count", "`count` is not a number", "write 1200 or 1.200"),
    ]


def test_the_actuals_of_a_mission_are_a_file_of_facts(tmp_path):
    (tmp_path / "actuals.csv").write_text("id,kind,happened,place\nout,last_out,2025-07-21,post\n")
    (row,) = read_facts(tmp_path).rows
    assert row.values["id"] == "out"


FAULTY = """kind,happened,place,count,count_of
departur,2025-07-20,post,40,people
last_out,soon,Kidal,,
departure,2025-07-20,post,"1,5",people
last_out,2025-07-20,post
,2025-07-20,post,,
last_out,2025-07-20,post,,
"""


def test_a_row_that_cannot_be_read_does_not_stop_the_others(tmp_path):
    path = tmp_path / "day.csv"
    path.write_text(FAULTY)
    reading = read_facts(path)
    assert reading.usable
    assert told(reading) == [
        ("day.csv:2", "`kind` is not one of the words that this column knows", "did you mean `departure`?"),
        ("day.csv:3", "`happened` is not a date", "write year, month and day, such as 2023-12-31"),
        ("day.csv:3", "`place` is not an id", "write `kidal`"),
        ("day.csv:4", "`count` is not a number", "write 1.5"),
        ("day.csv:5", "has 3 cells, but the header has 5",
         "write one cell a column, and a cell that contains the separator in double quotes"),
        ("day.csv:6", "`kind` is missing", "fill it in: What happened"),
    ]  # fmt: skip
    assert [bool(row.faults) for row in reading.rows] == [True, True, True, True, True, False]


def test_the_same_faults_of_a_workbook_are_told_at_their_cells(tmp_path):
    write_sheet(tmp_path / "day.xlsx", [("kind", "happened"), ("departur", "2025-07-20"), ("last_out", "soon")])
    assert [where for where, *_ in told(read_facts(tmp_path / "day.xlsx"))] == ["actuals!A2", "actuals!B3"]


def test_a_column_that_nobody_knows_makes_every_row_doubtful(tmp_path):
    path = tmp_path / "day.csv"
    path.write_text("kind,happened,plcae,x_seen_by\nlast_out,2025-07-20,post,Ali\n")
    reading = read_facts(path)
    assert not reading.usable
    assert told(reading) == [
        ("day.csv:1", "is no column of this table", "did you mean `place`?; a column of your own begins with `x_`")
    ]


def test_a_column_of_ones_own_is_kept(tmp_path):
    path = tmp_path / "day.csv"
    path.write_text("kind,happened,place,x_seen_by\nlast_out,2025-07-20,post,Ali\n")
    assert read_facts(path).rows[0].values["extras"] == [("x_seen_by", "Ali")]


def test_the_first_sheet_is_read_if_none_is_called_actuals(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Tuesday"
    book.active.append(["kind", "happened", "place"])
    book.active.append(["last_out", "2025-07-20", "post"])
    book.create_sheet("notes").append(["hello"])
    book.save(tmp_path / "day.xlsx")
    assert len(read_facts(tmp_path / "day.xlsx").rows) == 1


@pytest.mark.parametrize("name", ["day.pdf", "day.json", "nowhere.csv"])
def test_what_is_no_file_of_facts_is_told(tmp_path, name):
    if name != "nowhere.csv":
        (tmp_path / name).write_text("x")
    ((where, message, remedy),) = told(read_facts(tmp_path / name))
    assert name in where
    assert message in {"is no form in which facts are filed", "does not exist"}
    assert "CSV" in remedy


def test_a_line_that_is_torn_does_not_stop_the_others(tmp_path):
    path = tmp_path / "day.jsonl"
    sound = '{"kind": "last_out", "happened": "2025-07-20", "place": "post"}'
    lines = [sound, '{"kind": "last', "", "[1, 2]", sound + ', "x": {}', '{"kind": "last_out", "kind": "arrival"}', "7"]
    path.write_text("\n".join(lines))
    reading = read_facts(path)
    assert [where for where, *_ in told(reading)] == [f"day.jsonl:{n}" for n in (2, 4, 5, 6, 7)]
    assert [len(row.faults) for row in reading.rows] == [0, 1, 1, 1, 1, 1]


def test_a_bundle_is_told_from_facts(tmp_path):
    path = tmp_path / "gao.jsonl"
    path.write_text('{"format": 1, "heads": {}}\n{"origin": "gao"}\n')
    ((_, message, remedy),) = told(read_facts(path))
    assert message == "is a bundle of entries of a ledger, not a file of facts"
    assert remedy == "merge it: drawdown ledger merge FILE"
