"""The long record of the benchmark, in short: mostly orderly, and the same by both ways of folding it."""

from __future__ import annotations

from datetime import timedelta

from drawdown.bench.long_record import long_record
from drawdown.bench.standing_million import ask, write_ledger
from drawdown.desk.missions import open_mission
from drawdown.ledger.facts import Facts
from drawdown.ledger.standing import standing
from kit.plain_standing import plain_standing


def test_a_long_record_is_told_the_same_by_both():
    mission = open_mission("minusma")
    history = [(fact.recorded, fact) for fact in long_record(mission, 4000)]
    facts = Facts.of(history)
    assert len(facts) == 4000
    on = mission.mission.cessation + timedelta(days=33)  # the day after a site closes
    for known_on in (on, mission.mission.deadline):
        fast, plain = standing(mission, facts, on, known_on), plain_standing(mission, history, on, known_on)
        assert (fast.people, fast.lots, fast.lift) == (plain.people, plain.lots, plain.lift)
        assert sorted(map(str, map(tuple, fast.on_the_way))) == sorted(map(str, plain.on_the_way))
        assert sorted((one.kind, one.people) for one in fast.alerts) == sorted((row[0], row[4]) for row in plain.alerts)
        assert fast.last_out
        assert fast.on_the_way


def test_the_benchmark_asks_a_real_ledger(tmp_path):
    place = str(tmp_path / "short.ledger")
    assert write_ledger(open_mission("minusma"), place, 500) > 0
    asked = ask(place)
    assert 0 < asked.median <= asked.slowest
    assert asked.first > 0
    assert asked.megabytes >= asked.megabytes_before
