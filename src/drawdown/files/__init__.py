"""The front door: missions and plans as files, read with every fault at its line, written whole or not at all."""

from drawdown.files.excel.update import update_workbook
from drawdown.files.mission_files import read_mission, write_mission, write_template
from drawdown.files.plan_files import read_plan, write_plan
from drawdown.files.reading import PlanReading, Reading
from drawdown.files.wish_file import WishReading, wishes_from

__all__ = [
    "PlanReading",
    "Reading",
    "WishReading",
    "read_mission",
    "read_plan",
    "update_workbook",
    "wishes_from",
    "write_mission",
    "write_plan",
    "write_template",
]
