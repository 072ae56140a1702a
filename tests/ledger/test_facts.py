"""Facts as columns: read from rows, from canonical texts or from a ledger; corrections; two times."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from drawdown.desk.missions import open_mission
from drawdown.ledger.entry import canonical_body
from drawdown.ledger.errors import LedgerError
from drawdown.ledger.facts import Facts, recorded_facts
from drawdown.ledger.ledger import open_ledger
from drawdown.ledger.standing import standing
from drawdown.mission.tables import Actual
from kit.histories import orderly_facts, road_mission
from kit.missions import CESSATION

FIRST, LATER, LAST = (CESSATION + timedelta(days=day) for day in (1, 2, 3))


def incident(name, **values):
    return Actual(id=name, kind="incident", happened=FIRST, place="camp", **values)


def correction(name, of):
    return Actual(id=name, kind="correction", happened=FIRST, corrects=of)


def holding(pairs, known_on=None):
    facts = Facts.of(pairs)
    return {facts.id(number) for number in facts.known(LAST, known_on).nonzero()[0].tolist()}


def test_a_corrected_fact_holds_until_the_correction_was_recorded():
    pairs = [(FIRST, incident("attack")), (LAST, correction("mistake", "attack"))]
    assert holding(pairs, LATER) == {"attack"}
    assert holding(pairs, LAST) == {"mistake"}


def test_a_corrected_correction_lets_the_fact_hold_again():
    pairs = [
        (FIRST, incident("attack")),
        (LATER, correction("mistake", "attack")),
        (LAST, correction("no-mistake", "mistake")),
    ]
    assert "attack" not in holding(pairs, LATER)
    assert "attack" in holding(pairs, LAST)


def test_a_correction_may_come_before_what_it_corrects():
    assert holding([(LAST, correction("mistake", "attack")), (FIRST, incident("attack"))]) == {"mistake"}


def test_corrections_in_a_circle_strike_nothing_until_the_circle_is_broken():
    circle = [(FIRST, correction("one", "other")), (FIRST, correction("other", "one"))]
    assert holding(circle) == {"one", "other"}
    assert holding([*circle, (FIRST, correction("end", "one"))]) == {"end", "other"}


def test_of_facts_with_one_id_the_first_recorded_holds():
    facts = Facts.of([(LAST, incident("attack", count=4)), (FIRST, incident("attack", count=3)), (LAST, incident("b"))])
    assert len(facts) == 2
    assert sorted(facts.count.tolist()) == [-1, 3]
    assert facts.recorded.tolist() == [FIRST.toordinal(), LAST.toordinal()]


def test_no_facts_are_facts():
    facts = Facts.of([])
    assert len(facts) == 0
    assert facts.last_recorded is None
    assert standing(road_mission(), facts, FIRST).people_at("camp") == 510


def test_rows_texts_and_a_ledger_say_the_same(tmp_path):
    mission, history = road_mission(), orderly_facts(7)
    texts = Facts.of_bodies((recorded.isoformat() + "T10:00:00Z", canonical_body(fact)) for recorded, fact in history)
    with open_ledger(tmp_path / "small.ledger", mission="small", origin="camp") as ledger:
        ledger.append([fact.model_copy(update={"recorded": day}) for day, fact in history], actor="desk")
        read = Facts.of_ledger(ledger)
    on = CESSATION + timedelta(days=20)
    expected = standing(mission, Facts.of(history), on)
    assert standing(mission, texts, on) == standing(mission, read, on) == expected
    assert expected.on_the_way
    assert read.last_recorded == max(recorded for recorded, _ in history)


def test_what_two_stations_tell_differently_is_an_alert(tmp_path):
    with (
        open_ledger(tmp_path / "camp.ledger", mission="small", origin="camp") as camp,
        open_ledger(tmp_path / "base.ledger", mission="small", origin="base") as base,
    ):
        camp.append([incident("attack", count=3, recorded=FIRST)], actor="desk")
        base.append([incident("attack", count=4, recorded=LATER)], actor="desk")
        camp.merge(base.entries())
        facts = Facts.of_ledger(camp)
    (alert,) = standing(road_mission(), facts, LAST).alerts
    assert (alert.kind, alert.severity, alert.when) == ("contradiction", "warning", LATER)
    assert "attack" in alert.message
    assert not standing(road_mission(), facts, FIRST, FIRST).alerts


def test_a_text_that_is_no_fact_is_refused_with_what_to_do():
    with pytest.raises(LedgerError, match="ledger verify"):
        Facts.of_bodies([(FIRST, '{"id": 3}')])


def test_facts_of_a_past_mission_are_recorded_when_their_source_was_published():
    recorded = {fact.id: day for day, fact in recorded_facts(open_mission("minusma"))}
    assert recorded["last-out-menaka"] == date(2023, 9, 7)
    assert recorded["last-out-ber"] == date(2023, 8, 13)  # its source does not say when it was published
    assert recorded["left-by-2023-06-30"] == date(2023, 8, 28)
