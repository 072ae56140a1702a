"""Facts that had no effect though they look as if they should."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from drawdown.ledger.doubts.alert import Alert, in_words
from drawdown.ledger.folding.booking import REASONS
from drawdown.ledger.folding.fold import Folded

#: What to do about facts that move nothing, by reason.
REMEDIES = (
    "correct them by facts that name the unit, lot or lift, if it is known",
    "correct them, or add what they name to the mission",
    "correct them: say how many people of a unit, items of a lot or vehicles of lift, and where",
)


def unused(folded: Folded) -> Iterator[Alert]:
    """Departures, arrivals and disposals that move nothing, and corrections of nothing."""
    facts = folded.accounts.facts
    for reason, remedy, rows in zip(REASONS, REMEDIES, folded.accounts.booked.unbooked, strict=True):
        held = rows[folded.hold[rows]]
        if len(held):
            yield _note(folded, "not_booked", held, f"facts that {reason} move nothing: {len(held):,}", remedy)
    lost = facts.chains.of_nothing(folded.known)
    if len(lost):
        yield _note(
            folded,
            "correction",
            lost,
            f"corrections of what is not in the ledger: {len(lost):,}",
            "merge the ledger that holds it, or correct the id",
        )
    for circle in facts.chains.circles:
        rows = np.array(circle, np.int64)
        if folded.known[rows].all():
            names = ", ".join(sorted(facts.id(one) for one in circle))
            yield _note(folded, "correction", rows, f"{names} correct each other, so none does", "undo all but one")


def contradictions(folded: Folded) -> Iterator[Alert]:
    """Facts that two stations tell with different words."""
    for fact, recorded in folded.accounts.facts.contradicted:
        if recorded <= folded.known_on:
            yield Alert(
                "contradiction",
                "warning",
                recorded,
                None,
                f"another station told {fact} differently on {in_words(recorded)}; what was recorded first is used",
                "see both with `drawdown ledger show`, and correct what is wrong under a new id",
            )


def _note(folded: Folded, kind: str, rows: np.typing.NDArray[np.int64], message: str, remedy: str) -> Alert:
    facts = folded.accounts.facts
    last = rows[np.lexsort((rows, facts.happened[rows]))[-1]]
    when = folded.things.mission.mission.cessation.fromordinal(int(facts.happened[last]))
    return Alert(kind, "note", when, None, message, remedy)
