"""Eight who write at once neither lose nor double an entry."""

from contextlib import ExitStack

import pytest

from drawdown.ledger.ledger import open_ledger
from kit.ledger_children import append_some, running, told

WRITERS, FACTS = 8, 25


@pytest.fixture(params=["file", "server"])
def place(request, tmp_path):
    return tmp_path / "minusma.ledger" if request.param == "file" else request.getfixturevalue("postgres").new()


def test_eight_writers_at_once(place):
    with ExitStack() as stack:  # they also make the ledger at once
        writers = [stack.enter_context(running(append_some, place, f"writer-{n}", FACTS)) for n in range(WRITERS)]
        acknowledged = [written for _, hear in writers for one in told(hear) for written in one]
    with open_ledger(place, create=False) as ledger:
        found = [entry.fact.id for entry in ledger.entries()]
        assert ledger.verify() == ()
        assert [seq for seq, _ in ledger.arrivals()] == list(range(1, ledger.size + 1))
    assert len(found) == len(set(found)) == WRITERS * FACTS + FACTS // 2
    assert sorted(found) == sorted(acknowledged)
