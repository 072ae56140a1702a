"""Which corrections hold: a correction that was itself corrected says nothing any more."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from drawdown.ledger.ledger import Ledger

#: Corrections by the fact that they correct, in the order in which they came.
Corrections = Mapping[str, Sequence[str]]

_MARK = '"corrects":'


def corrections_in(ledger: Ledger) -> Corrections:
    """Every correction of a ledger."""
    found: dict[str, list[str]] = {}
    for rows in ledger.bodies():
        for _, _, body in rows:
            if _MARK in body and (target := (said := json.loads(body)).get("corrects")):
                found.setdefault(target, []).append(said["id"])
    return found


def holding_corrections(fact: str, corrections: Corrections) -> list[str]:
    """The corrections of a fact that hold; the fact holds exactly if there are none."""
    return [one for one in corrections.get(fact, ()) if _holds(one, corrections, {fact})]


def _holds(fact: str, corrections: Corrections, above: set[str]) -> bool:
    """Whether a fact holds. Corrections that name each other in a circle do not: nobody can say which was first."""
    if fact in above:
        return False
    return not any(_holds(one, corrections, {*above, fact}) for one in corrections.get(fact, ()))
