"""Files and folders appear whole or not at all, and nobody's work is written over."""

from __future__ import annotations

from pathlib import Path

import pytest

from drawdown.files import atomic, read_mission, write_mission, write_plan
from drawdown.mission.faults import MissionError
from kit.missions import small_mission
from kit.plans import small_plan

NAMES = ["mission", "mission.xlsx", "mission.json"]


@pytest.fixture
def renamed():
    mission = small_mission()
    return mission.model_copy(update={"mission": mission.mission.model_copy(update={"name": "Renamed"})})


@pytest.mark.parametrize("name", NAMES)
def test_what_is_there_stays_unless_it_is_to_be_replaced(tmp_path, renamed, name):
    write_mission(small_mission(), tmp_path / name)
    with pytest.raises(FileExistsError, match="is there already"):
        write_mission(renamed, tmp_path / name)
    assert read_mission(tmp_path / name).mission == small_mission()
    write_mission(renamed, tmp_path / name, overwrite=True)
    assert read_mission(tmp_path / name).mission == renamed
    assert [path.name for path in tmp_path.iterdir()] == [name], "no drafts are left behind"


def test_only_a_folder_of_ours_is_replaced(tmp_path):
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "camp.jpg").write_bytes(b"jpg")
    with pytest.raises(FileExistsError, match="not ours to replace"):
        write_mission(small_mission(), tmp_path / "photos", overwrite=True)
    assert [path.name for path in (tmp_path / "photos").iterdir()] == ["camp.jpg"]
    (tmp_path / "empty").mkdir()
    write_mission(small_mission(), tmp_path / "empty", overwrite=True)
    assert read_mission(tmp_path / "empty").mission == small_mission()


def test_a_file_is_never_replaced_by_a_folder_nor_the_other_way_round(tmp_path):
    (tmp_path / "mission").write_text("a file")
    (tmp_path / "mission.json").mkdir()
    with pytest.raises(FileExistsError, match="is a file"):
        write_mission(small_mission(), tmp_path / "mission", overwrite=True)
    with pytest.raises(FileExistsError, match="is a folder"):
        write_mission(small_mission(), tmp_path / "mission.json", overwrite=True)


def test_files_of_ones_own_stay_in_a_replaced_folder_and_old_tables_go(tmp_path):
    folder = tmp_path / "mission"
    write_mission(small_mission(), folder)
    (folder / "notes.txt").write_text("mine")
    (folder / "x_fuel.csv").write_text("mine")
    (folder / "geo").mkdir()
    (folder / "geo" / "rivers.json").write_text("{}")
    without = small_mission().model_copy(update={"claims": ()})
    write_mission(without, folder, overwrite=True)
    assert read_mission(folder).mission == without
    assert not (folder / "claims.csv").exists()
    assert (folder / "geo" / "rivers.json").read_text() == "{}"
    assert (folder / "notes.txt").exists()
    assert (folder / "x_fuel.csv").exists()


@pytest.mark.parametrize("name", NAMES)
def test_a_failure_half_way_leaves_everything_as_it_was(tmp_path, renamed, monkeypatch, name):
    write_mission(small_mission(), tmp_path / name)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace" if "." in name else "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        write_mission(renamed, tmp_path / name, overwrite=True)
    assert read_mission(tmp_path / name).mission == small_mission()
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_the_old_folder_comes_back_when_the_new_one_cannot_take_its_place(tmp_path, renamed, monkeypatch):
    write_mission(small_mission(), tmp_path / "mission")
    rename = Path.rename
    monkeypatch.setattr(
        Path,
        "rename",
        lambda old, new: rename(old, new) if old.name != "new" else (_ for _ in ()).throw(OSError(5, "I/O")),
    )
    with pytest.raises(OSError, match="I/O"):
        write_mission(renamed, tmp_path / "mission", overwrite=True)
    monkeypatch.undo()
    assert read_mission(tmp_path / "mission").mission == small_mission()


@pytest.mark.parametrize(
    "name", ["mission.csv", "mission.xls", "mission.ods", "mission.zip", "mission.yaml", "mission.xlsm"]
)
def test_a_form_that_is_not_ours_is_refused(tmp_path, name):
    with pytest.raises(MissionError, match="is no form that a mission is written in"):
        write_mission(small_mission(), tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_missing_folders_above_are_made(tmp_path):
    write_mission(small_mission(), tmp_path / "out" / "2023" / "mission")
    assert read_mission(tmp_path / "out" / "2023" / "mission").mission == small_mission()


def test_a_plan_folder_is_replaced_only_by_a_plan(tmp_path):
    write_mission(small_mission(), tmp_path / "mission")
    with pytest.raises(FileExistsError, match=r"holds no plan\.yaml"):
        write_plan(small_plan(), tmp_path / "mission", overwrite=True)


def test_a_draft_is_removed_when_its_writer_fails(tmp_path):
    def broken(draft):
        draft.write_text("half")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        atomic.write_file(tmp_path / "file", broken, overwrite=False)
    assert not list(tmp_path.iterdir())
