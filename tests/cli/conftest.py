"""Running commands as a person does, without a new process for each."""

import json
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from typing import NamedTuple

import pytest

from drawdown.cli.main import main
from drawdown.files import write_mission
from kit.missions import small_mission


class Ran(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


@pytest.fixture
def run(capsys):
    def command(*args):
        code = main([str(arg) for arg in args])
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return command


@pytest.fixture(scope="session")
def run_once():
    """The same for fixtures that outlive a test."""

    def command(*args):
        out, err = StringIO(), StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = main([str(arg) for arg in args])
        return Ran(code, out.getvalue(), err.getvalue())

    return command


@pytest.fixture
def small(tmp_path):
    """The folder of a small sound mission."""
    path = tmp_path / "small"
    write_mission(small_mission(), path)
    return path
