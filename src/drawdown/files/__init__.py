"""The front door: missions and plans as files, read with every fault at its line, written whole or not at all."""

from drawdown.files.mission_files import read_mission, write_mission
from drawdown.files.reading import Reading

__all__ = ["Reading", "read_mission", "write_mission"]
