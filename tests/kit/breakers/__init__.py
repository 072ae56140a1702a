"""One way to break each rule on purpose, whatever the mission and its plan.

    broken = BREAKERS["guard"](mission, plan)
    assert ("guard", broken.action) in {(b.rule, b.action) for b in verify_plan(broken.mission, broken.plan)}

A breaker looks for the first action of the plan that it can spoil. It may break other rules too.
"""

from __future__ import annotations

from kit.breakers import (
    accounts,
    closing,
    deadlines,
    disposal,
    mandate,
    movement,
    people,
    sites,
    understood,
    windows,
)

_MODULES = (understood, accounts, movement, windows, sites, closing, disposal, people, mandate, deadlines)

BREAKERS = {
    name.removeprefix("break_"): breaker
    for module in _MODULES
    for name, breaker in vars(module).items()
    if name.startswith("break_")
}
