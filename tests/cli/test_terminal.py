"""A poor terminal, a full disk, a stop key: no traceback, and nothing half written."""

import json
import os
import re
import subprocess
import sys

import pytest

from drawdown import desk
from drawdown.cli.main import main


def command(*args, **environment):
    return subprocess.run(
        [sys.executable, "-m", "drawdown", *args],
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
    )


@pytest.mark.parametrize("encoding", ["ascii", "cp437"])
def test_a_terminal_may_lack_letters(tmp_path, encoding):
    header = desk.start_mission(tmp_path / "mission") / "mission.yaml"
    header.write_text(re.sub("^name: .*$", "name: بعثة", header.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    done = command("check", str(tmp_path / "mission"), PYTHONIOENCODING=encoding)
    assert done.returncode == 0, done.stderr
    assert b"The mission is sound" in done.stdout


def test_json_is_the_same_on_every_terminal():
    done = command("check", "minusma", "--json", PYTHONIOENCODING="ascii")
    assert json.loads(done.stdout)["sound"]


def test_a_place_where_nothing_can_be_written(run, tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    ran = run("convert", "tiny", tmp_path / "file" / "mission")
    assert ran.code == 2
    assert str(tmp_path / "file") in ran.err
    assert "Traceback" not in ran.err


def broken_desk(error):
    def check(_):
        raise error

    return check


def test_a_defect_is_two_lines_and_its_own_exit_code(run, monkeypatch):
    monkeypatch.setattr("drawdown.desk.checking.check", broken_desk(RuntimeError("the sum is wrong")))
    ran = run("check", "tiny")
    assert ran.code == 70
    assert "a defect in Drawdown, not in your files: RuntimeError: the sum is wrong" in ran.err
    assert "Traceback" not in ran.err


def test_debug_shows_the_traceback(monkeypatch):
    monkeypatch.setattr("drawdown.desk.checking.check", broken_desk(RuntimeError("the sum is wrong")))
    with pytest.raises(RuntimeError, match="the sum is wrong"):
        main(["--debug", "check", "tiny"])


def test_the_stop_key(run, monkeypatch):
    monkeypatch.setattr("drawdown.desk.checking.check", broken_desk(KeyboardInterrupt()))
    ran = run("check", "tiny")
    assert ran.code == 130
    assert "stopped" in ran.err
