"""Running commands as a person does, without a new process for each."""

import json
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


@pytest.fixture
def small(tmp_path):
    """The folder of a small sound mission."""
    path = tmp_path / "small"
    write_mission(small_mission(), path)
    return path
