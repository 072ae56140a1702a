"""`drawdown report`: where it writes, what it leaves alone, and what it needs."""

import sys

import pytest

from drawdown import desk
from drawdown.planner.optimise import AT_ONCE

pytest.importorskip("altair")


@pytest.fixture(scope="module")
def planned(tmp_path_factory):
    path = tmp_path_factory.mktemp("plans") / "plan"
    desk.make_plan("tiny", out=path, effort=AT_ONCE)
    return path


def test_a_report_lies_beside_its_plan_and_is_summed_up_in_ten_lines(run, planned):
    ran = run("report", planned)
    assert ran.code == 0
    assert len(ran.out.splitlines()) == 10
    assert ran.out.splitlines()[-1].endswith(str(planned.with_suffix(".html")))
    assert planned.with_suffix(".html").read_text("utf-8").startswith("<!doctype html>")


def test_an_earlier_report_is_replaced_and_nothing_else(run, tmp_path):
    report, letter = tmp_path / "report.html", tmp_path / "letter.html"
    letter.write_text("<p>Dear", "utf-8")
    assert run("report", "tiny", "--out", report).code == 0
    assert run("report", "tiny", "--out", report).code == 0
    assert run("report", "tiny", "--out", letter).code == 2
    assert letter.read_text("utf-8") == "<p>Dear"


def test_a_missing_extra_is_named(run, tmp_path, monkeypatch):
    for name in [name for name in sys.modules if name.startswith("drawdown.report")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "altair", None)
    ran = run("report", "tiny", "--out", tmp_path / "report.html")
    assert ran.code == 2
    assert "pip install 'drawdown[report]'" in ran.err
    assert not (tmp_path / "report.html").exists()


def test_charts_are_drawn_as_pictures_beside_the_report(run, planned, tmp_path):
    report = tmp_path / "report.html"
    assert run("report", planned, "--out", report, "--format", "html,png,pdf").code == 0
    charts = tmp_path / "report-charts"
    assert (charts / "closures.png").read_bytes().startswith(b"\x89PNG")
    assert (charts / "overview.pdf").read_bytes().startswith(b"%PDF")
    assert report.is_file()


def test_an_unknown_form_is_refused_with_the_nearest(run, planned):
    ran = run("report", planned, "--format", "pgn")
    assert ran.code == 2
    assert "did you mean `png`?" in ran.err
