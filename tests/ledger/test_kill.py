"""A process that is killed in the middle of appends loses nothing that it had acknowledged."""

import time

import pytest

from drawdown.ledger.ledger import open_ledger
from kit.ledger_children import append_for_ever, running
from kit.ledger_kills import kill_often
from kit.ledgers import facts


def test_a_ledger_in_a_file_survives_being_killed(tmp_path):
    kept, _ = kill_often(tmp_path / "minusma.ledger", 6, seed=1)
    assert kept > 0


def test_a_ledger_on_a_server_survives_being_killed(postgres):
    kept, _ = kill_often(postgres.new(), 6, seed=2)
    assert kept > 0


@pytest.mark.nightly
def test_a_ledger_in_a_file_survives_being_killed_200_times(tmp_path):
    kept, whole = kill_often(tmp_path / "minusma.ledger", 200, seed=3)
    assert kept > whole > 0  # some were killed after they had written and before they could tell


@pytest.mark.nightly
def test_a_ledger_on_a_server_survives_being_killed_200_times(postgres):
    kept, whole = kill_often(postgres.new(), 200, seed=4)
    assert kept > whole > 0


@pytest.mark.parametrize("wait", [0, 0.01, 0.03, 0.06, 0.1])
def test_a_ledger_that_was_being_made_is_made_by_the_next(tmp_path, wait):
    with running(append_for_ever, tmp_path / "minusma.ledger", 1, 1) as (process, _):
        time.sleep(wait)
        process.kill()
    with open_ledger(tmp_path / "minusma.ledger", mission="minusma", origin="gao") as ledger:
        ledger.append(facts(2), actor="A. Keita")
        assert ledger.verify() == ()
