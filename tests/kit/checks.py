"""Show what a check finds: one line a case."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from drawdown.mission.checks.finding import Check
from drawdown.mission.faults import spot_text
from drawdown.mission.mission import Mission


class Case(NamedTuple):
    """A mission with something wrong in it, the check that finds it, and what the check says.

    ``where`` is the severity and the spot (``fault legs[0].km``, ``warning equipment.value_each``).
    """

    check: Check
    mission: Mission
    where: str
    words: str


def shown(cases: tuple[Case, ...]) -> Any:
    """Run a test once for each case."""
    names = [f"{case.check.__name__}-{case.where.replace(' ', '-')}" for case in cases]
    return pytest.mark.parametrize("case", cases, ids=names)


def assert_shown(case: Case) -> None:
    """The check finds what the case says, and a remedy with it."""
    found = [(f"{f.severity} {spot_text(f.spot)}", f.message) for f in case.check(case.mission)]
    assert any(where == case.where and case.words in message for where, message in found), found
    assert all(fault.remedy for fault in case.check(case.mission))


def assert_every_check_shown(checks: tuple[Check, ...], cases: tuple[Case, ...]) -> None:
    """Each check of a subject has a case, and a sentence that says what it asks."""
    assert {case.check.__name__ for case in cases} == {check.__name__ for check in checks}
    assert all((check.__doc__ or "").endswith(".") for check in checks)
