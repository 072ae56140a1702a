"""From one file form to another, and the first files of a new mission."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from drawdown.desk.missions import locate, open_mission
from drawdown.files import read_mission, write_mission
from drawdown.mission.faults import Fault, MissionError


@dataclass(frozen=True)
class ConvertResult:
    """A mission in its new form; ``faults`` are the notes and warnings of reading the old one."""

    written: Path
    hash: str
    faults: tuple[Fault, ...]


def convert(source: str | Path, target: str | Path, *, replace: bool = False) -> ConvertResult:
    """Write a mission in the form that the target's suffix names: a folder, ``.xlsx`` or ``.json``.

    Only files that cannot be read are refused: a mission with faults may be easier to mend in the other form.
    Raises `MissionError` for those, and `FileExistsError` if the target is there and not to be replaced.
    """
    path, _ = locate(source)
    reading = read_mission(path)
    if reading.mission is None:
        raise MissionError(reading.faults)
    write_mission(reading.mission, Path(target), overwrite=replace)
    return ConvertResult(Path(target), reading.mission.hash, reading.faults)


def _identity(name: str) -> str:
    """A name as an id: ``Été 2030`` becomes ``ete-2030``."""
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:64] or "mission"


def start_mission(target: str | Path) -> Path:
    """Write a small mission of three sites that checks sound, to be changed into one's own; named after the target.

    Raises `FileExistsError` if the target is there.
    """
    path = Path(target)
    name = path.stem if path.suffix in {".xlsx", ".json"} else path.name
    example = open_mission("tiny")
    identity = _identity(name)
    header = example.mission.model_copy(update={"id": identity, "name": " ".join(name.split()) or identity})
    write_mission(example.model_copy(update={"mission": header}), path)
    return path
