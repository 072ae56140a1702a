"""Finding and opening missions: a folder, a workbook, a JSON file, or one that ships with the package."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from drawdown.files import Reading, read_mission
from drawdown.mission.checks import check_mission
from drawdown.mission.faults import Fault, MissionError, Spot, suggest
from drawdown.mission.mission import Mission


@dataclass(frozen=True)
class Opened:
    """A mission as it was found.

    ``origin`` tells a reader where it came from. ``mission`` is None if the files could not be read as one;
    it may be there and still have faults (see ``faults``, in the order of the files).
    """

    origin: str
    mission: Mission | None
    faults: tuple[Fault, ...]

    @property
    def sound(self) -> bool:
        """Whether the mission can be used: it was read, and none of what was found is a fault."""
        return self.mission is not None and all(fault.severity != "fault" for fault in self.faults)


@cache
def bundled() -> dict[str, Path]:
    """The missions that ship with the package, by name."""
    shelf = Path(str(files("drawdown") / "missions"))
    return {path.name: path for path in sorted(shelf.iterdir()) if (path / "mission.yaml").is_file()}


def locate(reference: str | Path) -> tuple[Path, str]:
    """The path of a mission and words for where it came from.

    A path that exists wins over a bundled mission of the same name. Raises `MissionError` if there is neither.
    """
    path = Path(reference)
    if path.exists():
        return path, str(path)
    if str(reference) in bundled():
        return bundled()[str(reference)], f"{reference}, which ships with Drawdown"
    remedy = f"give a folder, a workbook or a JSON file, or a bundled mission ({suggest(str(reference), bundled())})"
    raise MissionError([Fault("fault", Spot("mission"), str(reference), "no such mission", remedy, str(reference))])


def _located(fault: Fault, reading: Reading) -> Fault:
    return fault if fault.where else fault._replace(where=reading.locate(fault.spot))


def inspect(reference: str | Path) -> Opened:
    """Open a mission and say everything that is wrong with it; raises `MissionError` only if it is not there."""
    path, origin = locate(reference)
    reading = read_mission(path)
    found = list(reading.faults)
    if reading.mission is not None:
        found += check_mission(reading.mission)
    return Opened(origin, reading.mission, tuple(_located(fault, reading) for fault in found))


def open_mission(reference: str | Path) -> Mission:
    """Open a mission that is known to be sound.

    Raises `MissionError` with every fault, each with the place in the file, the value and the remedy.
    """
    opened = inspect(reference)
    if opened.mission is None or not opened.sound:
        raise MissionError(fault for fault in opened.faults if fault.severity == "fault")
    return opened.mission
