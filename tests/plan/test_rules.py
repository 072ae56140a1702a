"""Every rule is kept by a lawful plan, and catches a violation made on purpose."""

import pytest

from drawdown.plan.verify import RULES, verify_plan
from kit.breakers import BREAKERS
from kit.lawful import day
from kit.limits import LIMITS


def broken(mission, plan):
    return {(found.rule, found.action) for found in verify_plan(mission, plan)}


def test_a_lawful_plan_breaks_no_rule(small, lawful):
    assert verify_plan(small, lawful) == ()


def test_every_rule_has_its_breaker_and_its_limit():
    assert list(BREAKERS) == list(RULES)
    assert list(LIMITS) == list(RULES)


def test_every_rule_says_what_it_asks_and_where_that_comes_from():
    for rule in RULES.values():
        assert rule.sentence[0].isupper()
        assert rule.sentence.endswith(".")
        assert rule.source


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_kept_up_to_its_limit_and_broken_one_step_over_it(rule, small, lawful):
    at_limit, over = (verify_plan(*LIMITS[rule](small, lawful, step)) for step in (0, 1))
    assert rule not in {found.rule for found in at_limit}
    assert rule in {found.rule for found in over}


@pytest.mark.parametrize("rule", RULES)
def test_a_violation_of_the_small_plan_is_caught(rule, small, lawful):
    mission, plan, action = BREAKERS[rule](small, lawful)
    assert (rule, action) in broken(mission, plan)


def test_what_is_broken_names_the_action_the_place_the_days_and_by_how_much(small, lawful):
    mission, plan, action = BREAKERS["guard"](small, lawful)
    found = next(b for b in verify_plan(mission, plan) if b.rule == "guard")
    assert (found.action, found.where) == (action, "Camp")
    assert (found.start, found.end) == (day("07-02"), day("07-13"))  # until the company comes from the post
    assert (found.by, found.message) == (60, "60 armed people missing from the guard")
