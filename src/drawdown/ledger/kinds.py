"""What each kind of fact says: the columns that have a meaning for it, and those without which it says too little.

One table, so that a reader finds the rules of admission in one place; `drawdown.ledger.admit` applies them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

#: What a fact can be about: at most one of them.
THINGS = ("unit", "lot", "lift")

#: Columns that every kind may have.
COMMON = frozenset({"id", "happened", "recorded", "kind", "until", "source", "note"})

#: What counts people, and what counts only whole things.
PEOPLE = ("people", "uniformed", "military")
FRACTIONS = ("teu", "days")

#: What may count each thing; the first is meant when nothing is said.
COUNTED_IN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"unit": PEOPLE, "lot": ("items", "vehicles", "teu"), "lift": ("vehicles", "items")}
)

_MOVED = (*PEOPLE, "vehicles", "items", "teu")
_ASKED = ("requests", "events", "vehicles", "items", "days", *PEOPLE)


@dataclass(frozen=True)
class Need:
    """One of these columns must be filled in, or the fact ``lacks`` something.

    Without a ``firm`` need the fact means nothing. The others are what an account needs: a document often says less
    ("the withdrawal started"), so a fact that names its source is kept without them, and moves no account.
    """

    columns: tuple[str, ...]
    lacks: str
    remedy: str
    firm: bool = False


@dataclass(frozen=True)
class Kind:
    """A kind of fact: ``may`` are the columns with a meaning beside `COMMON`, ``counts`` what its count may count."""

    may: tuple[str, ...]
    needs: tuple[Need, ...] = ()
    counts: tuple[str, ...] = ()


def _place(noun: str) -> Need:
    return Need(("place",), f"does not say where the {noun} was", "name the `place`", firm=True)


_GOES = Need(
    (*THINGS, "count", "move", "leg"),
    "does not say who or what went, or how many",
    "name a `unit`, `lot`, `lift` or `move`, or give a `count`",
)
_STARTS = Need((*THINGS, "place", "move", "leg"), "does not say from where", "name the `place` that was left")
_ASKING = Kind(
    ("place", "leg", "clearance_class", "move", "count", "count_of"),
    (
        Need(
            ("clearance_class", "place", "leg", "move"),
            "does not say what the clearance was for",
            "name a `clearance_class`, `place`, `leg` or `move`",
        ),
    ),
    _ASKED,
)
_MOVING = (*THINGS, "leg", "move", "count", "count_of")

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "departure": Kind(("place", "to", *_MOVING), (_GOES, _STARTS), _MOVED),
        "arrival": Kind(("place", *_MOVING), (_place("arrival"), _GOES), _MOVED),
        "last_out": Kind(("place", "move"), (_place("last-out"),)),
        "handover": Kind(("place",), (_place("handover"),)),
        "headcount": Kind(
            ("place", "unit", "count", "count_of", "counted"),
            (Need(("count",), "gives no number", "give the `count`"),),
            PEOPLE,
        ),
        "disposal": Kind(
            ("place", "lot", "move", "count", "count_of", "disposition", "reason"),
            (
                Need(("lot",), "does not say which lot", "name the `lot`"),
                Need(("disposition",), "does not say what became of it", "give the `disposition`"),
            ),
            COUNTED_IN["lot"],
        ),
        "inspection": Kind(("place", "step"), (_place("inspection"),)),
        "incident": Kind(
            ("place", *_MOVING, "hazard"),
            (Need(("place", "leg", "move"), "does not say where", "name the `place`, the `leg` or the `move`"),),
            ("events", "wounded", "killed", "vehicles", "items", "days", *PEOPLE),
        ),
        **dict.fromkeys(
            (
                "clearance_asked",
                "clearance_granted",
                "clearance_refused",
                "clearance_unanswered",
                "clearance_blocked",
            ),
            _ASKING,
        ),
        "correction": Kind(
            ("corrects",),
            (
                Need(("corrects",), "does not say which fact it corrects", "give the fact's id", firm=True),
                Need(("note",), "does not say why", "say in the `note` what was wrong", firm=True),
            ),
        ),
    }
)

#: Kinds of which the last day may lie ahead: a block can be announced until a day.
MAY_LAST = frozenset(kind for kind in KINDS if kind.startswith("clearance_"))

#: Kinds that happen at a site; an exit is neither left by the last person nor handed over.
AT_SITES = frozenset({"last_out", "handover", "inspection"})

#: Kinds of which no number at all is worth recording.
MAY_BE_ZERO = frozenset({"headcount"})
