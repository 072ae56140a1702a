"""What `drawdown.files` offers, and what it costs to ask for it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from drawdown import files
from drawdown.files import read_mission, read_plan, write_mission
from kit.missions import small_mission

HEAVY = {"openpyxl", "python_calamine", "xlsxwriter", "yaml"}


def test_nothing_heavy_is_loaded_before_it_is_needed():
    code = f"import sys, drawdown.files; print(sorted({HEAVY} & sys.modules.keys()))"
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert run.stdout.strip() == "[]"


def test_the_public_names_are_there():
    assert all(callable(getattr(files, name)) for name in files.__all__)


@pytest.mark.parametrize("suffix", ["", ".xlsx", ".json", ".XLSX", ".Json"])
def test_a_form_is_known_by_its_suffix(tmp_path, suffix):
    write_mission(small_mission(), tmp_path / f"mission{suffix}")
    assert read_mission(str(tmp_path / f"mission{suffix}")).mission == small_mission()


def test_a_workbook_with_macros_is_read(tmp_path):
    write_mission(small_mission(), tmp_path / "mission.xlsx")
    (tmp_path / "mission.xlsx").rename(tmp_path / "mission.xlsm")
    assert read_mission(tmp_path / "mission.xlsm").mission == small_mission()


@pytest.mark.parametrize("path", ["x" * 5000, "a\0b", ""])
def test_a_path_that_cannot_be_is_told(path):
    assert [fault.severity for fault in read_mission(path or "x/").faults] == ["fault"]
    assert read_plan(path or "x/").plan is None
