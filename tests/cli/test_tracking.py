"""`drawdown status`, `forecast`, `replan`, `hindcast`: their keys, exit codes, files, and what they refuse."""

from __future__ import annotations

import pytest

DAY = ("--as-of", "2024-03-10")


@pytest.fixture(scope="module")
def planned(run_once, tmp_path_factory):
    path = tmp_path_factory.mktemp("plans") / "plan"
    run_once("plan", "tiny", "--time-limit", 0, "--out", path)
    return path


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    """No ledger lies in the current folder, and none is named: the record is the mission's own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DRAWDOWN_LEDGER", raising=False)


def test_status(run, planned):
    ran = run("status", "tiny", *DAY, "--plan", planned)
    assert (ran.code, ran.err) == (0, "")
    assert "743 of 983 people are still to leave" in ran.out
    assert "1 of 3 sites left; by the plan 3" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 100


def test_keys(run, planned):
    for command, *options in (["status"], ["forecast", "--futures", 20]):
        ran = run(command, "tiny", *DAY, "--plan", planned, *options, "--json")
        assert ran.code == 0
        assert ran.json.keys() >= {
            "as_of", "known_on", "people_remaining", "planned_remaining", "sites", "alerts", "last_out", "deadline",
        }  # fmt: skip
        assert ran.json["as_of"] == ran.json["known_on"] == "2024-03-10"
        assert ran.json["people_remaining"] == 743
        assert "baobab" in ran.json["sites"]
        assert ran.json["stamp"]["ledger_digest"]


def test_known_on_leaves_out_what_was_recorded_later(run):
    """The handover of Cedar was written down a day after the last-out."""
    later = run("status", "tiny", "--as-of", "2024-03-08", "--known-on", "2024-03-09", "--json").json
    then = run("status", "tiny", "--as-of", "2024-03-08", "--json").json
    assert later["sites"]["cedar"]["handover"] == "2024-03-08"
    assert then["sites"]["cedar"]["handover"] is None


def test_a_replan_is_two_folders_that_other_commands_read(run, planned, tmp_path):
    out = tmp_path / "again"
    ran = run("replan", "tiny", *DAY, "--plan", planned, "--out", out)
    assert ran.code == 0
    assert run("check", out / "mission").code == 0
    assert run("verify", out / "plan", out / "mission").code == 0
    assert run("replan", "tiny", *DAY, "--plan", planned, "--out", out).code != 0
    assert run("replan", "tiny", *DAY, "--plan", planned, "--out", out, "--replace").code == 0


def test_a_hindcast(run):
    ran = run("hindcast", "tiny", "--as-of", "2024-02-22", "--futures", 50, "--json")
    assert ran.code == 0
    (row,) = ran.json["runs"]
    assert row.keys() >= {"as_of", "coverage50", "coverage90", "crps", "bias", "naive"}
    assert row["naive"].keys() == {"straight_line", "plan"}
    assert len(row["observed_people"]) == 1


def test_pages_are_written(run, planned, tmp_path):
    for command in ("status", "forecast"):
        out = tmp_path / command
        ran = run(command, "tiny", *DAY, "--plan", planned, "--out", out)
        assert ran.code == 0
        assert {path.name for path in out.iterdir()} == {f"{command}.json", f"{command}.html"}


@pytest.mark.parametrize("command", ["status", "forecast", "hindcast"])
def test_a_folder_that_is_there_is_refused_before_anybody_waits(run, tmp_path, command):
    (tmp_path / "there").mkdir()
    ran = run(command, "no-such-mission", "--out", tmp_path / "there")
    assert ran.code == 2
    assert "there is there already" in ran.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("status", "tiny", "--as-of", "2020-01-01"), "the drawdown of tiny runs from 2024-01-31 to 2024-07-31"),
        (("forecast", "tiny", "--as-of", "2024-07-31"), "the mission is over by that day"),
        (("forecast", "tiny", *DAY, "--since", "2024-05-01"), "an earlier forecast is of an earlier day"),
        (("replan", "tiny", *DAY), "name the plan in force with --plan"),
        (("hindcast", "tiny", "--what-if", "nothing"), "is no what-if of the mission"),
        (("hindcast", "tiny", "--what-if", "more-lorries"), "says of no day what would have been cleared"),
        (("status", "tiny", *DAY, "--ledger", "nowhere.ledger"), "nowhere.ledger"),
    ],
)
def test_what_makes_no_sense_is_refused(run, words, told):
    ran = run(*words)
    assert ran.code == 2
    assert told in ran.err
