"""Everything that steers the search for a better plan, in one place."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Tuning:
    """The numbers of the search. They decide how soon a good plan is found, never whether it is lawful."""

    #: Guides tried side by side in a round. Fixed, so that the result does not depend on the number of processes;
    #: four keep two to four cores busy and still let every round start from the best so far.
    batch: int = 4
    #: A guide is taken on if it is no worse than the one of so many rounds ago (late acceptance, Burke and Bykov 2017):
    #: long enough to cross a small hill, short enough for the few hundred rounds of a minute.
    late: int = 6
    #: It is never taken on if it is worse than the best by more than this share.
    worst: float = 0.004
    #: Share of guides that are drawn anew between the first two of those with which the search begins, and how far
    #: beside them: a small change to a guide changes a whole plan, so that a good one is as often found far away.
    anew: float = 0.5
    beside: float = 0.08
    #: Changes made to a guide at once: one, and with this chance one more, and so on.
    another: float = 0.25
    #: How far a number moves at once, as a share of its bounds (standard deviation), and how often it may go anywhere.
    step: float = 0.2
    anywhere: float = 0.1
    #: Days by which a day moves at most.
    days: int = 12
    #: Weight of past gains against the newest in the choice of operators, and the share of choices left to chance.
    memory: float = 0.9
    chance: float = 0.3
    #: Bounds of the numbers of a guide, beyond which plans were never better on any mission tried.
    bounds: dict[str, tuple[float, float]] = field(
        default_factory=lambda: {
            "fill": (0.3, 1.0),
            "fetch": (0.1, 1.0),
            "patience": (0.0, 40.0),
            "upstream": (0.0, 1.0),
            "convoys": (0.0, 16.0),
            "at_hand": (1.0, 20.0),
            "pull": (0.0, 40.0),
            "worth": (0.3, 2.0),
            "detour": (1.0, 4.0),
            "send_home": (0.0, 10.0),
            "platoon_people": (40.0, 400.0),
            "drivers": (0.0, 3.0),
            "queue_gap": (0.0, 20.0),
            "rank": (0.1, 10.0),
        }
    )


TUNING = Tuning()
