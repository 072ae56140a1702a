"""What may become of a lot, by its kind and by what its owner allows."""

from __future__ import annotations

from drawdown.mission.tables import Lot

#: Kinds that can never be sold, donated or handed over, as MINUSMA applied the COE rules [P67].
NEVER_GIVEN = frozenset({"weapons", "ammunition", "armour", "aircraft"})
GIVEN = frozenset({"sell", "donate", "hand_over"})
BY_EXIT = frozenset({"repatriate", "redeploy"})


def never_given(lot: Lot) -> bool:
    """Whether a lot can never be sold, donated or handed over, whoever owns it."""
    return lot.kind in NEVER_GIVEN or lot.sensitive


def may_leave(lot: Lot) -> bool:
    """Whether a lot may leave by an exit."""
    return bool(BY_EXIT & set(lot.dispositions))


def must_leave(lot: Lot) -> bool:
    """Whether nothing else may become of a lot than to leave by an exit (destruction is no plan)."""
    return may_leave(lot) and not set(lot.dispositions) - BY_EXIT - {"destroy"}
