"""The page about the ledger: what it tells to type works, in the order of the page, and tells what comes out."""

import re
import shlex
from pathlib import Path

import pytest

from drawdown.ledger.kinds import KINDS

PAGE = (Path(__file__).parents[2] / "docs" / "ledger.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.+?)```", PAGE, flags=re.DOTALL)
LINES = [line for block in BLOCKS for line in block.splitlines()]


@pytest.fixture
def evening(tmp_path, monkeypatch):
    """The folder of the page, with the sheet that it shows."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DRAWDOWN_LEDGER", raising=False)
    (tmp_path / "day.csv").write_text(re.findall(r"```csv\n(.+?)```", PAGE, flags=re.DOTALL)[0], "utf-8")
    return tmp_path


@pytest.mark.usefixtures("evening")
def test_every_line_of_the_page_works(run):
    ran = {}
    for line in LINES:
        command, _, comment = line.partition("#")
        ran[command.strip()] = run(*shlex.split(command)[1:])
        expected = 1 if "exit code 1" in comment else 0
        assert ran[command.strip()].code == expected, f"{line}\n{ran[command.strip()]}"
    first, second = list(ran.values())[:2]
    shown = [line for line in PAGE.splitlines() if line.startswith(("fault ", "3 recorded", "           "))]
    assert [line for line in shown if line not in second.out.splitlines()] == []
    assert "departure-2023-10-20-2affe0621a" in first.out
    assert len(ran) == 11


def test_the_page_tells_every_kind():
    told = set(re.findall(r"`(\w+)`", PAGE.split("| kind |")[1].split("\n\n")[0]))
    short = {kind.removeprefix("clearance") if kind != "clearance_asked" else kind for kind in KINDS}
    assert short - {"correction"} <= told
