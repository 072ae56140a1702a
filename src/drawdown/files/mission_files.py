"""A mission in whichever form it is filed: a folder, a workbook or a JSON file."""

from __future__ import annotations

from pathlib import Path

from drawdown.files import atomic
from drawdown.files.excel.read import read_workbook
from drawdown.files.excel.write import check_fits, write_workbook
from drawdown.files.folder import read_folder, write_folder
from drawdown.files.json_file import mission_json, read_json
from drawdown.files.reading import Reading
from drawdown.mission.faults import Fault, MissionError, Spot
from drawdown.mission.mission import Mission

WORKBOOKS = {".xlsx", ".xlsm"}
_OTHER_FORMS = {".csv", ".ods", ".xls", ".xlsb", ".xlsm", ".yaml", ".yml", ".zip"}
_FORMS = "a folder, a workbook (.xlsx) or a JSON file (.json)"


def read_mission(path: str | Path) -> Reading:
    """Read a mission. Never fails: whatever is wrong with the files is in the reading's faults, all of it at once."""
    path = Path(path)
    if path.is_dir():
        return read_folder(path)
    if not path.exists():
        return _unread(path, "does not exist", f"name {_FORMS}")
    if path.suffix.lower() == ".json":
        return read_json(path)
    if path.suffix.lower() in WORKBOOKS:
        return read_workbook(path)
    return _unread(path, "is no mission", f"name {_FORMS}")


def write_mission(mission: Mission, path: str | Path, *, overwrite: bool = False) -> None:
    """Write a mission as the path's suffix says: ``.xlsx``, ``.json``, otherwise a folder; whole or not at all.

    Raises `FileExistsError` if something is there that may not be replaced, `MissionError` if the form is none of
    ours or cannot hold the mission, and other `OSError` as it comes.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix in _OTHER_FORMS:
        fault = Fault(
            "fault", Spot("mission"), suffix, "is no form that a mission is written in", f"name {_FORMS}", str(path)
        )
        raise MissionError([fault])
    if suffix == ".json":
        atomic.write_file(
            path, lambda draft: draft.write_bytes(mission_json(mission).encode("utf-8")), overwrite=overwrite
        )
    elif suffix == ".xlsx":
        check_fits(mission)
        atomic.write_file(path, lambda draft: write_workbook(draft, mission), overwrite=overwrite)
    else:
        write_folder(mission, path, overwrite=overwrite)


def write_template(path: str | Path, *, overwrite: bool = False) -> None:
    """Write an empty workbook to fill in: every sheet with its columns, their units and meanings, and drop-downs.

    Raises `FileExistsError` if something is there that may not be replaced, and other `OSError` as it comes.
    """
    atomic.write_file(Path(path), write_workbook, overwrite=overwrite)


def _unread(path: Path, message: str, remedy: str) -> Reading:
    return Reading(None, (Fault("fault", Spot("mission"), path.name, message, remedy, str(path)),))
