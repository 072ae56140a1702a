"""mission.yaml: nothing that YAML makes of a text, and the line of everything that is wrong."""

from __future__ import annotations

import pytest
import yaml

from drawdown.files import read_mission, write_mission
from drawdown.files.limits import Unreadable
from drawdown.files.text.yaml_lines import parse_yaml
from kit.missions import small_mission

HEADER = """\
format: 1
id: demo
name: NO
host: NOR
cessation: 2023-06-30
deadline: 2023-12-31
liquidation_end: 2024-12-31
"""


@pytest.fixture
def read(tmp_path):
    write_mission(small_mission(), tmp_path / "mission")

    def read_with(text):
        (tmp_path / "mission" / "mission.yaml").write_text(text, encoding="utf-8")
        return read_mission(tmp_path / "mission")

    return read_with


def told(reading):
    return [(fault.where, fault.message, fault.value) for fault in reading.faults]


def test_words_that_yaml_would_change_stay_as_they_are(read):
    reading = read(HEADER + "note: 12:30\nx_shift: on\nx_zeros: 0012\ncrews:\n- {id: a, name: 'yes', count: 1}\n")
    header = reading.mission.mission
    assert (header.name, header.note, header.extras) == ("NO", "12:30", (("x_shift", "on"), ("x_zeros", "0012")))
    assert reading.mission.crews[0].name == "yes"


def test_a_date_that_is_none_is_told_with_its_line(read):
    reading = read(
        HEADER.replace("2023-12-31", "2023-13-01") + "phases:\n- id: one\n  name: One\n  from_date: 1/7/23\n"
    )
    assert told(reading) == [
        ("mission.yaml:6", "`deadline` is not a date", "2023-13-01"),
        ("mission.yaml:11", "`from_date` is not a date", "1/7/23"),
        ("mission.yaml:9", "`to_date` is missing", ""),
        ("sites.csv:3", "`two` is not in phases", "two"),
    ]


def test_lists_null_and_blank_values(read):
    reading = read(HEADER + "last_resort_reasons: [no lift, '12:30']\nnote: null\nphases:\nseasons: ~\n")
    header = reading.mission.mission
    assert (header.last_resort_reasons, header.note, reading.mission.phases) == (("no lift", "12:30"), None, ())
    assert read(HEADER + "last_resort_reasons: []\n").mission.mission.last_resort_reasons == ()
    assert read(HEADER + "last_resort_reasons: a; b\n").mission.mission.last_resort_reasons == ("a", "b")


@pytest.mark.parametrize(
    ("more", "where", "message"),
    [
        ("dedline: 2023-12-31\n", "mission.yaml:8", "is not a key of this file"),
        ("sites: []\n", "mission.yaml:8", "is not a key of this file"),
        ("name: Again\n", "mission.yaml:8", "is a key twice"),
        ("phases: soon\n", "mission.yaml:8", "is not a list"),
        ("phases:\n- soon\n", "mission.yaml:9", "is a row without keys"),
        ("crews:\n- {id: a, id: b, name: A, count: 1}\n", "mission.yaml:9", "is a key twice"),
        ("note: [a, b]\n", "mission.yaml:8", "`note` is a list"),
        ("note: {a: b}\n", "mission.yaml:8", "`note` is a group of values"),
        ("last_resort_reasons: ['a;b']\n", "mission.yaml:8", "`last_resort_reasons` has a semicolon in a word"),
        ("note: &anchor x\n", "mission.yaml:8", "uses an anchor or alias (`&`, `*`)"),
        ("note: *anchor\n", "mission.yaml:8", "uses an anchor or alias (`&`, `*`)"),
        ("note: !!python/object:os.system x\n", "mission.yaml:8", "uses a tag (`!`)"),
        ("---\nid: two\n", "mission.yaml:8", "holds a second document"),
        ("? [a]\n: b\n", "mission.yaml:8", "has a list or mapping as a key"),
        ("note: " + "[" * 100_000, "mission.yaml:8", "is nested more than 8 deep"),
        ("note: 'open\n", "mission.yaml:9", "is not YAML"),
        ("\tnote: x\n", "mission.yaml:8", "is not YAML"),
        ("note: \x01\n", "mission.yaml:8", "holds a control character"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(read, more, where, message):
    found = told(read(HEADER + more))  # what PyYAML says after the colon depends on how it was built
    assert (where, message) in [(place, words.split(":")[0]) for place, words, _ in found]


@pytest.mark.parametrize("text", ["", "- a\n", "just words\n", "# nothing\n"])
def test_a_file_that_is_no_mapping_is_told(read, text):
    reading = read(text)
    assert reading.mission is None
    assert {fault.where for fault in reading.faults} == {"mission.yaml:1"}


def test_a_format_of_the_future_is_refused(read):
    assert "is a format that this version does not know; it reads format 1" in {
        fault.message for fault in read(HEADER.replace("format: 1", "format: 2")).faults
    }


def test_what_we_write_every_yaml_reader_reads_alike(tmp_path):
    write_mission(small_mission(), tmp_path / "mission")
    loaded = yaml.safe_load((tmp_path / "mission" / "mission.yaml").read_text())
    assert loaded["name"] == "Small Mission"
    assert loaded["seasons"][0]["from_day"] == "06-15"
    assert [row["id"] for row in loaded["phases"]] == ["one", "two"]


def test_a_long_flat_list_is_no_nesting():
    assert len(parse_yaml("[" + "a, " * 10_000 + "]").value) == 10_000
    with pytest.raises(Unreadable, match="nested"):
        parse_yaml("{a: " * 20)
