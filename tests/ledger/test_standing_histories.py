"""Random histories: the standing is what a naive recomputation says, whatever was recorded, in whatever order."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from drawdown.ledger.facts import Facts
from drawdown.ledger.standing import standing
from kit.histories import CESSATION, a_fact, days, messy_facts, orderly_facts, road_mission
from kit.plain_standing import plain_standing

MISSION = road_mission()
EVER = date(2199, 1, 1)


def told(found):
    """A standing in plain values."""
    return {
        "people": found.people,
        "lots": found.lots,
        "lift": found.lift,
        "on_the_way": sorted(map(str, map(tuple, found.on_the_way))),
        "left": found.left,
        "gone": found.gone,
        "lift_gone": found.lift_gone,
        "nowhere": found.from_nowhere,
        "last_out": found.last_out,
        "handed_over": found.handed_over,
        "steps": found.steps,
        "left_reported": found.left_reported,
        "headcounts": found.headcounts,
        "left_total": found.left_total,
        "people_remaining": found.people_remaining,
        "open_sites": list(found.open_sites),
        "alerts": sorted(
            (one.kind, one.severity, str(one.when), one.where or "", one.people, round(one.usd, 2), one.days)
            for one in found.alerts
        ),
    }


def told_plainly(found):
    plain = {
        name: getattr(found, name) for name in told(standing(MISSION, Facts.of([]), CESSATION)) if name != "alerts"
    }
    plain["on_the_way"] = sorted(map(str, plain["on_the_way"]))
    plain["alerts"] = sorted(
        (kind, severity, str(when), where or "", people, usd, days)
        for kind, severity, when, where, people, usd, days in found.alerts
    )
    return plain


def compare(facts, history, on, known_on):
    fast, plain = (
        told(standing(MISSION, facts, on, known_on)),
        told_plainly(plain_standing(MISSION, history, on, known_on)),
    )
    assert {name: fast[name] for name in fast if fast[name] != plain[name]} == {
        name: plain[name] for name in fast if fast[name] != plain[name]
    }


@settings(max_examples=150, deadline=None)
@given(messy_facts(), days(), days())
def test_any_history_gives_what_a_naive_recomputation_gives(history, on, known_on):
    compare(Facts.of(history), history, on, known_on)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), days(), st.one_of(st.none(), days()))
def test_a_history_that_adds_up_needs_no_mending(seed, on, known_on):
    history = orderly_facts(seed)
    facts = Facts.of(history)
    compare(facts, history, on, known_on or EVER)
    found = standing(MISSION, facts, on)
    assert not {one.kind for one in found.alerts} & {"from_nowhere", "not_there", "never_departed"}


@settings(max_examples=60, deadline=None)
@given(messy_facts(), days(), st.randoms(use_true_random=False))
def test_the_order_in_which_facts_come_does_not_matter(history, on, chance):
    other = list(history)
    chance.shuffle(other)
    assert told(standing(MISSION, Facts.of(history), on)) == told(standing(MISSION, Facts.of(other), on))


@settings(max_examples=60, deadline=None)
@given(messy_facts(), days(), days())
def test_what_is_recorded_later_does_not_change_what_was_known(history, on, known_on):
    then = [(recorded, fact) for recorded, fact in history if recorded <= known_on]
    assert told(standing(MISSION, Facts.of(history), on, known_on)) == told(standing(MISSION, Facts.of(then), on))


@settings(max_examples=60, deadline=None)
@given(messy_facts(), days())
def test_nobody_and_nothing_vanishes(history, on):
    found = standing(MISSION, Facts.of(history), on)
    for unit in MISSION.units:
        way = sum(row.count for row in found.on_the_way if (row.kind, row.id) == ("unit", unit.id))
        somewhere = sum(found.people.get(unit.id, {}).values()) + way + found.left.get(unit.id, 0)
        assert somewhere == unit.strength + found.from_nowhere.get(("unit", unit.id), 0)
    for lot in MISSION.equipment:
        way = sum(row.count for row in found.on_the_way if (row.kind, row.id) == ("lot", lot.id))
        somewhere = sum(found.lots.get(lot.id, {}).values()) + way + sum(found.gone.get(lot.id, {}).values())
        assert somewhere == lot.count + found.from_nowhere.get(("lot", lot.id), 0)


class Stations(RuleBasedStateMachine):
    """Two stations record, correct, merge and ask, in any order; each is told what its own record comes to."""

    def __init__(self):
        super().__init__()
        self.records = {"gao": [], "kidal": []}
        self.number = 0
        self.kept = {}

    stations = st.sampled_from(["gao", "kidal"])

    @rule(station=stations, data=st.data())
    def record(self, station, data):
        ids = [fact.id for _, fact in self.records[station]] or ["nothing"]
        self.records[station].append(data.draw(a_fact(self.number, ids)))
        self.number += 1

    @rule(station=stations, data=st.data())
    def correct(self, station, data):
        if self.records[station]:
            ids = [data.draw(st.sampled_from(self.records[station]))[1].id]
            self.records[station].append(data.draw(a_fact(self.number, ids, ("correction",))))
            self.number += 1

    @rule(station=stations)
    def merge(self, station):
        other = "kidal" if station == "gao" else "gao"
        known = {fact.id for _, fact in self.records[station]}
        self.records[station] += [row for row in self.records[other] if row[1].id not in known]

    @rule(station=stations, on=days(), known_on=days())
    def ask(self, station, on, known_on):
        record = self.records[station]
        # As in a program that runs on: facts are read anew only when there are more of them.
        facts = self.kept.setdefault((station, len(record)), Facts.of(record))
        compare(facts, record, on, known_on)

    @invariant()
    def after_all_merges_both_say_the_same(self):
        known = [sorted(fact.id for _, fact in record) for record in self.records.values()]
        if known[0] == known[1] and known[0]:
            one, other = (standing(MISSION, Facts.of(record), EVER) for record in self.records.values())
            assert told(one) == told(other)


Stations.TestCase.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
TestStations = Stations.TestCase
