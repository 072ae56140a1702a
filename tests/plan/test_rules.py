"""Every rule is kept by a lawful plan, and catches a violation made on purpose: in a small plan and in MINUSMA's."""

import pytest
from kit.breakers import BREAKERS
from kit.plans import day

from drawdown.plan.verify import RULES, verify_plan


def broken(mission, plan):
    return {(found.rule, found.action) for found in verify_plan(mission, plan)}


@pytest.fixture(scope="module")
def broken_before(minusma, minusma_plan):
    return broken(minusma, minusma_plan)


def test_a_lawful_plan_breaks_no_rule(small, lawful):
    assert verify_plan(small, lawful) == ()


def test_every_rule_has_its_breaker():
    assert list(BREAKERS) == list(RULES)


def test_every_rule_says_what_it_asks_and_where_that_comes_from():
    for rule in RULES.values():
        assert rule.sentence[0].isupper()
        assert rule.sentence.endswith(".")
        assert rule.source


@pytest.mark.parametrize("rule", RULES)
def test_a_violation_of_the_small_plan_is_caught(rule, small, lawful):
    mission, plan, action = BREAKERS[rule](small, lawful)
    assert (rule, action) in broken(mission, plan)


@pytest.mark.parametrize("rule", RULES)
def test_a_violation_of_the_minusma_plan_is_caught(rule, minusma, minusma_plan, broken_before):
    mission, plan, action = BREAKERS[rule](minusma, minusma_plan)
    assert (rule, action) in broken(mission, plan) - broken_before


def test_what_is_broken_names_the_action_the_place_the_days_and_by_how_much(small, lawful):
    mission, plan, action = BREAKERS["guard"](small, lawful)
    found = next(b for b in verify_plan(mission, plan) if b.rule == "guard")
    assert (found.action, found.where) == (action, "Camp")
    assert (found.start, found.end) == (day("07-02"), day("07-13"))  # until the company comes from the post
    assert (found.by, found.message) == (60, "60 armed people are missing from the guard")
