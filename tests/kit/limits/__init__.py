"""How far each rule lets the small plan go: up to its limit (``over`` 0), and one step too far (``over`` 1).

mission, plan = LIMITS["headway"](small, lawful, over=0)   # the rule is kept
mission, plan = LIMITS["headway"](small, lawful, over=1)   # the rule is broken
"""

from __future__ import annotations

from kit.limits import (
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

LIMITS = {
    name.removeprefix("limit_"): limit
    for module in _MODULES
    for name, limit in vars(module).items()
    if name.startswith("limit_")
}
