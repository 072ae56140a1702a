"""Whatever bytes are given as a file of facts, the answer is rows and faults, and recording it never fails."""

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drawdown.desk.recorded import Recorder
from drawdown.desk.recording import record_file
from drawdown.files import write_mission
from drawdown.files.fact_files import read_fact, read_facts
from drawdown.mission.faults import MissionError
from drawdown.mission.vocabulary import columns
from kit.fact_files import DAY, DAY_CSV, write_sheet
from kit.missions import small_mission

often = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
PIECES = st.sampled_from([
    b"\x00", b"\xff", b"\n", b",", b";", b"'", b'"', b"{", b"}", b"[", b"]", b":", b"\xef\xbb\xbf", b"1e400", b"-1",
    b"NaN", b"2023-13-45", b"null", b"#REF!", b"=1+1", b"\xed\xa0\x80", b"\x1b[0m", b"9" * 400, b"departure", b"camp",
])  # fmt: skip
EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 20), PIECES | st.binary(max_size=8)), max_size=5)
LINES = b'{"kind": "last_out", "happened": "2025-07-20", "place": "post"}\n{"kind": "handover", "count": [1]}\n'


@pytest.fixture(scope="module")
def forms(tmp_path_factory):
    """One day's facts in each form, and the small mission."""
    place = tmp_path_factory.mktemp("forms")
    write_mission(small_mission(), place / "mission")
    (place / "day.csv").write_text(DAY_CSV, "utf-8")
    (place / "day.jsonl").write_bytes(LINES)
    write_sheet(place / "day.xlsx", DAY)
    return place


def mutated(data, edits):
    for share, length, piece in edits:
        at = int(share * len(data))
        data = data[:at] + piece + data[at + length :]
    return data


def well_told(faults):
    for fault in faults:
        assert fault.message
        assert fault.remedy
        assert fault.where
        assert "".join(fault[2:]).isprintable()


@often
@given(st.sampled_from(["day.csv", "day.jsonl", "day.xlsx"]), EDITS)
def test_any_bytes_are_recorded_or_told(forms, tmp_path_factory, name, edits):
    path = tmp_path_factory.mktemp("fuzz") / name
    path.write_bytes(mutated((forms / name).read_bytes(), edits))
    reading = read_facts(path)
    well_told([*reading.faults, *(fault for row in reading.rows for fault in row.faults)])
    recorder = Recorder(by="anybody", ledger=str(path.parent / "some.ledger"))
    try:
        result = record_file(forms / "mission", path, recorder)
    except MissionError as refused:
        well_told(refused.faults)
    else:
        well_told(result.faults)
        assert sum(result.counts.values()) == len(reading.rows)


@often
@given(st.dictionaries(st.sampled_from([row.name for row in columns("actuals")]), st.text(max_size=30), max_size=6))
def test_any_words_are_a_fact_or_told(words):
    reading = read_fact(words, {})
    well_told([*reading.faults, *(fault for row in reading.rows for fault in row.faults)])


CELLS = st.text(st.characters(codec="ascii", min_codepoint=32)) | st.floats(allow_nan=False, allow_infinity=False)
CELLS |= st.booleans() | st.integers() | st.datetimes() | st.times() | st.sampled_from(["=1+", "#N/A", "x" * 5000])


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 7), CELLS), max_size=4))
def test_any_cells_of_a_sheet_are_read_or_told(tmp_path_factory, cells):
    book = openpyxl.Workbook()
    for row in DAY:
        book.active.append(row)
    for row, column, value in cells:
        book.active.cell(row, column).value = value
    path = tmp_path_factory.mktemp("fuzz") / "day.xlsx"
    book.save(path)
    reading = read_facts(path)
    well_told([*reading.faults, *(fault for row in reading.rows for fault in row.faults)])
