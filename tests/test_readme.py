"""The README's tour, as a new user would type it: every command and the notebook example, in one empty folder."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^    (drawdown .+)$", README, flags=re.MULTILINE)
EXAMPLES = re.findall(r"```python\n(.+?)```", README, flags=re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("tour")


def run(args, folder):
    return subprocess.run(
        [sys.executable, *args],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONUTF8": "1"},
    )


def test_the_tour_has_its_steps():
    verbs = [shlex.split(command)[1] for command in COMMANDS]
    assert verbs == [
        *("check", "plan", "verify", "report", "stress", "mandate", "record", "ledger", "status", "forecast"),
        *("hindcast", "new", "check", "convert", "plan"),
    ]


@pytest.mark.xdist_group("tour")
def test_every_command_of_the_tour_works_in_order(folder):
    for command in COMMANDS:
        ran = run(["-m", *shlex.split(command)], folder)
        says_no = " mandate " in command  # the authority had ended
        assert ran.returncode == int(says_no), f"{command}\n{ran.stdout}\n{ran.stderr}"
    assert (folder / "out" / "report.html").stat().st_size > 100_000
    assert (folder / "out" / "plan" / "moves.csv").is_file()


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_notebook_example_runs(example, folder):
    ran = run(["-W", "error", "-c", example], folder)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("0 broken rules")


def test_every_page_that_the_readme_names_is_there():
    pages = re.findall(r"\]\(([^)#]+)\)", README)
    assert pages
    missing = [page for page in pages if not (Path(__file__).parents[1] / page).exists()]
    assert missing == []
