"""A mission in whichever form it is filed: a folder, a workbook or a JSON file."""

from __future__ import annotations

from pathlib import Path

from drawdown.files import atomic
from drawdown.files.excel.read import read_workbook
from drawdown.files.excel.write import check_fits, write_workbook
from drawdown.files.findings import printable, shown
from drawdown.files.folder import read_folder, write_folder
from drawdown.files.json_file import mission_json, read_json
from drawdown.files.reading import Reading
from drawdown.files.text.plain import kind_of
from drawdown.mission.faults import Fault, MissionError, Spot
from drawdown.mission.mission import Mission

_READERS = {".json": read_json, ".xlsx": read_workbook, ".xlsm": read_workbook}
_OTHER_FORMS = {".csv", ".ods", ".xls", ".xlsb", ".xlsm", ".yaml", ".yml", ".zip"}
_FORMS = "a folder, a workbook (.xlsx) or a JSON file (.json)"


def read_mission(path: str | Path) -> Reading:
    """Read a mission. Never fails: whatever is wrong with the files is in the reading's faults, all of it at once."""
    path = Path(path)
    kind, suffix = kind_of(path), path.suffix.lower()
    if kind == "folder":
        return read_folder(path)
    if kind == "file" and suffix in _READERS:
        return _READERS[suffix](path)
    message = "is no mission" if kind == "file" else "does not exist"
    return Reading(None, (_fault(path, path.name, message),))


def write_mission(mission: Mission, path: str | Path, *, overwrite: bool = False) -> None:
    """Write a mission as the path's suffix says: ``.xlsx``, ``.json``, otherwise a folder; whole or not at all.

    Raises `FileExistsError` if something is there that may not be replaced, `MissionError` if the form is none of
    ours or cannot hold the mission, and other `OSError` as it comes.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix in _OTHER_FORMS:
        raise MissionError([_fault(path, suffix, "is no form that a mission is written in")])
    if suffix == ".json":
        atomic.write_text(path, mission_json(mission), overwrite=overwrite)
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


def _fault(path: Path, value: str, message: str) -> Fault:
    return Fault("fault", Spot("mission"), shown(value), message, f"name {_FORMS}", printable(str(path)))
