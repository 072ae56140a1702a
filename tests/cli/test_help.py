"""Help is there for every command, and quick."""

import subprocess
import sys

import pytest

from drawdown import __version__

COMMANDS = (
    *("check", "plan", "verify", "compare", "why", "stress", "mandate", "record", "status", "forecast", "replan"),
    *("hindcast", "report", "convert", "new", "bench"),
)
HEAVY = ("numpy", "pydantic", "yaml", "openpyxl", "xlsxwriter", "python_calamine", "altair", "jinja2", "rich")


def test_help_names_every_command_and_the_exit_codes(run):
    ran = run("--help")
    assert ran.code == 0
    assert all(f"  {command} " in ran.out for command in COMMANDS)
    assert "Exit codes" in ran.out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(run, command):
    ran = run(command, "--help")
    assert ran.code == 0
    assert "--json" in ran.out
    assert "Exit codes" in ran.out


def test_help_imports_nothing_heavy():
    code = f"""
import sys
from drawdown.cli.main import main
assert main(["--help"]) == 0
print(*[name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == ""


def test_the_version(run):
    assert run("--version").out == f"drawdown {__version__}\n"


def test_unknown_words_exit_with_2(run):
    assert run("plann").code == 2
    assert run("check", "minusma", "--jason").code == 2


def test_the_module_runs_as_the_command_does():
    done = subprocess.run([sys.executable, "-m", "drawdown", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"drawdown {__version__}\n"
