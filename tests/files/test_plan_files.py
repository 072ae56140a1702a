"""Plans as folders and as single files: edited by hand, and told where they are wrong."""

from __future__ import annotations

import json
from datetime import date

import pytest

from drawdown.files import read_plan, write_plan
from kit.plans import small_plan

PLAN = small_plan()


@pytest.fixture
def folder(tmp_path):
    write_plan(PLAN, tmp_path / "plan")
    return tmp_path / "plan"


@pytest.fixture
def file(tmp_path):
    write_plan(PLAN, tmp_path / "plan.json")
    return tmp_path / "plan.json"


def change(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def told(path):
    return [(fault.severity, fault.where, fault.message, fault.value) for fault in read_plan(path).faults]


def test_the_same_plan_gives_the_same_bytes_in_whatever_order_its_loads_were_counted(tmp_path, folder, file):
    backwards = PLAN.model_copy(
        update={"moves": tuple(m.model_copy(update={"people": dict(reversed(m.people.items()))}) for m in PLAN.moves)}
    )
    write_plan(backwards, tmp_path / "again")
    write_plan(backwards, tmp_path / "again.json")
    assert (tmp_path / "again.json").read_bytes() == file.read_bytes()
    for path in folder.iterdir():
        assert (tmp_path / "again" / path.name).read_bytes() == path.read_bytes()


def test_loads_are_one_row_each(folder):
    assert (folder / "loads.csv").read_text() == (
        "move,carries,what,count\n"
        "m1,lift,trucks,12\nm1,escort,company,2\nm1,people,battalion,120\nm1,people,company,40\n"
        "m1,lot,tents,30\nm1,driven,jeeps,9\nm2,lift,helicopter,2\nm2,people,company,20\n"
    )


def test_a_plan_that_was_edited_by_hand_is_read_with_a_note(folder, file):
    change(folder / "moves.csv", "2023-07-05", "2023-07-06")
    change(folder / "loads.csv", "battalion,120", "battalion,119")
    reading = read_plan(folder)
    assert (reading.plan.moves[0].depart, reading.plan.moves[0].people["battalion"]) == (date(2023, 7, 6), 119)
    assert [(f.severity, f.where, f.message) for f in reading.faults] == [
        ("note", "plan.yaml:16", "the plan was changed since it was stamped")]  # fmt: skip
    change(file, '"seed": 7', '"seed": 8')
    assert [f.message for f in read_plan(file).faults] == ["the plan was changed since it was stamped"]


def test_every_fault_is_told_with_file_and_line(folder):
    change(folder / "moves.csv", "2023-07-05", "5/7/2023")
    change(folder / "moves.csv", "m2,air", "m1,air")
    change(folder / "loads.csv", "m2,lift,helicopter,2", "m3,lift,helicopter,0")
    change(folder / "loads.csv", "company,20", "company,20\nm2,people,company,1")
    change(folder / "disposals.csv", "destroy", "destory")
    change(folder / "plan.yaml", "as_of: 2023-06-30", "as_of: yesterday")
    (folder / "stepps.csv").write_text("site\n")
    assert told(folder) == [
        ("fault", "plan.yaml:9", "`as_of` is not a date", "yesterday"),
        ("fault", "moves.csv:2", "`depart` can be read as two different days", "5/7/2023"),
        ("fault", "moves.csv:3", "is the id of an earlier move", "m1"),
        ("fault", "loads.csv:8", "`count` is below 1, the least it can be", "0"),
        ("fault", "loads.csv:9", "goes with no move of this plan", "m2"),
        ("fault", "loads.csv:10", "goes with no move of this plan", "m2"),
        ("fault", "disposals.csv:2", "`disposition` is not one of the words that this column knows", "destory"),
        ("fault", "stepps.csv", "is not a file of this format", "stepps.csv"),
    ]


def test_loads_without_their_moves_are_told(folder):
    (folder / "moves.csv").unlink()
    assert {message for _, _, message, _ in told(folder)} == {"goes with no move of this plan"}


def test_a_load_that_stands_twice_is_told(folder):
    change(folder / "loads.csv", "company,20", "company,20\nm2,people,company,1")
    assert told(folder) == [("fault", "loads.csv:10", "stands twice for the same move", "company")]


def test_a_json_plan_is_checked_like_a_folder(file):
    body = json.loads(file.read_text())
    body["moves"][0]["people"]["battalion"] = 0
    body["moves"][1]["lift"] = ["helicopter"]
    body["moves"][1]["depart"] = "2023-02-30"
    body["sites"] = []
    body["settings"] = []
    file.write_text(json.dumps(body, indent=1))
    lines = file.read_text().split("\n")
    first, second = (
        number for number, line in enumerate(lines, start=1) if line == "  {" and "arrive" in lines[number]
    )
    found = told(file)
    assert ("fault", f"plan.json:{first}", "`count` is below 1, the least it can be", "0") in found
    assert ("fault", f"plan.json:{second}", "`depart` is not a date", "2023-02-30") in found
    assert ("fault", f"plan.json:{second}", "is not an object", "['helicopter']") in found
    assert any(message == "is no part of a plan" for _, _, message, _ in found)


def test_settings_keep_their_types_and_must_be_values(folder, file):
    for path in (folder, file):
        assert read_plan(path).plan.settings == {"gap": 0.01, "exact": True, "limit": 60, "level": "2", "word": "yes"}
    change(folder / "plan.yaml", "gap: 0.01", "gap: [1]")
    assert told(folder)[0][:3] == ("fault", "plan.yaml:12", "is not one value")
    body = json.loads(file.read_text()) | {"settings": [1]}
    file.write_text(json.dumps(body))
    assert read_plan(file).plan is None


def test_columns_of_ones_own_are_no_part_of_a_plan(folder):
    change(folder / "closures.csv", "handed_to\n", "handed_to,x_by\n")
    change(folder / "closures.csv", "civilian_authority\n", "civilian_authority,me\n")
    change(folder / "closures.csv", "2023-07-08,,\n", "2023-07-08,,,\n")
    reading = read_plan(folder)
    assert reading.plan == PLAN
    assert [fault.message for fault in reading.faults] == ["`x_by` is a column of your own: it is not part of the plan"]


@pytest.mark.parametrize(
    ("name", "message"), [("absent", "does not exist"), ("plan.txt", "is no plan"), ("empty", "is missing")]
)
def test_what_is_no_plan_is_told(tmp_path, name, message):
    (tmp_path / "empty").mkdir()
    (tmp_path / "plan.txt").write_text("a plan")
    reading = read_plan(tmp_path / name)
    assert reading.plan is None
    assert [fault.message for fault in reading.faults] == [message]


def test_a_plan_of_the_future_is_refused(folder):
    change(folder / "plan.yaml", "format: 1", "format: 9")
    assert told(folder)[0][2] == "is a format that this version does not know; it reads format 1"
